import { h } from './dom.ts';
import type { Lead } from './lead.ts';
import type { Uploads } from './uploads.ts';
import { LEAD, type Left, type Waiting } from './waiting.ts';
import { t } from './words.ts';

interface Room { place: HTMLElement; left: Left[]; waiting: Waiting; uploads: Uploads; lead: Lead | null; isHere: (block: string) => boolean }

/** Offers pictures that this browser holds and the server hasn't got, with what was written for them. */
export function restorePictures(room: Room): void {
    const left = room.left.filter((one) => {
        if (one.block === LEAD ? room.lead : !room.isHere(one.block)) return true;
        // It arrived, and only that could no longer be noted.
        void room.waiting.forget(one.key);
        return false;
    });
    if (left.length === 0) return;
    const text = h('span', {}, left.length === 1
        ? t('Peramban ini menyimpan satu gambar Anda yang belum sampai ke server.', 'This browser holds a picture of yours that hasn’t reached the server.')
        : t(`Peramban ini menyimpan ${left.length} gambar Anda yang belum sampai ke server.`, `This browser holds ${left.length} pictures of yours that haven’t reached the server.`));
    const banner = h('div', { class: 'offer', role: 'region', 'aria-label': t('Gambar yang belum sampai ke server', 'Pictures that the server has not') }, text,
        ...left.map((one) => h('img', { src: URL.createObjectURL(one.file), alt: one.alt || one.file.name, width: '72', height: '48' })),
        h('button', { type: 'button', class: 'main', onclick: put }, t('Pasang lagi', 'Put back')),
        h('button', { type: 'button', onclick: drop }, t('Buang', 'Discard')));
    room.place.append(banner);

    function put(): void {
        banner.remove();
        for (const one of left) {
            // In this tab's own keeping from then on.
            void (one.block === LEAD ? room.lead?.restore(one.file) : room.uploads.restore(one))?.then(() => room.waiting.forget(one.key));
        }
    }

    function drop(): void {
        text.textContent = t('Dibuang.', 'Discarded.');
        banner.querySelectorAll('button, img').forEach((element) => element.remove());
        for (const one of left) void room.waiting.unmention(one.key);
        const back = h('button', { type: 'button', onclick: () => {
            banner.remove();
            for (const one of left) void room.waiting.describe(one.key, one);
            restorePictures(room);
        } }, t('Urungkan', 'Undo'));
        banner.append(back);
        back.focus();
    }
}
