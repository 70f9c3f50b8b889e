import { Schema, type Attrs, type DOMOutputSpec, type NodeSpec } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';

/** The address of a block, which survives every edit. New blocks are given one by the plugin in ids.ts. */
const id = { id: { default: null } };

const block = (tag: string, more: Partial<NodeSpec> = {}): NodeSpec => ({
    content: 'inline*',
    group: 'block',
    attrs: { ...id, ...more.attrs },
    parseDOM: [{ tag }],
    toDOM: (): DOMOutputSpec => [tag, 0],
    ...(({ attrs: _, ...rest }) => rest)(more),
});

/** One that is edited as a whole, by its own view. */
const atom = (name: string, attrs: Attrs): NodeSpec => ({
    group: 'block',
    atom: true,
    draggable: true,
    attrs: { ...id, ...attrs },
    parseDOM: [{ tag: `div[data-block="${name}"]`, getAttrs: (dom) => JSON.parse((dom as HTMLElement).dataset.attrs ?? '{}') }],
    toDOM: (node): DOMOutputSpec => ['div', { 'data-block': name, 'data-attrs': JSON.stringify(node.attrs) }],
});

const tables = tableNodes({ tableGroup: 'block', cellContent: 'inline*', cellAttributes: {} });

export const schema: Schema = new Schema({
    nodes: {
        doc: { content: 'block+' },
        paragraph: block('p', { group: 'block plain' }),
        heading: block('h2', {
            attrs: { level: { default: 2 } },
            defining: true,
            parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(4, Math.max(2, level)) } })),
            toDOM: (node) => [`h${node.attrs.level}`, 0],
        }),
        bullet_list: block('ul', { content: 'list_item+', group: 'block plain' }),
        ordered_list: block('ol', { content: 'list_item+', group: 'block plain' }),
        list_item: { content: 'inline*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
        quote: block('blockquote', {
            content: 'quote_text+',
            attrs: { speaker: { default: '' }, role: { default: '' } },
            defining: true,
        }),
        quote_text: { content: 'inline*', parseDOM: [{ tag: 'p', context: 'quote/', priority: 60 }], toDOM: () => ['p', 0] },
        figure: atom('figure', { media: { default: null }, image: { default: null }, alt: { default: '' }, caption: { default: null }, credit: { default: null }, upload: { default: null } }),
        gallery: atom('gallery', { figures: { default: [] } }),
        read_also: atom('read-also', { article: { default: null }, wanted: { default: null }, wantedUri: { default: null }, headline: { default: '' } }),
        embed: atom('embed', { provider: {}, url: {} }),
        table: { ...tables.table, attrs: { ...id, caption: { default: '' } } },
        table_row: tables.table_row,
        table_cell: tables.table_cell,
        table_header: tables.table_header,
        fact_box: block('aside', { content: 'plain+', attrs: { heading: { default: '' } }, defining: true, isolating: true }),
        page_break: atom('page-break', {}),
        divider: { ...atom('divider', {}), parseDOM: [{ tag: 'hr' }, { tag: 'div[data-block="divider"]' }], toDOM: () => ['hr'] },
        text: { group: 'inline' },
    },
    marks: {
        link: {
            attrs: { href: {} },
            inclusive: false,
            parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => linkOf((dom as HTMLElement).getAttribute('href')) }],
            toDOM: (mark) => ['a', { href: mark.attrs.href, rel: 'noopener' }, 0],
        },
        italic: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: () => ['em', 0] },
        bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
        superscript: { parseDOM: [{ tag: 'sup' }], toDOM: () => ['sup', 0], excludes: '' },
    },
});

export const { nodes, marks } = schema;

/** A link that Warta prints; false for any other, so that its text stays and the link goes. */
export function linkOf(href: string | null): { href: string } | false {
    if (!href) return false;
    const plain = href.trim();
    if (/^\/(?!\/)/.test(plain)) return { href: plain };
    try {
        const url = new URL(/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(plain) ? `https://${plain}` : plain);
        if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) || url.username || url.password) return false;
        // Google Docs and Gmail lead through themselves.
        if (url.hostname === 'www.google.com' && url.pathname === '/url' && url.searchParams.get('q')) return linkOf(url.searchParams.get('q'));
        return { href: url.href };
    } catch {
        return false;
    }
}
