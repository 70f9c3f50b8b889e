import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { debounce } from './dom.ts';
import { schema } from './schema.ts';
import { Refusal, type Server } from './server.ts';
import type { Described, Left, Waiting } from './waiting.ts';
import { t } from './words.ts';

export const ACCEPT = 'image/jpeg,image/png,image/webp,image/gif,image/avif';
export const isPicture = (file: File): boolean => ACCEPT.split(',').includes(file.type);

/** A picture on its way up, as its figure knows it. */
export interface Upload { key: string; preview: string; done: number; error: string }

/** Sends pictures, and puts each into the text at once: it can be described and moved while it travels. */
export class Uploads {
    private readonly files = new Map<string, File>();

    /** By which the browser's store knows them. */
    private readonly kept = new Map<string, Promise<string>>();

    /** Which picture of the library each has become: its figure may come back by an undo. */
    private readonly arrived = new Map<string, number>();
    private next = 0;
    view: EditorView | null = null;

    /** @param saved Writes to the browser's store what stands in the editor. */
    constructor(private readonly server: Server, private readonly waiting: Waiting, private readonly saved: () => Promise<void>, private readonly say: (text: string) => void) {
        addEventListener('pagehide', () => this.changed.now());
    }

    /** Words may have been written for those on their way. */
    readonly changed = debounce(() => {
        for (const key of this.kept.keys()) void this.describe(key);
        for (const key of this.arrived.keys()) this.settle(key);
    }, 250);

    /** How many haven't arrived. */
    get count(): number {
        return this.files.size;
    }

    /** Puts pictures into the text, at a place or after the block that is written in. */
    add(files: File[], at: number | null): boolean {
        const pictures = files.filter(isPicture);
        if (pictures.length < files.length) this.say(t('Hanya JPEG, PNG, WebP, GIF dan AVIF yang bisa dipasang.', 'Only JPEG, PNG, WebP, GIF and AVIF can be put in.'));
        if (pictures.length === 0 || !this.view) return false;
        const { state } = this.view;
        const $at = state.doc.resolve(at ?? state.selection.to);
        const room = $at.depth > 0 && $at.node(1).type === schema.nodes.paragraph && $at.node(1).content.size === 0 ? $at.before(1) : null;
        const place = room ?? ($at.depth > 0 ? $at.after(1) : $at.pos);
        const figures = pictures.map((file) => this.figure(file, {}));
        const change = room === null ? state.tr.insert(place, figures) : state.tr.replaceWith(room, room + 2, figures);
        const end = place + figures.reduce((size, figure) => size + figure.nodeSize, 0);
        if (end >= change.doc.content.size) change.insert(end, schema.nodes.paragraph!.create());
        this.view.dispatch(change.scrollIntoView());
        for (const figure of figures) this.begin(figure.attrs.upload.key);
        return true;
    }

    /** Puts one that another load of the page had where it stood, and sends it. */
    async restore(left: Left): Promise<void> {
        const view = this.view!;
        const figure = this.figure(left.file, { id: left.block, alt: left.alt, caption: left.caption, credit: left.credit });
        let at = view.state.doc.content.size;
        view.state.doc.forEach((node, from) => { if (left.after !== null && node.attrs.id === left.after) at = from + node.nodeSize; });
        view.dispatch(view.state.tr.insert(left.after === null ? 0 : at, figure).setMeta('addToHistory', false).scrollIntoView());
        this.begin(figure.attrs.upload.key);
        await this.kept.get(figure.attrs.upload.key);
    }

    retry(key: string): void {
        void this.run(key);
    }

    async run(key: string): Promise<void> {
        const file = this.files.get(key);
        if (!file) return;
        this.set(key, { done: 0, error: '' });
        try {
            const media = await this.server.upload(file, file.name, (done) => this.set(key, { done }));
            this.files.delete(key);
            this.arrived.set(key, media);
            this.settle(key);
            await this.forget(key);
        } catch (e) {
            this.set(key, { error: e instanceof Refusal ? e.message : t('Tidak terkirim.', 'Not sent.') });
        }
    }

    private settle(key: string): void {
        const found = this.find(key);
        if (found) this.view!.dispatch(this.view!.state.tr.setNodeMarkup(found.at, undefined, { ...found.node.attrs, media: this.arrived.get(key), upload: null }).setMeta('addToHistory', false));
    }

    private figure(file: File, attrs: Record<string, unknown>): Node {
        const key = `u${++this.next}`;
        this.files.set(key, file);
        return schema.nodes.figure!.create({ ...attrs, upload: { key, preview: URL.createObjectURL(file), done: 0, error: '' } satisfies Upload });
    }

    private begin(key: string): void {
        this.kept.set(key, this.waiting.add(this.files.get(key)!, this.described(key)!));
        void this.run(key);
    }

    /** One that was taken out of the text isn't kept; it is again when that is undone. */
    private async describe(key: string): Promise<void> {
        const what = this.described(key);
        const kept = await this.kept.get(key);
        if (!kept || !this.kept.has(key)) return;
        if (what) await this.waiting.describe(kept, what);
        else await this.waiting.unmention(kept);
    }

    private described(key: string): Described | null {
        const found = this.find(key);
        if (!found) return null;
        const { id, alt, caption, credit } = found.node.attrs;
        return { block: id, after: found.after, alt, caption, credit };
    }

    private async forget(key: string): Promise<void> {
        const kept = this.kept.get(key);
        this.kept.delete(key);
        // Not before its block is kept.
        await this.saved();
        if (kept) await this.waiting.forget(await kept);
    }

    private set(key: string, what: Partial<Upload>): void {
        const found = this.find(key);
        if (found) this.view!.dispatch(this.view!.state.tr.setNodeAttribute(found.at, 'upload', { ...found.node.attrs.upload, ...what }).setMeta('addToHistory', false).setMeta('progress', true));
    }

    /** Its block, and the id of the one before. */
    private find(key: string): { node: Node; at: number; after: string | null } | null {
        let found: { node: Node; at: number; after: string | null } | null = null;
        let after: string | null = null;
        this.view?.state.doc.forEach((node, at) => {
            if (node.attrs.upload?.key === key) found = { node, at, after };
            after = node.attrs.id;
        });
        return found;
    }
}

/** A button that opens the file window, or on a phone the camera. */
export function pick(onFiles: (files: File[]) => void, options: { camera?: boolean; multiple?: boolean } = {}): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = options.camera ? 'image/*' : ACCEPT;
    if (options.camera) input.setAttribute('capture', 'environment');
    input.multiple = options.multiple ?? false;
    input.addEventListener('change', () => onFiles([...(input.files ?? [])]));
    input.click();
}
