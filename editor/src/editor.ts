import { baseKeymap, chainCommands, exitCode, setBlockType } from 'prosemirror-commands';
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history, redo, undo } from 'prosemirror-history';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { DOMParser as Reader, Fragment, Slice, type Node } from 'prosemirror-model';
import { EditorState, NodeSelection, Plugin, TextSelection, type Command } from 'prosemirror-state';
import { goToNextCell, tableEditing } from 'prosemirror-tables';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import type { Body } from './blocks.ts';
import { toBody, toDoc } from './codec.ts';
import * as commands from './commands.ts';
import { find } from './find.ts';
import { ids, room, withRoom } from './ids.ts';
import { leaveBox, splitItem, toParagraph } from './lists.ts';
import { clean, fileOf, paragraphs, whatsAppMarks, type Dropped } from './paste.ts';
import { rules } from './rules.ts';
import { linkOf, schema } from './schema.ts';
import { recognise } from './providers.ts';
import { slash, type Choice } from './slash.ts';
import { parse } from './trust.ts';
import { isPicture } from './uploads.ts';
import { views, type Help } from './views.ts';
import { t } from './words.ts';

export interface Options {
    place: HTMLElement;
    body: Body;
    /** The language that the story is written in, as it is now. */
    language: () => { lang: string; dir: 'ltr' | 'rtl' };
    help: Help;
    choices: () => Choice[];
    changed: (doc: Node) => void;
    followed: (view: EditorView) => void;
    toToolbar: () => void;
    dropped: (what: Dropped) => void;
    askLink: () => void;
    openFind: () => void;
    files: (files: File[], at: number | null) => boolean;
}

const open = (work: () => void): Command => () => {
    work();
    return true;
};

/** The text of a story, to write in. */
export function editor(options: Options): EditorView {
    let state = EditorState.create({
        doc: toDoc(options.body),
        plugins: [
            slash(options.choices),
            rules,
            keymap({
                'Mod-b': commands.bold,
                'Mod-i': commands.italic,
                'Mod-.': commands.superscript,
                'Mod-k': open(options.askLink),
                'Mod-f': open(options.openFind),
                'Mod-z': undo,
                'Mod-y': redo,
                'Mod-Shift-z': redo,
                'Alt-F10': open(options.toToolbar),
                'Mod-Alt-0': setBlockType(schema.nodes.paragraph!),
                'Mod-Alt-2': commands.heading(2),
                'Mod-Alt-3': commands.heading(3),
                'Mod-Alt-4': commands.heading(4),
                'Mod-Shift-7': commands.list('ordered_list'),
                'Mod-Shift-8': commands.list('bullet_list'),
                'Mod-Shift-9': commands.quote,
                'Alt-ArrowUp': commands.move(-1),
                'Alt-ArrowDown': commands.move(1),
                'Shift-Enter': exitCode,
                Enter: chainCommands(splitItem, leaveBox),
                Backspace: chainCommands(undoInputRule, toParagraph),
                Tab: goToNextCell(1),
                'Shift-Tab': goToNextCell(-1),
            }),
            keymap(baseKeymap),
            dropCursor({ class: 'drop-here' }),
            gapCursor(),
            history({ newGroupDelay: 800 }),
            tableEditing(),
            room,
            ids,
            find,
            new Plugin({
                props: {
                    attributes: () => ({ id: 'story-text', 'aria-label': t('Isi naskah', 'Text of the story'), role: 'textbox', 'aria-multiline': 'true', spellcheck: 'true', ...options.language() }),
                    decorations: ({ doc }) => doc.childCount === 1 && doc.firstChild!.type === schema.nodes.paragraph && doc.firstChild!.content.size === 0
                        ? DecorationSet.create(doc, [Decoration.node(0, doc.firstChild!.nodeSize, { class: 'empty', 'data-hint': t('Tulis di sini. “/” menyisipkan gambar, kutipan, dan lainnya.', 'Write here. “/” puts in pictures, quotes and more.') })])
                        : null,
                    // Letters never take the place of a picture that happens to be selected: they go on behind it.
                    handleTextInput(view, _, __, text) {
                        const { selection } = view.state;
                        if (!(selection instanceof NodeSelection) || !selection.node.isAtom) return false;
                        const change = view.state.tr.insert(selection.to, schema.nodes.paragraph!.create(null, schema.text(text)));
                        view.dispatch(change.setSelection(TextSelection.create(change.doc, selection.to + 1 + text.length)).scrollIntoView());
                        return true;
                    },
                    // Before ProseMirror reads the clipboard itself, for which it would make a Trusted Types policy of its own.
                    handleDOMEvents: {
                        paste: (view, event) => paste(view, event, options),
                        copy: copied,
                        cut: copied,
                        drop: (view, event) => dropped(view, event, options),
                    },
                },
            }),
        ],
    });
    const change = withRoom(state);
    if (change) state = state.apply(change);
    const view: EditorView = new EditorView(options.place, {
        state,
        // Beside the bar that stays in sight, and a phone's row of places.
        scrollMargin: { top: 150, bottom: 90, left: 0, right: 0 },
        scrollThreshold: { top: 130, bottom: 80, left: 0, right: 0 },
        nodeViews: views(options.help),
        dispatchTransaction(change) {
            view.updateState(view.state.apply(change));
            if (change.docChanged && !change.getMeta('merged')) options.changed(view.state.doc);
            options.followed(view);
        },
    });
    return view;
}

