import { setBlockType, toggleMark } from 'prosemirror-commands';
import type { Attrs, Node } from 'prosemirror-model';
import { NodeSelection, TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

export const bold = toggleMark(marks.bold!);
export const italic = toggleMark(marks.italic!);
export const superscript = toggleMark(marks.superscript!);

/** A heading of this level, or a paragraph again. */
export const heading = (level: number): Command => (state, dispatch, view) =>
    is(state, 'heading', { level }) ? setBlockType(nodes.paragraph!)(state, dispatch, view) : setBlockType(nodes.heading!, { level })(state, dispatch, view);

/** Selected paragraphs as a list, or a list as paragraphs again. */
export const list = (type: 'bullet_list' | 'ordered_list'): Command => (state, dispatch) => {
    const { $from, $to } = state.selection;
    const known = around(state, ['bullet_list', 'ordered_list']);
    if (known) {
        const made = known.node.type.name === type
            ? children(known.node).map((item) => nodes.paragraph!.create(null, item.content))
            : [nodes[type]!.create(known.node.attrs, known.node.content)];
        dispatch?.(kept(state, state.tr.replaceWith(known.at, known.at + known.node.nodeSize, made)));
        return true;
    }

    const range = $from.blockRange($to);
    if (!range || range.depth > 1) return false;
    const items: Node[] = [];
    for (let i = range.startIndex; i < range.endIndex; i++) {
        const child = range.parent.child(i);
        if (!child.isTextblock) return false;
        items.push(nodes.list_item!.create(null, child.content));
    }

    dispatch?.(kept(state, state.tr.replaceWith(range.start, range.end, nodes[type]!.create(null, items))));
    return true;
};

/** Selected paragraphs as a quote, or a quote as paragraphs again. */
export const quote: Command = (state, dispatch) => {
    const { $from, $to } = state.selection;
    const known = around(state, ['quote']);
    if (known) {
        dispatch?.(kept(state, state.tr.replaceWith(known.at, known.at + known.node.nodeSize, children(known.node).map((part) => nodes.paragraph!.create(null, part.content)))));
        return true;
    }

    const range = $from.blockRange($to);
    if (!range || range.depth > 0) return false;
    const parts: Node[] = [];
    for (let i = range.startIndex; i < range.endIndex; i++) {
        const child = range.parent.child(i);
        if (!child.isTextblock) return false;
        parts.push(nodes.quote_text!.create(null, child.content));
    }

    dispatch?.(kept(state, state.tr.replaceWith(range.start, range.end, nodes.quote!.create(null, parts))));
    return true;
};

/** Puts a block after the one that is written in; an empty paragraph gives its place. */
export const insert = (type: string, attrs: Attrs | null = null, content?: Node[]): Command => (state, dispatch) => {
    const { $to } = state.selection;
    if (!dispatch) return true;
    const top = $to.depth > 0 ? $to.node(1) : null;
    const made = nodes[type]!.createAndFill(attrs, content ?? null)!;
    const isRoom = top !== null && top.type === nodes.paragraph && top.content.size === 0;
    const at = $to.depth > 0 ? (isRoom ? $to.before(1) : $to.after(1)) : state.selection.to;
    const change = isRoom ? state.tr.replaceWith(at, $to.after(1), made) : state.tr.insert(at, made);
    // Behind what is edited as a whole there is a line to go on writing in.
    const after = at + made.nodeSize;
    if (made.isAtom && !change.doc.nodeAt(after)?.isTextblock) change.insert(after, nodes.paragraph!.create());
    const inside = made.isAtom ? TextSelection.create(change.doc, after + 1) : TextSelection.near(change.doc.resolve(at + 1));
    dispatch(change.setSelection(inside).scrollIntoView());
    return true;
};

/** Moves the block up or down. */
export const move = (by: -1 | 1): Command => (state, dispatch) => {
    const { selection, doc } = state;
    const index = selection.$from.index(0);
    const other = index + by;
    if (selection.$to.index(0) !== index && !(selection instanceof NodeSelection) || other < 0 || other >= doc.childCount) return false;
    if (dispatch) {
        const node = doc.child(index);
        const at = selection.$from.depth > 0 ? selection.$from.before(1) : selection.from;
        const to = by < 0 ? at - doc.child(other).nodeSize : at + doc.child(other).nodeSize;
        const change = state.tr.delete(at, at + node.nodeSize).insert(to, node);
        const offset = selection.from - at;
        change.setSelection(selection instanceof NodeSelection ? NodeSelection.create(change.doc, to) : TextSelection.near(change.doc.resolve(to + offset)));
        dispatch(change.scrollIntoView());
    }

    return true;
};

/** Sets the link of what is selected, or of the link that the cursor stands in; null takes it away. */
export const link = (href: string | null): Command => (state, dispatch) => {
    const { from, to } = state.selection.empty ? linkAround(state) ?? state.selection : state.selection;
    if (from === to) return false;
    if (dispatch) {
        const change = state.tr.removeMark(from, to, marks.link!);
        if (href) change.addMark(from, to, marks.link!.create({ href }));
        dispatch(change);
    }

    return true;
};

export function is(state: EditorState, type: string, attrs: Record<string, unknown> = {}): boolean {
    const node = state.selection instanceof NodeSelection ? state.selection.node : state.selection.$from.parent;
    return node.type.name === type && Object.entries(attrs).every(([name, value]) => node.attrs[name] === value);
}

export function around(state: EditorState, types: string[]): { node: Node; at: number } | null {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) if (types.includes($from.node(depth).type.name)) return { node: $from.node(depth), at: $from.before(depth) };
    return null;
}

export function linkAround(state: EditorState): { from: number; to: number; href: string } | null {
    const { $from } = state.selection;
    const start = $from.start();
    let found: { from: number; to: number; href: string } | null = null;
    $from.parent.forEach((child, offset) => {
        const mark = marks.link!.isInSet(child.marks);
        const [from, to] = [start + offset, start + offset + child.nodeSize];
        if (!mark) return;
        if (found && found.to === from && found.href === mark.attrs.href) found = { ...found, to };
        else if (!found || found.to < $from.pos) found = { from, to, href: mark.attrs.href };
    });
    const one = found as { from: number; to: number; href: string } | null;
    return one && one.from <= $from.pos && one.to >= $from.pos ? one : null;
}

const children = (node: Node): Node[] => Array.from({ length: node.childCount }, (_, i) => node.child(i));

function kept(state: EditorState, change: EditorState['tr']): EditorState['tr'] {
    return change.setSelection(TextSelection.near(change.doc.resolve(Math.min(state.selection.from, change.doc.content.size)))).scrollIntoView();
}
