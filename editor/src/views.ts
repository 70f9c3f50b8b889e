import type { Node } from 'prosemirror-model';
import { NodeSelection, TextSelection, type Command } from 'prosemirror-state';
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, toggleHeaderRow } from 'prosemirror-tables';
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view';
import type { Figure } from './blocks.ts';
import { retyped } from './captions.ts';
import { plainText } from './diff.ts';
import { h } from './dom.ts';
import { fresh } from './ids.ts';
import { PROVIDERS } from './providers.ts';
import type { Found, Server, Shown } from './server.ts';
import { isPicture, pick, type Upload, type Uploads } from './uploads.ts';
import { t } from './words.ts';

type At = () => number | undefined;

/** A block with fields of its own beside, or instead of, text. */
abstract class Card implements NodeView {
    abstract dom: HTMLElement;

    constructor(protected node: Node, protected readonly view: EditorView, protected readonly at: At) {}

    update(node: Node): boolean {
        if (node.type !== this.node.type) return false;
        this.node = node;
        this.show();
        return true;
    }

    /** Keys and clicks in its fields are theirs. */
    stopEvent(event: Event): boolean {
        const target = event.target as HTMLElement;
        return /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test(target.nodeName) && event.type !== 'dragstart';
    }

    ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
        return mutation.type !== 'selection';
    }

    protected abstract show(): void;

    /** @param isShown Only for showing: nothing that is saved or undone. */
    protected set(name: string, value: unknown, isShown = false): void {
        const at = this.at();
        if (at === undefined || this.node.attrs[name] === value) return;
        const change = this.view.state.tr.setNodeAttribute(at, name, value);
        this.view.dispatch(isShown ? change.setMeta('addToHistory', false).setMeta('merged', true) : change);
    }

    protected remove(): void {
        const at = this.at();
        if (at === undefined) return;
        this.view.dispatch(this.view.state.tr.delete(at, at + this.node.nodeSize));
        this.view.focus();
    }

    protected field(name: string, label: string, more: Record<string, unknown> = {}): HTMLInputElement {
        return h('input', { 'data-name': name, 'aria-label': label, placeholder: label, ...more, value: undefined, oninput: (event: Event) => this.typed(name, (event.target as HTMLInputElement).value), onkeydown: (event: Event) => this.leave(event as KeyboardEvent) });
    }

    protected typed(name: string, value: string): void {
        this.set(name, value);
    }

    /** Enter goes on in the text, after the block. */
    private leave(event: KeyboardEvent): void {
        const at = this.at();
        if (event.key !== 'Enter' || event.isComposing || at === undefined) return;
        event.preventDefault();
        const after = at + this.node.nodeSize;
        const change = this.view.state.tr;
        if (after >= change.doc.content.size) change.insert(after, this.view.state.schema.nodes.paragraph!.create());
        this.view.dispatch(change.setSelection(NodeSelection.near(change.doc.resolve(after + 1))));
        this.view.focus();
    }

    protected fill(input: HTMLInputElement | HTMLTextAreaElement, value: string): void {
        if (input.value !== value) input.value = value;
    }
}

class QuoteView extends Card {
    dom: HTMLElement;
    contentDOM = h('div', { class: 'text' });
    private readonly speaker = this.field('speaker', t('Siapa yang berkata', 'Who says it'));
    private readonly role = this.field('role', t('sebagai apa', 'as what'));

    constructor(node: Node, view: EditorView, at: At) {
        super(node, view, at);
        this.dom = h('blockquote', {}, this.contentDOM, h('div', { class: 'fields', contentEditable: 'false' }, this.speaker, this.role));
        this.show();
    }

    override ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
        return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
    }

    protected show(): void {
        this.fill(this.speaker, this.node.attrs.speaker);
        this.fill(this.role, this.node.attrs.role);
    }
}

class FactBoxView extends Card {
    dom: HTMLElement;
    contentDOM = h('div', { class: 'text' });
    private readonly heading = this.field('heading', t('Judul kotak fakta', 'Heading of the fact box'));