export const bodyOf = (view: EditorView): Body => toBody(view.state.doc);

/** Under this name the clipboard carries blocks as they are, from one story to another. */
const OWN = 'application/x-warta';

// Words go along as the browser likes them; the blocks themselves beside.
function copied(view: EditorView, event: ClipboardEvent): boolean {
    if (view.state.selection.empty || !event.clipboardData || inField(event)) return false;
    const slice = view.state.selection.content();
    const { dom, text } = view.serializeForClipboard(slice);
    event.clipboardData.clearData();
    event.clipboardData.setData(OWN, JSON.stringify(slice.toJSON()));
    event.clipboardData.setData('text/html', dom.innerHTML);
    event.clipboardData.setData('text/plain', text);
    if (event.type === 'cut') view.dispatch(view.state.tr.deleteSelection().scrollIntoView().setMeta('uiEvent', 'cut'));
    event.preventDefault();
    return true;
}

function paste(view: EditorView, event: ClipboardEvent, options: Options): boolean {
    if (!event.clipboardData || inField(event)) return false;
    event.preventDefault();
    const files = [...event.clipboardData.files].filter(isPicture);
    // Word puts a picture of the text beside the text.
    if (files.length > 0 && !/<(p|table|ul|ol|h\d)\b/i.test(event.clipboardData.getData('text/html'))) return options.files(files, null);
    insert(view, event.clipboardData, options, 'paste');
    return true;
}

function dropped(view: EditorView, event: DragEvent, options: Options): boolean {
    // What was dragged inside the text, ProseMirror moves.
    if (view.dragging || !event.dataTransfer) return false;
    event.preventDefault();
    const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null;
    if (event.dataTransfer.files.length > 0) return options.files([...event.dataTransfer.files], at) || true;
    if (at !== null) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at))));
    insert(view, event.dataTransfer, options, 'drop');
    return true;
}

/** Fields of blocks take what is pasted into them by themselves. */
const inField = (event: Event): boolean => /^(INPUT|TEXTAREA)$/.test((event.target as HTMLElement).nodeName);

function insert(view: EditorView, data: DataTransfer, options: Options, event: string): void {
    const put = (slice: Slice) => view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', event));
    const own = data.getData(OWN);
    if (own) return put(Slice.fromJSON(schema, JSON.parse(own)));
    const [html, text] = [data.getData('text/html'), data.getData('text/plain')];
    const word = text.trim();
    if (/^https?:\S+$/.test(word)) {
        const link = linkOf(word);
        // A link onto selected words links them; an unaccompanied one to a film or post shows it.
        if (link && !view.state.selection.empty) return void commands.link(link.href)(view.state, view.dispatch);
        const post = recognise(word);
        const { parent, depth } = view.state.selection.$from;
        if (post && depth === 1 && parent.type.name === 'paragraph' && parent.content.size === 0) return void commands.insert('embed', post)(view.state, view.dispatch);
        if (link && !html) return put(new Slice(Fragment.from(schema.text(word, [schema.marks.link!.create(link)])), 0, 0));
    }

    if (!html) return put(fromText(text));
    const lost: Dropped = {};
    const pictures: string[] = [];
    put(Reader.fromSchema(schema).parseSlice(clean(parse(html), lost, pictures), { preserveWhitespace: false }));
    if (Object.keys(lost).length > 0) options.dropped(lost);
    if (pictures.length > 0) options.files(pictures.map((picture, i) => fileOf(picture, `tempelan-${i + 1}`)), null);
}

function fromText(text: string): Slice {
    const made = paragraphs(text).map((line) => schema.nodes.paragraph!.create(null, whatsAppMarks(line).filter((part) => part.text).map((part) => schema.text(part.text, [...(part.bold ? [schema.marks.bold!.create()] : []), ...(part.italic ? [schema.marks.italic!.create()] : [])]))));
    // A word in the middle of a line keeps its spaces.
    if (made.length === 1 && !text.includes('\n')) return new Slice(Fragment.from(schema.text(text.replace(/\s+/g, ' ') || ' ')), 0, 0);
    return made.length === 0 ? Slice.empty : new Slice(Fragment.from(made), 1, 1);
}
