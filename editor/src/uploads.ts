import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { schema } from './schema.ts';
import { Refusal, type Server } from './server.ts';
import { t } from './words.ts';

export const ACCEPT = 'image/jpeg,image/png,image/webp,image/gif,image/avif';
export const isPicture = (file: File): boolean => ACCEPT.split(',').includes(file.type);

/** A picture on its way up, as its figure knows it. */
export interface Upload { key: string; preview: string; done: number; error: string }

/** Sends pictures, and puts each into the text at once: it can be described and moved while it travels. */
export class Uploads {
    private readonly files = new Map<string, File>();
    private next = 0;
    view: EditorView | null = null;

    constructor(private readonly server: Server, private readonly say: (text: string) => void) {}

    /** How many haven't arrived. */
    get waiting(): number {
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
        const keys: string[] = [];
        const figures = pictures.map((file) => {
            const key = `u${++this.next}`;
            keys.push(key);
            this.files.set(key, file);
            return schema.nodes.figure!.create({ upload: { key, preview: URL.createObjectURL(file), done: 0, error: '' } satisfies Upload });
        });
        const change = room === null ? state.tr.insert(place, figures) : state.tr.replaceWith(room, room + 2, figures);
        const end = place + figures.reduce((size, figure) => size + figure.nodeSize, 0);
        if (end >= change.doc.content.size) change.insert(end, schema.nodes.paragraph!.create());
        this.view.dispatch(change.scrollIntoView());
        for (const key of keys) void this.run(key);
        return true;
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
            const found = this.find(key);
            this.files.delete(key);
            if (found) this.view!.dispatch(this.view!.state.tr.setNodeMarkup(found.at, undefined, { ...found.node.attrs, media, upload: null }).setMeta('addToHistory', false));
        } catch (e) {
            this.set(key, { error: e instanceof Refusal ? e.message : t('Tidak terkirim.', 'Not sent.') });
        }
    }

    private set(key: string, what: Partial<Upload>): void {
        const found = this.find(key);
        if (found) this.view!.dispatch(this.view!.state.tr.setNodeAttribute(found.at, 'upload', { ...found.node.attrs.upload, ...what }).setMeta('addToHistory', false).setMeta('progress', true));
    }

    private find(key: string): { node: Node; at: number } | null {
        let found: { node: Node; at: number } | null = null;
        this.view?.state.doc.forEach((node, at) => { if (node.attrs.upload?.key === key) found = { node, at }; });
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
