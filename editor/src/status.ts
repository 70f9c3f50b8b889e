import type { State } from './autosave.ts';
import { h } from './dom.ts';
import { t } from './words.ts';

/** The line that says whether all is safe. */
export class Status {
    private readonly text = h('span');
    private readonly link = h('a', { hidden: true, target: '_blank', rel: 'noopener' });
    private readonly button = h('button', { type: 'button', class: 'plain', hidden: true });
    private last = '';

    constructor(private readonly place: HTMLElement, reopen: () => void) {
        place.replaceChildren(h('span', { class: 'dot', 'aria-hidden': 'true' }), this.text, ' ', this.link, this.button);
        this.link.href = '/newsroom/sign-in?next=/newsroom';
        this.link.textContent = t('Masuk lagi', 'Sign in again');
        this.button.textContent = t('Pilih sekarang', 'Choose now');
        this.button.addEventListener('click', reopen);
    }

    show(state: State, at: number | null, isSafe: boolean, message = ''): void {
        const time = at === null ? '' : new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
        // Whoever listens to the page isn't told at every pause that it is saved, but when it isn't, and when it is again.
        const isCalm = ['', 'saved'].includes(this.last) && ['saved', 'saving', 'unsaved'].includes(state);
        const here = isSafe ? t('tersimpan di peramban ini', 'kept in this browser') : t('HANYA di halaman ini: jangan ditutup', 'ONLY on this page: don’t close it');
        const text = {
            saved: time ? t(`Tersimpan ${time}`, `Saved ${time}`) : t('Tersimpan', 'Saved'),
            unsaved: this.last === 'saved' || !this.last ? t('Menyimpan…', 'Saving…') : this.text.textContent!,
            saving: this.last === 'offline' ? this.text.textContent! : t('Menyimpan…', 'Saving…'),
            offline: t(`Luring: ${here}`, `Offline: ${here}`),
            'signed-out': t(`Sesi habis; ${here}.`, `The session has ended; ${here}.`),
            'someone-else': t(`Orang lain yang sekarang masuk di peramban ini; ${here}.`, `Somebody else is signed in here now; ${here}.`),
            forbidden: t(`Naskah ini bukan wewenang Anda (lagi); ${here}.`, `This story isn’t yours to write (any more); ${here}.`),
            refused: t(`Server menolak: ${message} Tulisan Anda ${here}.`, `The server refuses: ${message} Your words are ${here}.`),
            conflict: t(`Bentrok dengan perubahan orang lain; tulisan Anda ${here}.`, `Somebody changed the same words; yours are ${here}.`),
        }[state];
        if (this.text.textContent !== text) this.text.textContent = text;
        if (state !== 'unsaved' && state !== 'saving') this.last = state;
        this.place.setAttribute('aria-live', isCalm ? 'off' : 'polite');
        this.link.hidden = state !== 'signed-out' && state !== 'someone-else';
        this.button.hidden = state !== 'conflict';
        this.place.dataset.state = state;
    }
}
