import { t } from './words.ts';

/**
 * What is pasted from Word, Google Docs, WhatsApp and web pages, made plain before the schema reads it. What has no block is dropped and counted by name, so
 * that the writer can be told.
 */
export interface Dropped { [what: string]: number }

const GONE = new Set(['SCRIPT', 'STYLE', 'META', 'LINK', 'TITLE', 'XML', 'TEMPLATE', 'NOSCRIPT', 'O:P']);
const COUNTED: Record<string, string> = { IFRAME: 'frame', OBJECT: 'object', EMBED: 'object', VIDEO: 'video', AUDIO: 'audio', SVG: 'drawing', CANVAS: 'drawing', FORM: 'form', INPUT: 'form', BUTTON: 'form', SELECT: 'form', TEXTAREA: 'form', MATH: 'formula' };
const BLOCKS = new Set(['P', 'DIV', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'LI', 'TABLE', 'BLOCKQUOTE', 'FIGURE', 'SECTION', 'ARTICLE', 'ASIDE', 'HEADER', 'FOOTER', 'MAIN', 'PRE', 'HR']);

/** Cleans a pasted document in place. */
export function clean(document: Document, dropped: Dropped, pictures: string[] = []): HTMLElement {
    const body = document.body;
    for (const comment of comments(body)) comment.remove();
    wordLists(body);
    for (const element of [...body.querySelectorAll('*')]) {
        const name = element.nodeName.toUpperCase();
        if (!body.contains(element)) continue;
        if (GONE.has(name) || isHidden(element)) element.remove();
        else if (COUNTED[name]) count(dropped, COUNTED[name]!, element);
        else if (name === 'IMG') image(element as HTMLImageElement, dropped, pictures);
        else if (name === 'DIV' || name === 'PRE' || name === 'ADDRESS' || name === 'DT' || name === 'DD') division(element);
        else if (name === 'SPAN' || name === 'FONT') styled(element);
        // Google Docs wraps a whole paste in <b style="font-weight:normal">.
        else if (name === 'B' && /^(normal|[1-5]00)$/.test(styleOf(element, 'font-weight'))) element.replaceWith(...element.childNodes);
    }

    for (const cell of body.querySelectorAll('td, th')) flat(cell);
    for (const paragraph of body.querySelectorAll('li > p')) paragraph.replaceWith(...paragraph.childNodes, ' ');
    // Lists in lists, as some editors nest them.
    for (const list of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) list.replaceWith(...list.childNodes);
    brokenLines(body);
    for (const list of body.querySelectorAll('li ul, li ol')) flatten(list);
    for (const paragraph of [...body.querySelectorAll('p')]) if (!paragraph.textContent?.trim()) paragraph.remove();
    return body;
}

/** Plain text: an empty line or a line's end ends a paragraph; WhatsApp's marks and stamps are read. */
export function paragraphs(text: string): string[] {
    return text
        .replace(/\r\n?/g, '\n')
        .split('\n')
        // "[12/11/26 10.02.31] Siti: …" and "12/11/26 10.02 - Siti: …", as WhatsApp copies messages.
        .map((line) => line.replace(/^[\u200e\u202a]?\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: ?[AP]M)?\]?(?: -)? [^:]{1,60}: /i, '').trim())
        .filter((line) => line.length > 0);
}

/** WhatsApp's *bold* and _italic_. */
export function whatsAppMarks(line: string): { text: string; bold?: boolean; italic?: boolean }[] {
    const parts: { text: string; bold?: boolean; italic?: boolean }[] = [];
    let at = 0;
    for (const match of line.matchAll(/(?<=^|[\s([“"])([*_])([^*_\n]*[^*_\s])\1(?=$|[\s.,;:!?)\]”"])/g)) {
        if (match.index > at) parts.push({ text: line.slice(at, match.index) });
        parts.push({ text: match[2]!, ...(match[1] === '*' ? { bold: true } : { italic: true }) });
        at = match.index + match[0].length;
    }

    if (at < line.length) parts.push({ text: line.slice(at) });
    return parts;
}

function comments(root: Node): Comment[] {
    const walker = root.ownerDocument!.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    const found: Comment[] = [];
    while (walker.nextNode()) found.push(walker.currentNode as Comment);
    return found;
}

function isHidden(element: Element): boolean {
    const style = (element.getAttribute('style') ?? '').replace(/\s/g, '').toLowerCase();
    return style.includes('display:none') || style.includes('mso-hide:all') || element.hasAttribute('hidden');
}

function count(dropped: Dropped, what: string, element: Element): void {
    dropped[what] = (dropped[what] ?? 0) + 1;
    element.remove();
}

/** Word writes a list as paragraphs that say in their style which list they belong to. */
function wordLists(body: HTMLElement): void {
    let list: HTMLElement | null = null;
    let kind = '';
    for (const paragraph of [...body.querySelectorAll('p')]) {
        const style = paragraph.getAttribute('style') ?? '';
        if (!/mso-list:\s*(?!none)/i.test(style) && !/MsoListParagraph/.test(paragraph.className)) {
            list = null;
            continue;
        }

        const mark = [...paragraph.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''));
        const label = mark?.textContent?.trim() ?? '';
        mark?.remove();
        const wanted = /^(\d+|[a-z]|[ivx]+)[.)]/i.test(label) ? 'ol' : 'ul';
        if (!list || kind !== wanted || list.nextElementSibling !== paragraph) {
            [list, kind] = [body.ownerDocument.createElement(wanted), wanted];
            paragraph.before(list);
        }

        const item = body.ownerDocument.createElement('li');
        item.append(...paragraph.childNodes);
        list.append(item);
        paragraph.remove();
    }
}

