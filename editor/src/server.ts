import type { Body } from './blocks.ts';

/** A story as pickers show it. */
export interface Found { id: number; headline: string; when: string; why: string }

/** What is kept of a story besides its text. */
export type Fields = Record<string, string>;

export interface Draft { fields: Fields; body: Body }

/** What the server answers to a save. "merged": others changed other blocks meanwhile; "conflict": the same ones. */
export type Saved =
    | { state: 'saved' | 'merged'; version: number; draft?: Draft }
    | { state: 'conflict'; version: number; theirs: Draft; by: string; blocks: string[] }
    | { state: 'signed-out' | 'forbidden' | 'offline' };

export interface Presence { name: string; since: string; isMe: boolean }

/** All that the editor asks of the server; every address is under the story's own. */
export class Server {
    constructor(private readonly base: string, private readonly proof: () => string) {}

    async save(draft: Draft, version: number): Promise<Saved> {
        let answer: Response;
        try {
            answer = await this.post('/autosave', { version, ...draft });
        } catch {
            return { state: 'offline' };
        }

        if (answer.status === 401 || answer.redirected) return { state: 'signed-out' };
        if (answer.status === 403) return { state: 'forbidden' };
        if (!answer.ok && answer.status !== 409) return { state: 'offline' };
        return (await answer.json()) as Saved;
    }

    async presence(): Promise<Presence[]> {
        const answer = await this.post('/presence', {}).catch(() => null);
        return answer?.ok ? ((await answer.json()) as Presence[]) : [];
    }

    suggestions(): Promise<Found[]> {
        return this.list('/suggestions');
    }

    search(words: string): Promise<Found[]> {
        return this.list(`/stories?q=${encodeURIComponent(words)}`);
    }

    async story(id: number): Promise<Found | null> {
        return (await this.list(`/stories?id=${id}`))[0] ?? null;
    }

    pictureAddress(media: number): string {
        return `/newsroom/pictures/${media}/preview`;
    }

    /** Sends a file in pieces; each piece that has arrived stays there, so a lost network costs one piece. */
    async upload(file: Blob, name: string, progress: (done: number) => void): Promise<number> {
        const piece = 512 * 1024;
        const key = await fingerprint(file);
        const begun = await this.sure('/newsroom/uploads', { name, size: file.size, key });
        let { offset, media } = (await begun.json()) as { offset: number; media?: number };
        while (!media) {
            const part = file.slice(offset, offset + piece);
            const answer = await this.sure(`/newsroom/uploads/${key}?offset=${offset}`, part);
            ({ offset, media } = (await answer.json()) as { offset: number; media?: number });
            progress(offset / file.size);
        }

        return media;
    }

    private async list(path: string): Promise<Found[]> {
        const answer = await fetch(this.base + path, { headers: { Accept: 'application/json' } }).catch(() => null);
        return answer?.ok ? ((await answer.json()) as Found[]) : [];
    }

    private post(path: string, what: object): Promise<Response> {
        return fetch(this.base + path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Form': this.proof() }, body: JSON.stringify(what) });
    }

    /** Tries again until the network is back. */
    private async sure(address: string, what: object | Blob): Promise<Response> {
        for (let wait = 500; ; wait = Math.min(wait * 2, 15_000)) {
            const isFile = what instanceof Blob;
            const answer = await fetch(address, { method: 'POST', headers: { 'X-Form': this.proof(), ...(isFile ? {} : { 'Content-Type': 'application/json' }) }, body: isFile ? what : JSON.stringify(what) }).catch(() => null);
            if (answer?.ok) return answer;
            if (answer && answer.status < 500 && answer.status !== 408 && answer.status !== 429) throw new Error((await answer.text()) || String(answer.status));
            await new Promise((done) => setTimeout(done, wait));
        }
    }
}

/** The content's SHA-256: the same picture is one file, and an upload that was broken off is known again. */
async function fingerprint(file: Blob): Promise<string> {
    const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
