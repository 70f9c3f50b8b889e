import type { Draft } from './server.ts';

/** What the browser itself keeps of a story, one record for each tab, so that neither a crash nor a dead network loses a word. */
export interface Kept {
    key: string;
    story: string;
    tab: string;
    me: string;
    draft: Draft;
    /** What the server had when it was at this version: what the draft began with. */
    base: Draft;
    version: number;
    /** On their way, or sent without an answer. */
    sent: Draft[];
    at: number;
    isSent: boolean;
}

const STORE = 'drafts', OLD = 60 * 24 * 3600_000;

/** IndexedDB, for drafts may be long. Where it isn't to be had (private windows), memory stands in, and the editor says so. */
export class Keep<T extends { key: string; story: string; me: string; at: number }> {
    private readonly database: Promise<IDBDatabase | null>;

    constructor(name: string) {
        this.database = new Promise((done) => {
            try {
                const open = indexedDB.open(name, 1);
                open.onupgradeneeded = () => open.result.createObjectStore(STORE, { keyPath: 'key' }).createIndex('story', 'story');
                open.onsuccess = () => done(open.result);
                open.onerror = open.onblocked = () => done(null);
            } catch {
                done(null);
            }
        });
    }

    async isSafe(): Promise<boolean> {
        return (await this.database) !== null;
    }

    /** @returns Whether it is on the disk. */
    async put(kept: T): Promise<boolean> {
        return (await this.run('readwrite', (store) => store.put(kept))) !== undefined;
    }

    async of(story: string, me: string): Promise<T[]> {
        const found = ((await this.run('readonly', (store) => store.index('story').getAll(story))) as T[] | undefined) ?? [];
        return found.filter((kept) => kept.me === me).sort((a, b) => b.at - a.at);
    }

    async get(key: string): Promise<T | undefined> {
        return (await this.run('readonly', (store) => store.get(key))) as T | undefined;
    }

    async forget(key: string): Promise<void> {
        await this.run('readwrite', (store) => store.delete(key));
    }

    /** Forgets what is old and only takes room. */
    async tidy(isDone: (kept: T) => boolean): Promise<void> {
        const all = ((await this.run('readonly', (store) => store.getAll())) as T[] | undefined) ?? [];
        for (const kept of all) if (isDone(kept) && Date.now() - kept.at > OLD) await this.forget(kept.key);
    }

    private async run(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
        const database = await this.database;
        if (!database) return undefined;
        return new Promise((done) => {
            try {
                const transaction = database.transaction(STORE, mode, { durability: 'strict' });
                const request = work(transaction.objectStore(STORE));
                // At once: a page that is going lives no longer than this, and what it hasn't committed is undone.
                transaction.commit();
                transaction.oncomplete = () => done(request.result ?? true);
                transaction.onerror = transaction.onabort = () => done(undefined);
            } catch {
                done(undefined);
            }
        });
    }
}
