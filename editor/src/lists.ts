import type { Command } from 'prosemirror-state';
import { TextSelection } from 'prosemirror-state';
import { schema } from './schema.ts';

const { nodes } = schema;

/** Enter in a list: another item; in an empty one the list ends, and a paragraph follows. */
export const splitItem: Command = (state, dispatch) => {
    const { $from, $to } = state.selection;
    if ($from.parent.type !== nodes.list_item || !$from.sameParent($to)) return false;
    if ($from.parent.content.size > 0) {
        dispatch?.(state.tr.deleteSelection().split(state.tr.deleteSelection().selection.from).scrollIntoView());
        return true;
    }

    const list = $from.node(-1);
    const index = $from.index(-1);
    const before = list.copy(list.content.cut(0, $from.before() - $from.start(-1)));
    const after = list.copy(list.content.cut($from.after() - $from.start(-1)));
    const parts = [...(index > 0 ? [before] : []), nodes.paragraph!.create(), ...(index < list.childCount - 1 ? [after] : [])];
    if (dispatch) {
        const at = $from.before(-1);
        const change = state.tr.replaceWith(at, $from.after(-1), parts);
        const inside = at + (index > 0 ? before.nodeSize : 0) + 1;
        dispatch(change.setSelection(TextSelection.create(change.doc, inside)).scrollIntoView());
    }

    return true;
};

/** Enter in an empty paragraph of a quote or fact box leads out of it. */
export const leaveBox: Command = (state, dispatch) => {
    const { $from, empty } = state.selection;
    const box = $from.depth > 1 ? $from.node(-1) : null;
    if (!empty || !box || $from.parent.content.size > 0 || $from.index(-1) !== box.childCount - 1 || box.childCount === 1) return false;
    if (box.type !== nodes.quote && box.type !== nodes.fact_box) return false;
    if (dispatch) {
        const after = $from.after(-1);
        const next = state.doc.nodeAt(after);
        const isRoom = next !== null && next.type === nodes.paragraph && next.content.size === 0;
        const change = (isRoom ? state.tr : state.tr.insert(after, nodes.paragraph!.create())).delete($from.before(), $from.after());
        dispatch(change.setSelection(TextSelection.near(change.doc.resolve(change.mapping.map(after)))).scrollIntoView());
    }

    return true;
};

/** Backspace at the beginning of an item, a heading or a quote makes a paragraph of it. */
export const toParagraph: Command = (state, dispatch) => {
    const { $from, empty } = state.selection;
    if (!empty || $from.parentOffset > 0) return false;
    if ($from.parent.type === nodes.heading) {
        dispatch?.(state.tr.setBlockType($from.pos, $from.pos, nodes.paragraph!, { id: $from.parent.attrs.id }));
        return true;
    }

    const isFirst = $from.depth > 1 && $from.index(-1) === 0;
    if (!isFirst || ($from.parent.type !== nodes.list_item && $from.parent.type !== nodes.quote_text)) return false;
    const box = $from.node(-1);
    const rest = box.content.cut($from.parent.nodeSize);
    if (dispatch) {
        const at = $from.before(-1);
        const change = state.tr.replaceWith(at, $from.after(-1), [nodes.paragraph!.create(null, $from.parent.content), ...(rest.size > 0 ? [box.copy(rest)] : [])]);
        dispatch(change.setSelection(TextSelection.create(change.doc, at + 1)).scrollIntoView());
    }

    return true;
};
