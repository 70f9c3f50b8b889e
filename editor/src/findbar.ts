import type { EditorView } from 'prosemirror-view';
import { h } from './dom.ts';
import { finding, lookFor, replace, step } from './find.ts';
import { icon } from './icons.ts';
import { t } from './words.ts';

/** Find and replace: Enter goes on, Shift+Enter back, Escape closes. */
export class FindBar {
    readonly element: HTMLElement;
    private readonly wanted = h('input', { type: 'search', 'aria-label': t('Cari dalam naskah', 'Find in the story'), placeholder: t('Cari', 'Find'), autocomplete: 'off' });
    private readonly other = h('input', { type: 'text', 'aria-label': t('Ganti dengan', 'Replace by'), placeholder: t('Ganti dengan', 'Replace by'), autocomplete: 'off' });
    private readonly exact = h('input', { type: 'checkbox' });
    private readonly count = h('output', { role: 'status' });

    constructor(private readonly view: () => EditorView) {
        const button = (text: string, work: () => void) => h('button', { type: 'button', onclick: work }, text);
        const round = (name: string, text: string, work: () => void) => h('button', { type: 'button', class: 'icon', title: text, 'aria-label': text, onclick: work }, icon(name) as Node);
        this.element = h('div', { class: 'find-bar', role: 'search', hidden: true, onkeydown: (event: Event) => this.key(event as KeyboardEvent) },
            this.wanted, this.count, round('up', t('Sebelumnya (Shift+Enter)', 'Previous (Shift+Enter)'), () => this.step(-1)), round('down', t('Berikutnya (Enter)', 'Next (Enter)'), () => this.step(1)),
            this.other, button(t('Ganti', 'Replace'), () => this.replace(false)), button(t('Ganti semua', 'Replace all'), () => this.replace(true)),
            h('label', { class: 'tick' }, this.exact, t('Besar-kecil huruf', 'Match case')), round('clear', t('Tutup (Esc)', 'Close (Esc)'), () => this.close()));
        this.wanted.addEventListener('input', () => this.look());
        this.exact.addEventListener('change', () => this.look());
    }

    open(): void {
        const { state } = this.view();
        const selected = state.doc.textBetween(state.selection.from, state.selection.to, ' ');
        if (selected && selected.length < 100) this.wanted.value = selected;
        this.element.hidden = false;
        this.wanted.select();
        this.wanted.focus();
        this.look();
    }

    /** Says where the search stands. */
    follow(): void {
        if (this.element.hidden) return;
        const { matches, at, wanted } = finding.getState(this.view().state)!;
        this.count.textContent = !wanted ? '' : matches.length === 0 ? t('Tidak ada', 'None') : t(`${at + 1} dari ${matches.length}`, `${at + 1} of ${matches.length}`);
    }

    private look(): void {
        const view = this.view();
        lookFor(this.wanted.value, this.exact.checked)(view.state, view.dispatch);
        this.follow();
    }

    private step(by: 1 | -1): void {
        const view = this.view();
        step(by)(view.state, view.dispatch);
        this.follow();
    }

    private replace(all: boolean): void {
        const view = this.view();
        const { matches } = finding.getState(view.state)!;
        replace(this.other.value, all)(view.state, view.dispatch);
        this.follow();
        if (all && matches.length > 0) this.count.textContent = t(`${matches.length} diganti`, `${matches.length} replaced`);
    }

    private close(): void {
        const view = this.view();
        this.element.hidden = true;
        lookFor('', false)(view.state, view.dispatch);
        view.focus();
    }

    private key(event: KeyboardEvent): void {
        if (event.isComposing) return;
        if (event.key === 'Escape') this.close();
        else if (event.key === 'Enter' && event.target === this.wanted) this.step(event.shiftKey ? -1 : 1);
        else if (event.key === 'Enter' && event.target === this.other) this.replace(false);
        else return;
        event.preventDefault();
        event.stopPropagation();
    }
}