    constructor(node: Node, view: EditorView, at: At) {
        super(node, view, at);
        this.dom = h('aside', {}, h('div', { class: 'fields', contentEditable: 'false' }, this.heading), this.contentDOM);
        this.show();
    }

    override ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
        return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
    }

    protected show(): void {
        this.fill(this.heading, this.node.attrs.heading);
    }
}

/** What the views of blocks may ask for beside the text. */
export interface Help { server: Server; uploads: Uploads; choose: () => Promise<Shown | null> }

class FigureView extends Card {
    dom: HTMLElement;
    private readonly picture = h('img', { alt: '' });
    private readonly progress = h('progress', { max: '1', hidden: true, 'aria-label': t('Sedang dikirim', 'Being sent') });
    private readonly error = h('span', { role: 'alert' });
    private readonly again = h('button', { type: 'button', onclick: () => this.help.uploads.retry(this.node.attrs.upload.key) }, t('Coba lagi', 'Try again'));
    private readonly failed = h('p', { class: 'failed', hidden: true }, this.error, ' ', this.again);
    private readonly alt = this.field('alt', t('Teks alternatif: apa yang terlihat?', 'Alternative text: what is to be seen?'));
    private readonly caption = this.field('caption', t('Keterangan gambar', 'Caption'));
    private readonly credit = this.field('credit', t('Kredit: nama pemotret / sumber', 'Credit: who took it, or whence'));
    private readonly warning = h('small', { class: 'warning', hidden: true }, t('Tanpa teks alternatif, pembaca tunanetra tidak tahu isi gambar ini.', 'Without alternative text, blind readers don’t know what this picture shows.'));

    constructor(node: Node, view: EditorView, at: At, private readonly help: Help) {
        super(node, view, at);
        this.dom = h('figure', { contentEditable: 'false' }, this.picture, this.progress, this.failed, h('div', { class: 'fields' }, this.alt, this.warning, this.caption, this.credit,
            h('div', { class: 'row' }, h('button', { type: 'button', onclick: () => void this.choose() }, t('Ganti dari pustaka', 'Another from the library')), h('button', { type: 'button', class: 'remove', onclick: () => this.remove() }, t('Buang', 'Remove')))));
        this.show();
    }

    protected override typed(name: string, value: string): void {
        this.set(name, name === 'caption' ? retyped(this.node.attrs.caption, value) || null : value || (name === 'credit' ? null : ''));
    }

    protected show(): void {
        const { media, image, alt, caption, credit } = this.node.attrs;
        const upload = this.node.attrs.upload as Upload | null;
        const src = upload?.preview ?? (media ? this.help.server.pictureAddress(media) : image?.src ?? '');
        if (src && this.picture.getAttribute('src') !== src) this.picture.setAttribute('src', src);
        this.picture.alt = alt;
        this.picture.hidden = !src;
        this.progress.hidden = !upload || upload.error !== '';
        if (upload) this.progress.value = upload.done;
        this.failed.hidden = !upload?.error;
        this.error.textContent = upload?.error ?? '';
        this.fill(this.alt, alt);
        this.fill(this.caption, plainText(caption ?? ''));
        this.fill(this.credit, credit ?? '');
        this.warning.hidden = alt.trim().length > 0;
    }

    private async choose(): Promise<void> {
        const chosen = await this.help.choose();
        const at = this.at();
        if (chosen && at !== undefined) this.view.dispatch(this.view.state.tr.setNodeMarkup(at, undefined, { ...this.node.attrs, upload: null, image: null, media: chosen.id, alt: chosen.alt, caption: chosen.caption || null, credit: chosen.credit || null }));
    }
}

class GalleryView extends Card {
    dom: HTMLElement;
    private readonly list = h('ol', { class: 'figures' });
    private readonly status = h('p', { class: 'hint', role: 'status' });

