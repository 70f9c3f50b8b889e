import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history, redo, undo } from 'prosemirror-history';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { EditorState, Plugin, type Command } from 'prosemirror-state';
import { goToNextCell, tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import type { Body } from './blocks.ts';
import { toBody, toDoc } from './codec.ts';
import * as commands from './commands.ts';
import { find } from './find.ts';
import { ids } from './ids.ts';
import { leaveBox, splitItem, toParagraph } from './lists.ts';
import { clean, paragraphs, whatsAppMarks, type Dropped } from './paste.ts';
import { rules } from './rules.ts';
import { linkOf, schema } from './schema.ts';
import type { Server } from './server.ts';
import { slash, type Choice } from './slash.ts';
import { views } from './views.ts';
import { t } from './words.ts';

export interface Options {
    place: HTMLElement;
    body: Body;
    language: string;
    direction: 'ltr' | 'rtl';
    server: Server;
    choices: () => Choice[];
    changed: (doc: Node) => void;
    dropped: (what: Dropped) => void;
    askLink: () => void;
    openFind: () => void;
    files: (files: File[], at: number | null) => boolean;
}

const run = (command: Command) => command;
const open = (work: () => void): Command => () => {
    work();
    return true;
};

/** The text of a story, to write in. */
export function editor(options: Options): EditorView {
    const state = EditorState.create({
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
                'Mod-Alt-0': chainCommands(commands.heading(0)),
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
            ids,
            find,
            new Plugin({
                props: {
                    attributes: { 'aria-label': t('Isi naskah', 'Text of the story'), role: 'textbox', 'aria-multiline': 'true', lang: options.language, dir: options.direction, spellcheck: 'true' },
                    handlePaste: (view, event) => paste(view, event, options),
                    handleDrop: (view, event) => options.files([...(event.dataTransfer?.files ?? [])].filter(isPicture), view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null),
                },
            }),
        ],
    });
    const view: EditorView = new EditorView(options.place, {
        state,
        nodeViews: views(options.server),
        dispatchTransaction(change) {
            view.updateState(view.state.apply(change));
            if (change.docChanged) options.changed(view.state.doc);
        },
    });
    return view;
}

export const bodyOf = (view: EditorView): Body => toBody(view.state.doc);
export { run, schema };

const isPicture = (file: File): boolean => /^image\/(jpeg|png|webp|gif|avif)$/.test(file.type);

function paste(view: EditorView, event: ClipboardEvent, options: Options): boolean {
    const data = event.clipboardData;
    if (!data) return false;
    const files = [...data.files].filter(isPicture);
    const html = data.getData('text/html');
    // Word puts a picture of the text beside the text.
    if (files.length > 0 && !html) return options.files(files, null);
    const text = data.getData('text/plain');
    // A link onto selected words links them.
    const link = /^\S+$/.test(text.trim()) ? linkOf(text.trim()) : false;
    if (link && /^https?:/.test(text.trim()) && !view.state.selection.empty) return commands.link(link.href)(view.state, view.dispatch);
    if (html && !html.includes('data-pm-slice')) {
        const dropped: Dropped = {};
        const slice = fromHtml(html, dropped);
        if (Object.keys(dropped).length > 0) options.dropped(dropped);
        view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
        return true;
    }

    if (!html && text.includes('\n')) {
        const made = paragraphs(text).map((line) => schema.nodes.paragraph!.create(null, whatsAppMarks(line).filter((part) => part.text).map((part) => schema.text(part.text, [...(part.bold ? [schema.marks.bold!.create()] : []), ...(part.italic ? [schema.marks.italic!.create()] : [])]))));
        if (made.length === 0) return true;
        view.dispatch(view.state.tr.replaceSelection(new Slice(Fragment.from(made), 1, 1)).scrollIntoView().setMeta('paste', true));
        return true;
    }

    return false;
}

const policy = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createHTML(text: string): string } } }).trustedTypes?.createPolicy('warta-editor', {
    // Only ever parsed into a document that runs nothing, and from there read by the schema.
    createHTML: (text: string) => text,
});

function fromHtml(html: string, dropped: Dropped): Slice {
    const document = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
    return DomReader.parseSlice(clean(document, dropped), { preserveWhitespace: false });
}

import { DOMParser as SchemaParser } from 'prosemirror-model';
const DomReader = SchemaParser.fromSchema(schema);
