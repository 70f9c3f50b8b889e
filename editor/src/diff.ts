import type { Block, Inline } from './blocks.ts';
import { t } from './words.ts';

export interface Part { text: string; kind: 'same' | 'out' | 'in' }

const LONGEST = 1_500;

/** What differs between two texts, word by word. Texts that are too long for that differ as a whole between what they begin and end with alike. */
export function differences(before: string, after: string): Part[] {
    const [a, b] = [cut(before), cut(after)];
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start++;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const parts: Part[] = [];
    const add = (text: string, kind: Part['kind']) => {
        if (!text) return;
        const last = parts.at(-1);
        if (last?.kind === kind) last.text += text;
        else parts.push({ text, kind });
    };
    add(a.slice(0, start).join(''), 'same');
    middle(a.slice(start, a.length - end), b.slice(start, b.length - end), add);
    add(a.slice(a.length - end).join(''), 'same');
    return parts;
}

function middle(a: string[], b: string[], add: (text: string, kind: Part['kind']) => void): void {
    if (a.length > LONGEST || b.length > LONGEST) {
        add(a.join(''), 'out');
        add(b.join(''), 'in');
        return;
    }

    // The longest common run of words, from behind.
    const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) rows[i]![j] = a[i] === b[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = (add(a[i]!, 'same'), [i + 1, j + 1]);
        else if (j >= b.length || (i < a.length && rows[i + 1]![j]! >= rows[i]![j + 1]!)) add(a[i++]!, 'out');
        else add(b[j++]!, 'in');
    }
}

const cut = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

export const plainText = (text: Inline | undefined): string => (typeof text === 'string' ? text : (text ?? []).map((span) => span.text).join(''));

/** A block in words, for showing two of them side by side. */
export function described(block: Block | null): string {
    if (!block) return '';
    switch (block.type) {
        case 'paragraph':
        case 'heading': return plainText(block.text);
        case 'list': return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '•'} ${plainText(item)}`).join('\n');
        case 'quote': return [...block.text.map(plainText), [block.speaker, block.role].filter(Boolean).join(', ')].filter(Boolean).join('\n');
        case 'figure': return [`[${t('Gambar', 'Picture')}${block.media ? ` ${block.media}` : ''}]`, block.alt, plainText(block.caption), block.credit].filter(Boolean).join('\n');
        case 'gallery': return [`[${t('Galeri', 'Gallery')}]`, ...block.figures.map(described)].join('\n');
        case 'read-also': return `${t('Baca Juga', 'Read also')}: ${block.wanted ?? block.wantedUri ?? `#${block.article}`}`;
        case 'embed': return `[${block.provider}] ${block.url}`;
        case 'table': return [block.caption ?? '', ...[...(block.header ?? []), ...block.rows].map((row) => row.map(plainText).join(' | '))].filter(Boolean).join('\n');
        case 'fact-box': return [block.heading ?? '', ...block.blocks.map(described)].filter(Boolean).join('\n');
        case 'page-break': return `[${t('Halaman berikutnya', 'Next page')}]`;
        case 'divider': return '———';
    }
}
