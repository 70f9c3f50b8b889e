import { h } from './dom.ts';
import type { Fields } from './server.ts';
import { t } from './words.ts';

/** What is kept of a story besides its text, as the form names it. */
const NAMES = ['kicker', 'headline', 'standfirst', 'searchTitle', 'section', 'tags', 'bylines', 'datelinePlace', 'datelineCredit', 'language', 'kind', 'embargoedUntil', 'expiresAt', 'noAds', 'unverified', 'picture'] as const;

/** How long each should be: from a little to at most. More is said, never refused. */
const AIMS: Record<string, [number, number]> = { kicker: [0, 30], headline: [30, 75], standfirst: [60, 200], searchTitle: [0, 60] };

const HINTS: Record<string, () => string> = {
    kicker: () => t('Tema singkat di atas judul', 'A short theme above the headline'),
    headline: () => t('Judul', 'Headline'),
    standfirst: () => t('Isi berita dalam satu-dua kalimat', 'The story in a sentence or two'),
};

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The form's own controls, read and set by name. */
export class FieldSet {
    readonly controls = new Map<string, Control>();

    constructor(form: HTMLFormElement) {
        for (const name of NAMES) {
            const control = form.elements.namedItem(name);
            if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) this.controls.set(name, control);
        }
    }

    get(name: string): string {
        const control = this.controls.get(name);
        return control instanceof HTMLInputElement && control.type === 'checkbox' ? (control.checked ? '1' : '') : control?.value ?? '';
    }

    read(): Fields {
        return Object.fromEntries([...this.controls.keys()].map((name) => [name, this.get(name)]));
    }

    /** @returns Whether anything changed. */
    write(fields: Fields): boolean {
        let isChanged = false;
        for (const [name, control] of this.controls) {
            const value = fields[name];
            if (value === undefined || value === this.get(name)) continue;
            isChanged = true;
            if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = value !== '';
            else control.value = value;
            control.dispatchEvent(new Event('set'));
        }

        return isChanged;
    }

    /** As the form itself calls it. */
    nameOf(name: string): string {
        const control = this.controls.get(name);
        const label = control?.labels?.[0];
        const text = [...(label?.childNodes ?? [])].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim());
        return (label?.dataset.name ?? text?.textContent ?? label?.textContent ?? name).trim();
    }

    labelOf(name: string): HTMLElement | null {
        const control = this.controls.get(name);
        return control ? control.closest('label') ?? control : null;
    }

    /** A field that grows with its words; Enter leads on. */
    grow(name: string, next: () => void): void {
        const old = this.controls.get(name);
        if (!old) return;
        const area = old instanceof HTMLTextAreaElement ? old : h('textarea', { name, id: old.id || null, maxlength: old.getAttribute('maxlength'), placeholder: old.getAttribute('placeholder'), 'aria-describedby': old.getAttribute('aria-describedby'), required: (old as HTMLInputElement).required });
        if (area !== old) {
            area.value = old.value;
            old.replaceWith(area);
            this.controls.set(name, area);
        }

        if (!area.placeholder) area.placeholder = HINTS[name]?.() ?? '';
        area.rows = 1;
        area.classList.add('grows');
        const fit = () => {
            area.style.height = 'auto';
            area.style.height = `${area.scrollHeight}px`;
        };
        area.addEventListener('input', () => {
            if (/[\r\n]/.test(area.value)) area.value = area.value.replace(/\s*[\r\n]+\s*/g, ' ');
            fit();
        });
        area.addEventListener('set', fit);
        area.addEventListener('keydown', (event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            next();
        });
        addEventListener('resize', fit);
        void document.fonts?.ready.then(fit);
        setTimeout(fit);
    }

    /** A counter under the field, which says when it is too long or, once something is there, rather short. */
    count(name: string): void {
        const control = this.controls.get(name);
        const aim = AIMS[name];
        if (!control || !aim) return;
        const id = `count-${name}`;
        const output = h('output', { class: 'count', id, dir: 'ltr' });
        control.after(output);
        control.setAttribute('aria-describedby', [control.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
        const show = () => {
            const length = [...control.value.trim()].length;
            const [least, most] = aim;
            const what = length > most ? t('agak panjang', 'rather long') : length > 0 && length < least ? t('agak pendek', 'rather short') : '';
            output.textContent = length === 0 ? '' : what ? `${length} / ${most} · ${what}` : `${length} / ${most}`;
            output.classList.toggle('warning', length > most);
        };
        control.addEventListener('input', show);
        control.addEventListener('set', show);
        show();
    }
}

const RTL = /^(ar|fa|ur|he|ps|ckb|sd|ug|yi|dv)\b/;

export const directionOf = (language: string): 'ltr' | 'rtl' => (RTL.test(language) ? 'rtl' : 'ltr');
