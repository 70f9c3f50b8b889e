import { h } from './dom.ts';
import { Refusal, type Server, type Shown } from './server.ts';
import { isPicture, pick } from './uploads.ts';
import { LEAD, type Waiting } from './waiting.ts';
import { t } from './words.ts';

interface Picture { media: number; alt: string; caption: string; credit: string }

/** The picture over the story: chosen, sent, described. It is kept in the form's hidden field. */
export class Lead {
    readonly element = h('section', { class: 'lead-picture', 'aria-label': t('Gambar utama', 'Lead picture') });
    private readonly picture = h('img', { alt: '' });
    private readonly progress = h('progress', { max: '1', hidden: true, 'aria-label': t('Sedang dikirim', 'Being sent') });
    private readonly said = h('p', { class: 'hint', role: 'status', hidden: true });
    private readonly again = h('button', { type: 'button', hidden: true, onclick: () => void this.send() }, t('Coba lagi', 'Try again'));
    private readonly warning = h('small', { class: 'warning' }, t('Tanpa teks alternatif, pembaca tunanetra tidak tahu isi gambar ini.', 'Without alternative text, blind readers don’t know what this picture shows.'));
    private readonly inputs: Record<'alt' | 'caption' | 'credit', HTMLInputElement>;
    private readonly described: HTMLElement;
    private readonly remove = h('button', { type: 'button', class: 'remove', onclick: () => { this.put(null); this.show(); } }, t('Lepas', 'Take off'));
    private file: File | null = null;
    private kept: Promise<string> | null = null;

    constructor(private readonly field: HTMLInputElement | HTMLTextAreaElement, private readonly server: Server, private readonly waiting: Waiting, choose: () => Promise<Shown | null>, private readonly changed: () => void) {
        const input = (name: 'alt' | 'caption' | 'credit', label: string) => h('input', { 'aria-label': label, placeholder: label, oninput: (event: Event) => this.put({ ...this.value!, [name]: (event.target as HTMLInputElement).value }) });
        this.inputs = {
            alt: input('alt', t('Teks alternatif: apa yang terlihat?', 'Alternative text: what is to be seen?')),
            caption: input('caption', t('Keterangan gambar', 'Caption')),
            credit: input('credit', t('Kredit: nama pemotret / sumber', 'Credit: who took it, or whence')),
        };
        this.described = h('div', { class: 'fields' }, this.inputs.alt, this.warning, this.inputs.caption, this.inputs.credit);
        const take = ([file]: File[]) => {
            if (!file) return;
            this.forget();
            this.file = file;
            void this.send();
        };
        this.element.append(this.picture, this.progress, this.said, this.again, this.described, h('div', { class: 'row' },
            h('span', { class: 'label' }, t('Gambar utama', 'Lead picture')),
            h('button', { type: 'button', onclick: () => pick(take) }, t('Unggah', 'Upload')),
            h('button', { type: 'button', class: 'camera', onclick: () => pick(take, { camera: true }) }, t('Kamera', 'Camera')),
            h('button', { type: 'button', onclick: () => void choose().then((chosen) => chosen && this.take(chosen)) }, t('Pustaka', 'Library')), this.remove));
        this.element.addEventListener('dragover', (event) => event.preventDefault());
        this.element.addEventListener('drop', (event) => {
            event.preventDefault();
            take([...(event.dataTransfer?.files ?? [])].filter(isPicture));
        });
        field.addEventListener('set', () => this.show());
        this.show();
    }

    /** Sends one that another load of the page had. */
    async restore(file: File): Promise<void> {
        this.file = file;
        void this.send();
        await this.kept;
    }

    get address(): string {
        return this.value ? this.server.pictureAddress(this.value.media) : '';
    }

    private get value(): Picture | null {
        try {
            const value = JSON.parse(this.field.value || 'null') as Partial<Picture> | null;
            return value?.media ? { media: value.media, alt: value.alt ?? '', caption: value.caption ?? '', credit: value.credit ?? '' } : null;
        } catch {
            return null;
        }
    }

    private put(value: Picture | null): void {
        this.field.value = value ? JSON.stringify(value) : '';
        this.warning.hidden = !value || value.alt.trim() !== '';
        this.changed();
    }

    private take(chosen: Shown): void {
        this.put({ media: chosen.id, alt: chosen.alt, caption: chosen.caption, credit: chosen.credit });
        this.show();
    }

    private async send(): Promise<void> {
        const file = this.file;
        if (!file) return;
        [this.progress.hidden, this.said.hidden, this.again.hidden] = [false, true, true];
        this.progress.value = 0;
        this.kept ??= this.waiting.add(file, { block: LEAD, after: null, alt: '', caption: null, credit: null });
        try {
            const media = await this.server.upload(file, file.name, (done) => { this.progress.value = done; });
            this.put({ alt: '', caption: '', credit: '', ...this.value, media });
            this.file = null;
            this.forget();
        } catch (e) {
            this.said.textContent = e instanceof Refusal ? e.message : t('Tidak terkirim.', 'Not sent.');
            [this.said.hidden, this.again.hidden] = [false, false];
        }

        this.progress.hidden = true;
        this.show();
    }

    private forget(): void {
        void this.kept?.then((key) => this.waiting.forget(key));
        this.kept = null;
    }

    private show(): void {
        const value = this.value;
        this.element.classList.toggle('empty', !value);
        this.picture.hidden = this.described.hidden = this.remove.hidden = !value;
        this.warning.hidden = !value || value.alt.trim() !== '';
        if (!value) return;
        const src = this.server.pictureAddress(value.media);
        if (this.picture.getAttribute('src') !== src) this.picture.src = src;
        for (const name of ['alt', 'caption', 'credit'] as const) if (this.inputs[name].value !== value[name]) this.inputs[name].value = value[name];
    }
}