    constructor(node: Node, view: EditorView, at: At, private readonly help: Help) {
        super(node, view, at);
        this.dom = h('div', { class: 'gallery', contentEditable: 'false' }, h('b', {}, t('Galeri', 'Gallery')), this.list, this.status, h('div', { class: 'row' },
            h('button', { type: 'button', onclick: () => pick((files) => void this.send(files), { multiple: true }) }, t('Tambah gambar', 'Add pictures')),
            h('button', { type: 'button', onclick: () => void this.choose() }, t('Dari pustaka', 'From the library')),
            h('button', { type: 'button', class: 'remove', onclick: () => this.remove() }, t('Buang galeri', 'Remove the gallery'))));
        this.show();
    }

    private get figures(): Figure[] {
        return this.node.attrs.figures as Figure[];
    }

    protected show(): void {
        while (this.list.children.length > this.figures.length) this.list.lastChild!.remove();
        this.figures.forEach((figure, i) => {
            const item = (this.list.children[i] as HTMLElement | undefined) ?? this.list.appendChild(this.item(i));
            const src = figure.media ? this.help.server.pictureAddress(figure.media) : figure.image?.src ?? '';
            const picture = item.querySelector('img')!;
            if (picture.getAttribute('src') !== src) picture.setAttribute('src', src);
            picture.alt = figure.alt ?? '';
            const [alt, caption, credit] = item.querySelectorAll('input');
            this.fill(alt!, figure.alt ?? '');
            this.fill(caption!, plainText(figure.caption));
            this.fill(credit!, figure.credit ?? '');
            item.querySelector<HTMLElement>('.warning')!.hidden = Boolean(figure.alt?.trim());
        });
    }

    /** The fields of the figure that stands at this place. */
    private item(i: number): HTMLElement {
        const input = (label: string, change: (figure: Figure, value: string) => Figure) => h('input', { 'aria-label': `${label} ${i + 1}`, placeholder: label, oninput: (event: Event) => this.put(this.figures.map((figure, at) => (at === i ? change(figure, (event.target as HTMLInputElement).value) : figure))) });
        const button = (text: string, work: () => void) => h('button', { type: 'button', onclick: work, 'aria-label': `${text} ${i + 1}` }, text);
        return h('li', {}, h('img', { alt: '' }), h('div', { class: 'fields' },
            input(t('Teks alternatif', 'Alternative text'), (figure, alt) => ({ ...figure, alt })), h('small', { class: 'warning' }, t('Teks alternatif belum ada.', 'No alternative text yet.')),
            input(t('Keterangan', 'Caption'), ({ caption, ...figure }, value) => (value ? { ...figure, caption: retyped(caption ?? null, value) } : figure)),
            input(t('Kredit', 'Credit'), ({ credit: _, ...figure }, value) => (value ? { ...figure, credit: value } : figure)),
            h('div', { class: 'row' }, button(t('Majukan', 'Move up'), () => this.swap(i, i - 1)), button(t('Mundurkan', 'Move down'), () => this.swap(i, i + 1)), button(t('Buang', 'Remove'), () => this.put(this.figures.filter((_, at) => at !== i))))));
    }

    private swap(one: number, other: number): void {
        const figures = [...this.figures];
        if (!figures[other]) return;
        [figures[one], figures[other]] = [figures[other]!, figures[one]!];
        this.put(figures);
    }

    private put(figures: Figure[]): void {
        this.set('figures', figures);
    }

    private async send(files: File[]): Promise<void> {
        for (const [i, file] of files.filter(isPicture).entries()) {
            try {
                const media = await this.help.server.upload(file, file.name, (done) => { this.status.textContent = t(`Mengirim gambar ${i + 1} dari ${files.length}: ${Math.round(done * 100)} %`, `Sending picture ${i + 1} of ${files.length}: ${Math.round(done * 100)} %`); });
                this.put([...this.figures, { id: fresh(), type: 'figure', media, alt: '' }]);
                this.status.textContent = '';
            } catch (e) {
                this.status.textContent = e instanceof Error ? e.message : String(e);
            }
        }
    }

