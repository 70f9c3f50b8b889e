import { h } from './dom.ts';
import { t } from './words.ts';

export interface Seen { headline: string; searchTitle: string; standfirst: string; text: string; picture: string; direction: string }

/** How a search engine and a shared link will show the story, more or less. */
export class Previews {
    private readonly search = { title: h('b'), text: h('span') };
    private readonly card = { picture: h('img', { alt: '' }), title: h('b'), text: h('span') };
    readonly element: HTMLElement;

    constructor(name: string, host: string) {
        const site = () => h('small', { dir: 'ltr' }, `${name} · ${host}`);
        this.element = h('div', { class: 'previews' },
            h('figure', { class: 'as-search' }, h('figcaption', {}, t('Di hasil pencarian', 'As a search result')), h('div', {}, site(), this.search.title, this.search.text)),
            h('figure', { class: 'as-card' }, h('figcaption', {}, t('Saat dibagikan', 'When shared')), h('div', {}, this.card.picture, h('div', {}, site(), this.card.title, this.card.text))));
    }

    show(seen: Seen): void {
        const text = seen.standfirst || seen.text;
        const title = seen.headline || t('Tanpa judul', 'Untitled');
        this.search.title.textContent = cut(seen.searchTitle || title, 60);
        this.search.text.textContent = cut(text, 155);
        this.card.title.textContent = cut(seen.searchTitle || title, 90);
        this.card.text.textContent = cut(text, 110);
        this.card.picture.hidden = !seen.picture;
        if (seen.picture && this.card.picture.getAttribute('src') !== seen.picture) this.card.picture.src = seen.picture;
        for (const element of [this.search.title, this.search.text, this.card.title, this.card.text]) element.dir = seen.direction;
    }
}

/** At a word's end, as those do who cut it. */
function cut(text: string, most: number): string {
    return text.length <= most ? text : `${text.slice(0, most).replace(/\s+\S*$/, '')} …`;
}
