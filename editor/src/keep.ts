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
export class Keep {
    private readonly database: Promise<IDBDatabase | null>;

    constructor() {
        this.database = new Promise((done) => {
            try {
                const open = indexedDB.open('warta-newsroom', 1);
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
    async put(kept: Kept): Promise<boolean> {
        return (await this.run('readwrite', (store) => store.put(kept))) !== undefined;
    }

    async of(story: string, me: string): Promise<Kept[]> {
        const found = ((await this.run('readonly', (store) => store.index('story').getAll(story))) as Kept[] | undefined) ?? [];
        return found.filter((kept) => kept.me === me).sort((a, b) => b.at - a.at);
    }

    async get(key: string): Promise<Kept | undefined> {
        return (await this.run('readonly', (store) => store.get(key))) as Kept | undefined;
    }

    async forget(key: string): Promise<void> {
        await this.run('readwrite', (store) => store.delete(key));
    }

    /** What was sent long ago is only room taken. */
    async tidy(): Promise<void> {
        const all = ((await this.run('readonly', (store) => store.getAll())) as Kept[] | undefined) ?? [];
        for (const kept of all) if (kept.isSent && Date.now() - kept.at > OLD) await this.forget(kept.key);
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
