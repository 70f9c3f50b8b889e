import { Fragment, type Mark, type Node } from 'prosemirror-model';
import type { Block, Body, Figure, Inline, List, Paragraph, Span } from './blocks.ts';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

/** What is kept, as the editor has it. An empty body is one empty paragraph. */
export function toDoc(body: Body): Node {
    const blocks = body.blocks.map(toNode);
    return nodes.doc!.create(null, blocks.length > 0 ? blocks : nodes.paragraph!.create());
}

/** What is in the editor, as it is kept. Empty paragraphs stay out: they are only room to write in. */
export function toBody(doc: Node): Body {
    const blocks: Block[] = [];
    doc.forEach((node) => {
        const block = toBlock(node);
        if (block) blocks.push(block);
    });
    return { version: 1, blocks };
}

function toNode(block: Block): Node {
    const id = block.id ?? null;
    switch (block.type) {
        case 'paragraph': return nodes.paragraph!.create({ id }, inline(block.text));
        case 'heading': return nodes.heading!.create({ id, level: block.level }, inline(block.text));
        case 'list': return nodes[block.ordered ? 'ordered_list' : 'bullet_list']!.create({ id }, block.items.map((item) => nodes.list_item!.create(null, inline(item))));
        case 'quote': return nodes.quote!.create({ id, speaker: block.speaker ?? '', role: block.role ?? '' }, block.text.map((text) => nodes.quote_text!.create(null, inline(text))));
        case 'figure': return nodes.figure!.create({ ...figureAttrs(block), id });
        case 'gallery': return nodes.gallery!.create({ id, figures: block.figures });
        case 'read-also': return nodes.read_also!.create({ id, article: block.article ?? null, wanted: block.wanted ?? null, wantedUri: block.wantedUri ?? null });
        case 'embed': return nodes.embed!.create({ id, provider: block.provider, url: block.url });
        case 'table': {
            const row = (cells: Inline[], type: string) => nodes.table_row!.create(null, cells.map((cell) => nodes[type]!.create(null, inline(cell))));
            return nodes.table!.create({ id, caption: block.caption ?? '' }, [...(block.header ?? []).map((cells) => row(cells, 'table_header')), ...block.rows.map((cells) => row(cells, 'table_cell'))]);
        }
        case 'fact-box': return nodes.fact_box!.create({ id, heading: block.heading ?? '' }, block.blocks.length > 0 ? block.blocks.map(toNode) : nodes.paragraph!.create());
        case 'page-break': return nodes.page_break!.create({ id });
        case 'divider': return nodes.divider!.create({ id });
    }
}

function toBlock(node: Node): Block | null {
    const id: { id?: string } = node.attrs.id ? { id: node.attrs.id } : {};
    const attrs = node.attrs;
    switch (node.type.name) {
        case 'paragraph': return isEmpty(node) ? null : { ...id, type: 'paragraph', text: text(node) };
        case 'heading': return isEmpty(node) ? null : { ...id, type: 'heading', level: attrs.level, text: text(node) };
        case 'bullet_list':
        case 'ordered_list': {
            const items = children(node).filter((item) => !isEmpty(item)).map(text);
            return items.length === 0 ? null : { ...id, type: 'list', ordered: node.type.name === 'ordered_list', items };
        }
        case 'quote': {
            const parts = children(node).filter((part) => !isEmpty(part)).map(text);
            return parts.length === 0 ? null : { ...id, type: 'quote', text: parts, ...given('speaker', attrs.speaker), ...given('role', attrs.role) };
        }
        // While it is on its way up there is nothing to keep yet.
        case 'figure': return attrs.media || attrs.image ? { ...id, ...figureOf(attrs as Figure) } : null;
        case 'gallery': return attrs.figures.length === 0 ? null : { ...id, type: 'gallery', figures: attrs.figures };
        case 'read_also': return attrs.article ? { ...id, type: 'read-also', article: attrs.article } : attrs.wanted || attrs.wantedUri ? { ...id, type: 'read-also', ...given('wanted', attrs.wanted), ...given('wantedUri', attrs.wantedUri) } : null;
        case 'embed': return { ...id, type: 'embed', provider: attrs.provider, url: attrs.url };
        case 'table': {
            const rows = children(node).map((row) => ({ isHeader: row.childCount > 0 && children(row).every((cell) => cell.type.name === 'table_header'), cells: children(row).map(text) }));
            const end = rows.findIndex((row) => !row.isHeader);
            const header = rows.slice(0, end < 0 ? 0 : end).map((row) => row.cells);
            return { ...id, type: 'table', ...given('caption', attrs.caption), ...(header.length > 0 ? { header } : {}), rows: rows.slice(header.length).map((row) => row.cells) };
        }
        case 'fact_box': {
            const blocks = children(node).map(toBlock).filter((part): part is Paragraph | List => part !== null);
            return blocks.length === 0 && !attrs.heading ? null : { ...id, type: 'fact-box', ...given('heading', attrs.heading), blocks };
        }
        case 'page_break': return { ...id, type: 'page-break' };
        case 'divider': return { ...id, type: 'divider' };
        default: throw new Error(`There is no block for ${node.type.name}.`);
    }
}

const children = (node: Node): Node[] => Array.from({ length: node.childCount }, (_, i) => node.child(i));
const isEmpty = (node: Node): boolean => node.textContent.trim().length === 0;
const given = (name: string, value: string | null | undefined) => (value ? { [name]: value } : {});

function figureAttrs(figure: Figure) {
    return { media: figure.media ?? null, image: figure.image ?? null, alt: figure.alt ?? '', caption: figure.caption ?? null, credit: figure.credit ?? null };
}

function figureOf(attrs: Figure): Figure {
    return {
        type: 'figure',
        ...(attrs.media ? { media: attrs.media } : {}),
        ...(attrs.image ? { image: attrs.image } : {}),
        alt: attrs.alt ?? '',
        ...(attrs.caption ? { caption: attrs.caption } : {}),
        ...(attrs.credit ? { credit: attrs.credit } : {}),
    };
}

function inline(content: Inline): Fragment {
    const spans: Span[] = typeof content === 'string' ? [{ text: content }] : content;
    return Fragment.from(spans.filter((span) => span.text.length > 0).map((span) => schema.text(span.text, marksOf(span))));
}

function marksOf(span: Span): Mark[] {
    const list: Mark[] = [];
    if (span.href) list.push(marks.link!.create({ href: span.href }));
    if (span.italic) list.push(marks.italic!.create());
    if (span.bold) list.push(marks.bold!.create());
    if (span.superscript) list.push(marks.superscript!.create());
    return list;
}

/** A plain string where nothing is marked, as a person would write it. */
function text(node: Node): Inline {
    const spans: Span[] = [];
    node.forEach((child) => {
        const span: Span = { text: child.text ?? '' };
        for (const mark of child.marks) {
            if (mark.type === marks.link) span.href = mark.attrs.href;
            else span[mark.type.name as 'bold' | 'italic' | 'superscript'] = true;
        }
        spans.push(span);
    });
    return spans.every((span) => Object.keys(span).length === 1) ? spans.map((span) => span.text).join('') : spans;
}
