import { Plugin } from 'prosemirror-state';
import type { Node } from 'prosemirror-model';

/** Gives each block an id of its own. Of two halves of a split block the first keeps it, and so does the original of a copy. */
export const ids = new Plugin({
    appendTransaction(transactions, _, state) {
        if (!transactions.some((transaction) => transaction.docChanged)) return null;
        const seen = new Set<string>();
        const change = state.tr;
        state.doc.descendants((node: Node, at: number) => {
            if (!('id' in node.attrs)) return true;
            if (!node.attrs.id || seen.has(node.attrs.id)) change.setNodeAttribute(at, 'id', fresh(seen));
            else seen.add(node.attrs.id);
            return node.type.name === 'fact_box';
        });
        return change.docChanged ? change.setMeta('addToHistory', false) : null;
    },
});

function fresh(seen: Set<string>): string {
    for (;;) {
        const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => 'abcdefghjkmnpqrstuvwxyz23456789_-'[byte % 32]).join('');
        if (seen.has(made)) continue;
        seen.add(made);
        return made;
    }
}
