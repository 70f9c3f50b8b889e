import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import type { Body } from './blocks.ts';
import { toBody, toDoc } from './codec.ts';
import { schema } from './schema.ts';

const isRoom = (node: Node): boolean => toBody(schema.nodes.doc!.create(null, node)).blocks.length === 0;

/**
 * Puts a body into the editor by changing only the blocks that differ, so that the cursor stays where it is. Empty lines and pictures on their way up, which no body has, stay.
 * @param canUndo Whether the writer can take it back; not so for what others wrote.
 */
export function apply(view: EditorView, body: Body, canUndo = false): void {
    const wanted: Node[] = [];
    toDoc(body).forEach((node) => { if (!isRoom(node)) wanted.push(node); });
    const ids = new Set(wanted.map((node) => node.attrs.id));
    const change = view.state.tr;
    for (let i = change.doc.childCount - 1; i >= 0; i--) {
        const node = change.doc.child(i);
        if (isRoom(node) || ids.has(node.attrs.id)) continue;
        const at = start(change.doc, i);
        if (change.doc.childCount === 1) change.replaceWith(at, at + node.nodeSize, schema.nodes.paragraph!.create());
        else change.delete(at, at + node.nodeSize);
    }

    let index = 0;
    for (const node of wanted) {
        while (index < change.doc.childCount && isRoom(change.doc.child(index)) && change.doc.child(index).attrs.id !== node.attrs.id) {
            // A line that was emptied here, but isn't empty there: it is this one.
            index++;
        }

        const there = index < change.doc.childCount ? change.doc.child(index) : null;
        if (there && there.attrs.id === node.attrs.id) update(there, node, start(change.doc, index));
        else {
            for (let i = 0; i < change.doc.childCount; i++) {
                const other = change.doc.child(i);
                if (other.attrs.id !== node.attrs.id || i === index) continue;
                const at = start(change.doc, i);
                change.delete(at, at + other.nodeSize);
                if (i < index) index--;
                break;
            }

            change.insert(start(change.doc, Math.min(index, change.doc.childCount)), node);
        }

        index++;
    }

    if (change.docChanged) view.dispatch(change.setMeta('addToHistory', canUndo).setMeta('merged', true));

    function update(old: Node, node: Node, at: number): void {
        if (old.eq(node) || toText(old) === toText(node)) return;
        if (old.type !== node.type || !node.isTextblock) {
            change.replaceWith(at, at + old.nodeSize, node);
            return;
        }

        const from = old.content.findDiffStart(node.content);
        const end = old.content.findDiffEnd(node.content);
        if (from !== null && end) {
            const overlap = Math.max(0, from - Math.min(end.a, end.b));
            change.replace(at + 1 + from, at + 1 + end.a + overlap, node.slice(from, end.b + overlap));
        }

        if (JSON.stringify(old.attrs) !== JSON.stringify(node.attrs)) change.setNodeMarkup(at, undefined, node.attrs);
    }
}

const toText = (node: Node): string => JSON.stringify(toBody(schema.nodes.doc!.create(null, node)).blocks);

function start(doc: Node, index: number): number {
    let at = 0;
    for (let i = 0; i < index; i++) at += doc.child(i).nodeSize;
    return at;
}
