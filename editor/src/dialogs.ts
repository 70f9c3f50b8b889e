import { h } from './dom.ts';
import type { Server, Shown } from './server.ts';
import { linkOf } from './schema.ts';
import { PROVIDERS, recognise } from './providers.ts';
import { t } from './words.ts';

let count = 0;

/** A modal window with a form; resolves with the name of the button that closed it, and with '' when it was put off. */
export function dialog(heading: string, content: (Node | string)[], buttons: { name: string; text: string; isMain?: boolean; skipsCheck?: boolean }[], css = ''): { element: HTMLDialogElement; closed: Promise<string> } {
    const id = `editor-dialog-${++count}`;
    const form = h('form', { method: 'dialog' }, h('h2', { id }, heading), ...content,
        h('div', { class: 'choices' }, ...buttons.map((button) => h('button', { type: 'submit', value: button.name, class: button.isMain ? 'main' : '', formNoValidate: button.skipsCheck ?? false }, button.text))));
    const element = h('dialog', { class: `editor-dialog ${css}`, 'aria-labelledby': id }, form);
    document.body.append(element);
    const before = document.activeElement as HTMLElement | null;
    const closed = new Promise<string>((done) => element.addEventListener('close', () => {
        element.remove();
        before?.focus();
        done(element.returnValue);
    }));
    element.addEventListener('cancel', () => { element.returnValue = ''; });
    element.showModal();
    return { element, closed };
}

/** Asks for a link's address. Null: put off; '': the link is to go. */
export async function askLink(href: string): Promise<string | null> {
    const input = h('input', { type: 'text', inputMode: 'url', name: 'href', autocomplete: 'off', placeholder: 'https://', required: true });
    input.value = href;
    input.addEventListener('input', () => input.setCustomValidity(linkOf(input.value) ? '' : t('Bukan tautan yang bisa dicetak Warta: pakai alamat https://…, mailto:…, tel:… atau /jalur di situs ini.', 'No link that Warta prints: use an address like https://…, mailto:…, tel:… or a /path on this site.')));
    const { closed } = dialog(t('Tautan', 'Link'), [h('label', {}, t('Alamat', 'Address'), input)], [
        { name: 'set', text: t('Pasang', 'Set'), isMain: true },
        ...(href ? [{ name: 'remove', text: t('Lepas tautan', 'Remove link'), skipsCheck: true }] : []),
        { name: '', text: t('Batal', 'Cancel'), skipsCheck: true },
    ]);
    input.select();
    const answer = await closed;
    const link = linkOf(input.value);
    return answer === 'remove' ? '' : answer === 'set' && link ? link.href : null;
}

export async function askEmbed(): Promise<{ provider: string; url: string } | null> {
    const input = h('input', { type: 'text', inputMode: 'url', autocomplete: 'off', placeholder: 'https://www.youtube.com/watch?v=…', required: true });
    const known = Object.values(PROVIDERS).join(', ');
    input.addEventListener('input', () => input.setCustomValidity(recognise(input.value) ? '' : t(`Bukan alamat unggahan yang dikenal. Yang bisa: ${known}.`, `No address of a post that Warta knows. It knows ${known}.`)));
    const { closed } = dialog(t('Sematan', 'Embed'), [h('label', {}, t('Alamat unggahan', 'Address of the post'), input, h('small', {}, known))], [
        { name: 'set', text: t('Sisipkan', 'Insert'), isMain: true },
        { name: '', text: t('Batal', 'Cancel'), skipsCheck: true },
    ]);
    return (await closed) === 'set' ? recognise(input.value) : null;
}

/** The newsroom's own pictures, found by words. */
export async function askLibrary(server: Server): Promise<Shown | null> {
    let chosen: Shown | null = null;
    let asked = 0;
    const search = h('input', { type: 'search', autocomplete: 'off', placeholder: t('Cari keterangan, kredit …', 'Search captions, credits …') });
    const list = h('div', { class: 'library', role: 'group', 'aria-label': t('Gambar', 'Pictures') });
    const said = h('p', { class: 'hint', role: 'status' });
    const look = async () => {
        const mine = ++asked;
        const found = await server.pictures(search.value.trim());
        if (mine !== asked) return;
        said.textContent = found.length === 0 ? t('Tidak ada gambar yang cocok.', 'No picture fits.') : '';
        list.replaceChildren(...found.map((picture) => h('button', { type: 'submit', value: 'take', formNoValidate: true, onclick: () => { chosen = picture; } },
            h('img', { src: picture.preview, alt: picture.alt, loading: 'lazy' }), h('span', {}, picture.caption || picture.alt || `#${picture.id}`), h('small', {}, [picture.credit, picture.expires && `${t('izin s.d.', 'licence until')} ${picture.expires}`].filter(Boolean).join(' · ')))));
    };
    let timer: ReturnType<typeof setTimeout>;
    search.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => void look(), 200); });
    search.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); void look(); } });
    const { closed } = dialog(t('Pilih dari pustaka', 'Choose from the library'), [h('label', {}, t('Cari', 'Search'), search), said, list], [{ name: '', text: t('Batal', 'Cancel'), skipsCheck: true }], 'wide');
    void look();
    return (await closed) === 'take' ? chosen : null;
}
