import type { Node } from 'prosemirror-model';

/** Words of a text, as readers count them. */
export function words(text: string): number {
    return text.match(/[\p{L}\p{N}]+(?:[-’'.][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

export function wordsOf(doc: Node): number {
    let count = 0;
    doc.descendants((node) => {
        if (!node.isTextblock) return true;
        count += words(node.textContent);
        return false;
    });
    return count;
}

/** Minutes that a reader takes, at 200 words a minute; never none. */
export const minutes = (count: number): number => Math.max(1, Math.round(count / 200));