    private async choose(): Promise<void> {
        const chosen = await this.help.choose();
        if (chosen) this.put([...this.figures, { id: fresh(), type: 'figure', media: chosen.id, alt: chosen.alt, ...(chosen.caption ? { caption: chosen.caption } : {}), ...(chosen.credit ? { credit: chosen.credit } : {}) }]);
    }
}

class TableView extends Card {
    dom: HTMLElement;
    contentDOM = h('tbody');
    private readonly caption = this.field('caption', t('Judul tabel', 'Caption of the table'));

    constructor(node: Node, view: EditorView, at: At) {
        super(node, view, at);
        const button = (text: string, command: Command) => h('button', { type: 'button', onclick: () => this.run(command) }, text);
        this.dom = h('div', { class: 'table' }, h('div', { class: 'fields', contentEditable: 'false' }, this.caption), h('div', { class: 'scroll' }, h('table', {}, this.contentDOM)), h('div', { class: 'row', contentEditable: 'false' },
            button(t('+ Baris', '+ Row'), addRowAfter), button(t('+ Kolom', '+ Column'), addColumnAfter), button(t('− Baris', '− Row'), deleteRow), button(t('− Kolom', '− Column'), deleteColumn),
            button(t('Baris kepala', 'Header row'), toggleHeaderRow), h('button', { type: 'button', class: 'remove', onclick: () => this.remove() }, t('Buang tabel', 'Remove the table'))));
        this.show();
    }

    override ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
        return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
    }

    protected show(): void {
        this.fill(this.caption, this.node.attrs.caption);
    }

    /** Where the cursor stands in the table; else at its end. */
    private run(command: Command): void {
        const at = this.at();
        if (at === undefined) return;
        const { from } = this.view.state.selection;
        if (from <= at || from >= at + this.node.nodeSize) this.view.dispatch(this.view.state.tr.setSelection(TextSelection.near(this.view.state.doc.resolve(at + this.node.nodeSize - 2), -1)));
        command(this.view.state, this.view.dispatch);
        this.view.focus();
    }
}

let pickers = 0;

class ReadAlsoView extends Card {
    dom: HTMLElement;
    private readonly label = h('span', { class: 'chosen' });
    private readonly search = h('input', { type: 'search', role: 'combobox', 'aria-label': t('Cari naskah untuk Baca Juga', 'Find a story to read also'), placeholder: t('Cari naskah, atau pilih saran', 'Find a story, or take a suggestion'), 'aria-expanded': 'false', autocomplete: 'off' });
    private readonly list = h('ul', { class: 'menu', role: 'listbox', tabindex: '-1', hidden: true, onmousedown: (event: Event) => event.preventDefault() });
    private readonly name = `read-also-${++pickers}`;
    private shown: Found[] = [];
    private index = 0;
    private asked = 0;

    constructor(node: Node, view: EditorView, at: At, private readonly server: Server) {
        super(node, view, at);
        this.list.id = this.name;
        this.list.setAttribute('aria-label', t('Naskah', 'Stories'));
        this.search.setAttribute('aria-controls', this.name);
        this.search.setAttribute('aria-autocomplete', 'list');
        this.dom = h('div', { class: 'read-also', contentEditable: 'false' }, h('b', {}, t('Baca Juga: ', 'Read also: ')), this.label, this.search, this.list, h('button', { type: 'button', class: 'remove', onclick: () => this.remove() }, t('Buang', 'Remove')));
        this.search.addEventListener('input', () => void this.look());
        this.search.addEventListener('focus', () => void this.look());
        this.search.addEventListener('blur', () => setTimeout(() => this.close(), 150));
        this.search.addEventListener('keydown', (event) => this.key(event));
        this.show();
        if (!node.attrs.article && !node.attrs.wanted) setTimeout(() => this.search.focus());
    }

