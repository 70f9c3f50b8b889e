import type { Block } from './blocks.ts';
import { described, differences, type Part } from './diff.ts';
import { dialog } from './dialogs.ts';
import { h } from './dom.ts';
import type { Choice, Clash } from './merge.ts';
import { t } from './words.ts';

/** How a clash is shown: two columns of words, and what may be chosen of them. */
export interface Sides { heading: string; lead: string; mine: string; theirs: string; put: string }

/** Shows what differs side by side; null where the writer puts it off. */
export async function choose(sides: Sides, clashes: Clash[], nameOf: (field: string) => string, preset: (clash: Clash) => Choice | null = () => null): Promise<Map<string, Choice> | null> {
    const groups = clashes.map((clash, i) => group(sides, clash, i, nameOf, preset(clash)));
    const { closed } = dialog(sides.heading, [h('p', {}, sides.lead), ...groups], [
        { name: 'choose', text: t('Pakai pilihan ini', 'Use these choices'), isMain: true },
        { name: '', text: sides.put, skipsCheck: true },
    ], 'wide clashes');
    if ((await closed) !== 'choose') return null;
    return new Map(clashes.map((clash, i) => [clash.key, groups[i]!.querySelector<HTMLInputElement>('input:checked')!.value as Choice]));
}

function group(sides: Sides, clash: Clash, number: number, nameOf: (field: string) => string, preset: Choice | null): HTMLElement {
    const [mine, theirs] = clash.kind === 'block' ? [described(clash.mine), described(clash.theirs)] : [clash.mine, clash.theirs];
    const parts = differences(theirs, mine);
    const radio = (value: Choice, text: string) => h('label', { class: 'choice' }, h('input', { type: 'radio', name: `clash-${number}`, value, required: true, defaultChecked: preset === value }), text);
    const canBoth = clash.kind === 'block' && clash.mine !== null && clash.theirs !== null;
    return h('fieldset', { class: 'clash' },
        h('legend', {}, clash.kind === 'field' ? nameOf(clash.key) : kind(clash.mine ?? clash.theirs!)),
        h('div', { class: 'sides' },
            h('div', {}, h('h3', {}, sides.mine), side(parts, 'in', mine, clash.kind === 'block' && clash.mine === null)),
            h('div', {}, h('h3', {}, sides.theirs), side(parts, 'out', theirs, clash.kind === 'block' && clash.theirs === null))),
        h('div', { class: 'row' }, radio('mine', sides.mine), radio('theirs', sides.theirs), canBoth && radio('both', t('Keduanya', 'Both'))));
}

/** One side, with the words that the other hasn't marked: underlined and bold, so that it reads without colour. */
function side(parts: Part[], own: 'in' | 'out', text: string, isGone: boolean): HTMLElement {
    if (isGone) return h('p', { class: 'gone' }, t('(dihapus)', '(taken out)'));
    if (!text) return h('p', { class: 'gone' }, t('(kosong)', '(empty)'));
    return h('p', { class: 'words' }, ...parts.filter((part) => part.kind === 'same' || part.kind === own).map((part) => (part.kind === 'same' ? part.text : h('mark', {}, part.text))));
}

function kind(block: Block): string {
    switch (block.type) {
        case 'paragraph': return t('Paragraf', 'Paragraph');
        case 'heading': return t('Judul bagian', 'Heading');
        case 'list': return t('Daftar', 'List');
        case 'quote': return t('Kutipan', 'Quote');
        case 'figure': return t('Gambar', 'Picture');
        case 'gallery': return t('Galeri', 'Gallery');
        case 'read-also': return t('Baca Juga', 'Read also');
        case 'embed': return t('Sematan', 'Embed');
        case 'table': return t('Tabel', 'Table');
        case 'fact-box': return t('Kotak fakta', 'Fact box');
        case 'page-break': return t('Batas halaman', 'Page break');
        case 'divider': return t('Garis pemisah', 'Divider');
    }
}