/** A picture that comes along whole is taken in; one that lies elsewhere isn't fetched, for it isn't ours. */
function image(img: HTMLImageElement, dropped: Dropped, pictures: string[]): void {
    const src = img.getAttribute('src') ?? '';
    // Pixels that count readers.
    if ((img.getAttribute('width') ?? '2') <= '1') return img.remove();
    if (!/^data:image\/(png|jpeg|webp|gif);base64,/i.test(src)) return count(dropped, 'picture', img);
    pictures.push(src);
    img.remove();
}

/** The file of a data: address. */
export function fileOf(address: string, name: string): File {
    const type = /^data:([^;,]+)/.exec(address)![1]!;
    const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (c) => c.charCodeAt(0));
    return new File([bytes], `${name}.${type.split('/')[1]}`, { type });
}

/** A div with blocks in it is only a box; one without is a paragraph. */
function division(element: Element): void {
    if ([...element.children].some((child) => BLOCKS.has(child.nodeName.toUpperCase()))) {
        element.replaceWith(...element.childNodes);
        return;
    }

    const paragraph = element.ownerDocument.createElement('p');
    paragraph.append(...element.childNodes);
    element.replaceWith(paragraph);
}

/** Read from the attribute: in a page with our policy the browser itself takes no notice of it. */
function styleOf(element: Element, name: string): string {
    return new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`, 'i').exec(element.getAttribute('style') ?? '')?.[1]?.trim().toLowerCase() ?? '';
}

function styled(element: Element): void {
    let inside: Node[] = [...element.childNodes];
    const wrap = (tag: string) => {
        const made = element.ownerDocument.createElement(tag);
        made.append(...inside);
        inside = [made];
    };
    if (/^(bold(er)?|[6-9]\d\d)$/.test(styleOf(element, 'font-weight'))) wrap('strong');
    if (styleOf(element, 'font-style') === 'italic') wrap('em');
    if (styleOf(element, 'vertical-align') === 'super') wrap('sup');
    element.replaceWith(...inside);
}

/** A cell holds words and no blocks; what stood on lines of its own stands behind each other. */
function flat(cell: Element): void {
    for (const inner of [...cell.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li, blockquote')]) inner.replaceWith(...inner.childNodes, ' ');
    for (const box of [...cell.querySelectorAll('ul, ol, table, tbody, tr, td, th, figure, section')]) box.replaceWith(...box.childNodes);
    // The last of them left a space.
    const last = cell.lastChild;
    if (last?.nodeType === Node.TEXT_NODE && last.textContent === ' ') last.remove();
}

/** Two line breaks in a paragraph are how some editors write two paragraphs. */
function brokenLines(body: HTMLElement): void {
    for (const br of [...body.querySelectorAll('br')]) {
        const parent = br.parentElement;
        const next = br.nextElementSibling;
        if (parent && parent.nodeName === 'P' && next?.nodeName === 'BR' && br.nextSibling === next) {
            const rest = body.ownerDocument.createElement('p');
            while (next.nextSibling) rest.append(next.nextSibling);
            next.remove();
            br.remove();
            parent.after(rest);
        } else if (br.isConnected) br.replaceWith(' ');
    }
}

function flatten(list: Element): void {
    const item = list.closest('li');
    if (!item) return;
    for (const inner of [...list.children].reverse()) item.after(inner);
    list.remove();
}

/** What didn't come along, in a sentence. */
export function toldDropped(dropped: Dropped): string {
    const names: Record<string, [string, string]> = {
        picture: [t('gambar (unggah berkasnya)', 'picture (upload its file)'), t('gambar (unggah berkasnya)', 'pictures (upload their files)')],
        frame: [t('bingkai', 'frame'), t('bingkai', 'frames')], object: [t('objek', 'object'), t('objek', 'objects')], video: ['video', t('video', 'videos')], audio: ['audio', 'audio'],
        drawing: [t('gambar vektor', 'drawing'), t('gambar vektor', 'drawings')], form: [t('isian formulir', 'form field'), t('isian formulir', 'form fields')], formula: [t('rumus', 'formula'), t('rumus', 'formulas')],
    };
    const list = Object.entries(dropped).map(([what, count]) => `${count} ${names[what]?.[count === 1 ? 0 : 1] ?? what}`);
    return t(`Yang tidak ikut tertempel: ${list.join(', ')}.`, `Left out of what was pasted: ${list.join(', ')}.`);
}
