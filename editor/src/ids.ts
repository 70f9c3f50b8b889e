import { Plugin, type EditorState, type Transaction } from 'prosemirror-state';
import type { Node } from 'prosemirror-model';

/** Gives each block an id of its own. Of two halves of a split block the first keeps it, and so does the original of a copy. */
export const ids = new Plugin({
    appendTransaction(transactions, _, state) {
        if (!transactions.some((transaction) => transaction.docChanged)) return null;
        const seen = new Set<string>();
        const change = state.tr;
        // Enter at the beginning of a block puts an empty one before it: the words keep their address.
        const empty = new Map<string, number>();
        state.doc.descendants((node: Node, at: number) => {
            if (!('id' in node.attrs)) return true;
            const old = node.attrs.id;
            const before = empty.get(old);
            if (before !== undefined && node.textContent) {
                change.setNodeAttribute(before, 'id', fresh(seen));
                empty.delete(old);
            } else if (!old || seen.has(old)) change.setNodeAttribute(at, 'id', fresh(seen));
            else {
                seen.add(old);
                if (node.type.name === 'paragraph' && node.content.size === 0) empty.set(old, at);
            }

            return node.type.name === 'fact_box';
        });
        return change.docChanged ? change.setMeta('addToHistory', false) : null;
    },
});

export function fresh(seen = new Set<string>()): string {
    for (;;) {
        const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => 'abcdefghjkmnpqrstuvwxyz23456789_-'[byte % 32]).join('');
        if (seen.has(made)) continue;
        seen.add(made);
        return made;
    }
}

/** There is always a line to go on writing in at the end; it is no block until something stands in it. */
export const room = new Plugin({
    appendTransaction: (_, __, state) => withRoom(state),
});

export const withRoom = (state: EditorState): Transaction | null => state.doc.lastChild!.type.name === 'paragraph' ? null : state.tr.insert(state.doc.content.size, state.schema.nodes.paragraph!.create()).setMeta('addToHistory', false);