    protected show(): void {
        const { article, headline, wanted, wantedUri } = this.node.attrs;
        this.search.hidden = Boolean(article);
        this.label.textContent = article ? headline || `#${article}` : wanted || wantedUri || '';
        if (article && !headline) void this.server.story(article).then((found) => found && this.set('headline', found.headline, true));
    }

    private async look(): Promise<void> {
        const mine = ++this.asked;
        const found = this.search.value.trim() ? await this.server.search(this.search.value) : await this.server.suggestions();
        if (mine !== this.asked) return;
        [this.shown, this.index] = [found, 0];
        this.draw();
    }

    private draw(): void {
        this.list.replaceChildren(...this.shown.map((found, i) => h('li', { role: 'option', id: `${this.name}-${i}`, 'aria-selected': i === this.index ? 'true' : 'false', onmousedown: (event: Event) => { event.preventDefault(); this.take(found); } }, h('b', {}, found.headline), h('small', {}, [found.when, found.why].filter(Boolean).join(' · ')))));
        if (this.shown.length === 0) this.list.replaceChildren(h('li', { class: 'empty', role: 'option', 'aria-disabled': 'true' }, t('Tidak ada yang cocok.', 'Nothing fits.')));
        this.list.hidden = false;
        this.search.setAttribute('aria-expanded', 'true');
        if (this.shown.length > 0) this.search.setAttribute('aria-activedescendant', `${this.name}-${this.index}`);
        this.list.children[this.index]?.scrollIntoView({ block: 'nearest' });
    }

    private close(): void {
        this.list.hidden = true;
        this.search.setAttribute('aria-expanded', 'false');
        this.search.removeAttribute('aria-activedescendant');
    }

    private key(event: KeyboardEvent): void {
        if (event.isComposing) return;
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            this.index = (this.index + (event.key === 'ArrowDown' ? 1 : -1) + this.shown.length) % Math.max(1, this.shown.length);
            this.draw();
        } else if (event.key === 'Enter') {
            event.preventDefault();
            if (this.shown[this.index]) this.take(this.shown[this.index]!);
        } else if (event.key === 'Escape' || (event.key === 'Backspace' && this.search.value === '')) {
            event.preventDefault();
            this.remove();
        }
    }

    private take(found: Found): void {
        const at = this.at();
        if (at === undefined) return;
        this.close();
        this.view.dispatch(this.view.state.tr.setNodeMarkup(at, undefined, { ...this.node.attrs, article: found.id, headline: found.headline, wanted: null, wantedUri: null }));
        this.view.focus();
    }
}

class EmbedView extends Card {
    dom: HTMLElement;

    constructor(node: Node, view: EditorView, at: At) {
        super(node, view, at);
        this.dom = h('div', { class: 'embed', contentEditable: 'false' });
        this.show();
    }

    protected show(): void {
        this.dom.replaceChildren(h('b', {}, PROVIDERS[this.node.attrs.provider] ?? this.node.attrs.provider), h('span', {}, this.node.attrs.url), h('button', { type: 'button', class: 'remove', onclick: () => this.remove() }, t('Buang', 'Remove')));
    }
}

export function views(help: Help): Record<string, NodeViewConstructor> {
    return {
        quote: (node, view, at) => new QuoteView(node, view, at),
        fact_box: (node, view, at) => new FactBoxView(node, view, at),
        figure: (node, view, at) => new FigureView(node, view, at, help),
        read_also: (node, view, at) => new ReadAlsoView(node, view, at, help.server),
        gallery: (node, view, at) => new GalleryView(node, view, at, help),
        table: (node, view, at) => new TableView(node, view, at),
        embed: (node, view, at) => new EmbedView(node, view, at),
        page_break: () => ({ dom: h('div', { class: 'page-break', contentEditable: 'false' }, t('Halaman berikutnya', 'Next page')) }),
    };
}
