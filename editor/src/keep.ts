import type { Draft } from './server.ts';

/** What the browser itself keeps of a story, so that neither a crash nor a dead network loses a word. */
export interface Kept { story: string; draft: Draft; version: number; at: number; isSent: boolean }

const STORE = 'drafts';

/** IndexedDB, for drafts may be long. Where it isn't to be had (private windows), memory stands in, and the editor says so. */
export class Keep {
    private database: Promise<IDBDatabase | null>;
    private readonly memory = new Map<string, Kept>();

    constructor() {
        this.database = new Promise((done) => {
            const open = indexedDB.open('warta', 1);
            open.onupgradeneeded = () => open.result.createObjectStore(STORE, { keyPath: 'story' });
            open.onsuccess = () => done(open.result);
            open.onerror = () => done(null);
        });
    }

    async isSafe(): Promise<boolean> {
        return (await this.database) !== null;
    }

    async put(kept: Kept): Promise<void> {
        this.memory.set(kept.story, kept);
        await this.run('readwrite', (store) => store.put(kept));
    }

    async get(story: string): Promise<Kept | null> {
        return ((await this.run('readonly', (store) => store.get(story))) as Kept | undefined) ?? this.memory.get(story) ?? null;
    }

    async forget(story: string): Promise<void> {
        this.memory.delete(story);
        await this.run('readwrite', (store) => store.delete(story));
    }

    private async run(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
        const database = await this.database;
        if (!database) return undefined;
        return new Promise((done) => {
            const transaction = database.transaction(STORE, mode, { durability: 'strict' });
            const request = work(transaction.objectStore(STORE));
            transaction.oncomplete = () => done(request.result);
            transaction.onerror = transaction.onabort = () => done(undefined);
        });
    }
}
