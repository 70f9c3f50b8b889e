import type { Inline } from './blocks.ts';
import { Keep } from './keep.ts';
import { gone, tab } from './tabs.ts';

/** What is written for a picture, and where it stands. */
export interface Described { block: string; after: string | null; alt: string; caption: Inline | null; credit: string | null }

interface Kept extends Described { key: string; story: string; me: string; tab: string; at: number }

interface KeptFile { key: string; story: string; me: string; at: number; file: File }

/** A picture that another load of this page had, and that didn't reach the server. */
export interface Left extends Described { key: string; file: File }

/** The block of the story's lead picture, which stands in none. */
export const LEAD = '';

/** Pictures on their way up, with what is written for them: kept by the browser, so that neither a crash nor a dead network takes them. The words are kept apart from the file, which is long. */
export class Waiting {
    private readonly files = new Keep<KeptFile>('warta-picture-files');
    private readonly words = new Keep<Kept>('warta-pictures');

    constructor(private readonly story: string, private readonly me: string) {}

    async add(file: File, what: Described): Promise<string> {
        const key = `${this.story}/${tab}/${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
        // The file first: words without it are of no use.
        await this.files.put({ key, story: this.story, me: this.me, at: Date.now(), file });
        await this.describe(key, what);
        return key;
    }

    async describe(key: string, what: Described): Promise<void> {
        await this.words.put({ ...what, key, story: this.story, me: this.me, tab, at: Date.now() });
    }

    /** Keeps the file, of which nobody is told. */
    async unmention(key: string): Promise<void> {
        await this.words.forget(key);
    }

    async forget(key: string): Promise<void> {
        await this.words.forget(key);
        await this.files.forget(key);
    }

    /** Tells of what ended tabs left, as soon as they have ended. */
    async left(tell: (left: Left[]) => void): Promise<void> {
        const others = (await this.words.of(this.story, this.me)).filter((kept) => kept.tab !== tab);
        for (const from of new Set(others.map((one) => one.tab))) {
            const kept = others.filter((one) => one.tab === from);
            const ended = gone(from);
            if (ended) void ended.then(() => this.read(kept)).then(tell);
            else if (kept.every((one) => Date.now() - one.at > 30_000)) void this.read(kept).then(tell);
        }
    }

    /** What was discarded long ago is only room taken. */
    async tidy(): Promise<void> {
        await this.words.tidy(() => true);
        await this.files.tidy(() => true);
    }

    /** As they are now: the other tab may have sent them meanwhile. */
    private async read(kept: Kept[]): Promise<Left[]> {
        const left: Left[] = [];
        for (const { key } of kept) {
            const [words, file] = [await this.words.get(key), await this.files.get(key)];
            if (words && file) left.push({ ...words, file: file.file });
        }

        return left;
    }
}
