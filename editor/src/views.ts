import type { Node } from 'prosemirror-model';
import { NodeSelection } from 'prosemirror-state';
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view';
import { h } from './dom.ts';
import type { Server, Found } from './server.ts';
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

    protected set(name: string, value: unknown): void {
        const at = this.at();
        if (at !== undefined && this.node.attrs[name] !== value) this.view.dispatch(this.view.state.tr.setNodeAttribute(at, name, value));
    }

    protected remove(): void {
        const at = this.at();
        if (at === undefined) return;
        this.view.dispatch(this.view.state.tr.delete(at, at + this.node.nodeSize));
        this.view.focus();
    }

    protected field(name: string, label: string, more: Record<string, unknown> = {}): HTMLInputElement {
        return h('input', { 'data-name': name, 'aria-label': label, placeholder: label, ...more, value: undefined, oninput: (event: Event) => this.set(name, (event.target as HTMLInputElement).value), onkeydown: (event: Event) => this.leave(event as KeyboardEvent) });
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

class FigureView extends Card {
    dom: HTMLElement;
    private readonly picture = h('img', { alt: '' });
    private readonly progress = h('progress', { max: '1', hidden: true });
    private readonly alt = this.field('alt', t('Teks alternatif: apa yang terlihat', 'Alternative text: what is to be seen'));
    private readonly caption = this.field('caption', t('Keterangan gambar', 'Caption'));
    private readonly credit = this.field('credit', t('Kredit', 'Credit'));
    private readonly warning = h('small', { class: 'warning', hidden: true }, t('Tanpa teks alternatif, pembaca tunanetra tidak tahu isi gambar ini.', 'Without alternative text, blind readers don’t know what this picture shows.'));

    constructor(node: Node, view: EditorView, at: At, private readonly server: Server) {
        super(node, view, at);
        this.dom = h('figure', { contentEditable: 'false' }, this.picture, this.progress, h('div', { class: 'fields' }, this.alt, this.warning, this.caption, this.credit,
            h('button', { type: 'button', class: 'remove', onclick: () => this.remove() }, t('Buang', 'Remove'))));
        this.show();
    }

    protected show(): void {
        const { media, image, upload, alt, caption, credit } = this.node.attrs;
        const src = upload?.preview ?? (media ? this.server.pictureAddress(media) : image?.src ?? '');
        if (this.picture.getAttribute('src') !== src) this.picture.setAttribute('src', src);
        this.progress.hidden = !upload || upload.failed;
        if (upload) this.progress.value = upload.done;
        this.dom.classList.toggle('failed', Boolean(upload?.failed));
        this.fill(this.alt, alt);
        this.fill(this.caption, typeof caption === 'string' ? caption : (caption ?? []).map((span: { text: string }) => span.text).join(''));
        this.fill(this.credit, credit ?? '');
        this.warning.hidden = alt.trim().length > 0;
    }
}

class ReadAlsoView extends Card {
    dom: HTMLElement;
    private readonly label = h('span', { class: 'chosen' });
    private readonly search = h('input', { type: 'search', role: 'combobox', 'aria-label': t('Cari naskah untuk Baca Juga', 'Find a story to read also'), placeholder: t('Cari naskah, atau pilih saran', 'Find a story, or take a suggestion'), 'aria-expanded': 'false', autocomplete: 'off' });
    private readonly list = h('ul', { class: 'menu', role: 'listbox', hidden: true });
    private shown: Found[] = [];
    private index = 0;
    private asked = 0;

    constructor(node: Node, view: EditorView, at: At, private readonly server: Server) {
        super(node, view, at);
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
        if (article && !headline) void this.server.story(article).then((found) => found && this.set('headline', found.headline));
    }

    private async look(): Promise<void> {
        const mine = ++this.asked;
        const found = this.search.value.trim() ? await this.server.search(this.search.value) : await this.server.suggestions();
        if (mine !== this.asked) return;
        [this.shown, this.index] = [found, 0];
        this.draw();
    }

    private draw(): void {
        this.list.replaceChildren(...this.shown.map((found, i) => h('li', { role: 'option', 'aria-selected': i === this.index ? 'true' : 'false', onmousedown: (event: Event) => { event.preventDefault(); this.take(found); } }, h('b', {}, found.headline), h('small', {}, [found.when, found.why].filter(Boolean).join(' · ')))));
        if (this.shown.length === 0) this.list.replaceChildren(h('li', { class: 'empty' }, t('Tidak ada yang cocok.', 'Nothing fits.')));
        this.list.hidden = false;
        this.search.setAttribute('aria-expanded', 'true');
    }

    private close(): void {
        this.list.hidden = true;
        this.search.setAttribute('aria-expanded', 'false');
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
        this.dom.replaceChildren(h('b', {}, this.node.attrs.provider), h('span', {}, this.node.attrs.url), h('button', { type: 'button', class: 'remove', onclick: () => this.remove() }, t('Buang', 'Remove')));
    }
}

export function views(server: Server): Record<string, NodeViewConstructor> {
    return {
        quote: (node, view, at) => new QuoteView(node, view, at),
        fact_box: (node, view, at) => new FactBoxView(node, view, at),
        figure: (node, view, at) => new FigureView(node, view, at, server),
        read_also: (node, view, at) => new ReadAlsoView(node, view, at, server),
        embed: (node, view, at) => new EmbedView(node, view, at),
        page_break: () => ({ dom: h('div', { class: 'page-break', contentEditable: 'false' }, t('Halaman berikutnya', 'Next page')) }),
    };
}
