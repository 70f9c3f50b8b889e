import type { Body } from './blocks.ts';
import { parse } from './trust.ts';
import { t } from './words.ts';

/** A story as pickers show it. */
export interface Found { id: number; headline: string; when: string; why: string }

/** A picture of the library. */
export interface Shown { id: number; preview: string; alt: string; caption: string; credit: string; expires: string | null }

/** What is kept of a story besides its text. */
export type Fields = Record<string, string>;

export interface Draft { fields: Fields; body: Body }

/** What the server answers to a save. "merged": others changed other blocks meanwhile; "conflict": the same ones. */
export type Saved =
    | { state: 'saved' | 'merged'; version: number; draft?: Draft }
    | { state: 'conflict'; version: number; theirs: Draft; by: string }
    | { state: 'refused'; message: string }
    | { state: 'signed-out' | 'someone-else' | 'forbidden' | 'offline' };

export interface Presence { name: string; since: string; isMe: boolean }

/** No, for good: trying again doesn't help. */
export class Refusal extends Error {}

const PIECE = 512 * 1024;

/** All that the editor asks of the server; most of it under the story's own address. */
export class Server {
    constructor(private readonly base: string, private readonly me: string, private readonly proof: { value: string }) {}

    /** @param isLast The page is about to go: what is small enough is sent all the same. */
    async save(draft: Draft, version: number, isLast = false): Promise<Saved> {
        const what = JSON.stringify({ version, ...draft });
        for (let isSecond = false; ; isSecond = true) {
            let answer: Response;
            try {
                answer = await this.post(this.base + '/autosave', what, isLast && what.length < 20_000);
            } catch {
                return { state: 'offline' };
            }

            if (answer.ok || answer.status === 409) return (await answer.json()) as Saved;
            if (answer.status === 403) return { state: 'forbidden' };
            // Signed in again elsewhere: the page's proof is of the session before.
            if ((answer.status === 400 || answer.status === 401) && !isSecond) {
                const now = await this.renew();
                if (now === 'renewed') continue;
                return { state: now };
            }

            if (answer.status === 401) return { state: 'signed-out' };
            if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return { state: 'offline' };
            return { state: 'refused', message: await messageOf(answer) };
        }
    }

    async presence(): Promise<{ people: Presence[]; version: number } | null> {
        const answer = await this.post(this.base + '/presence', '{}').catch(() => null);
        return answer?.ok ? ((await answer.json()) as { people: Presence[]; version: number }) : null;
    }

    /** The page is going: the others needn't wait until it is missed. */
    leave(): void {
        void this.post(this.base + '/presence?left', '{}', true).catch(() => {});
    }

    suggestions(): Promise<Found[]> {
        return this.list(this.base + '/suggestions');
    }

    search(words: string): Promise<Found[]> {
        return this.list(`${this.base}/stories?q=${encodeURIComponent(words)}`);
    }

    async story(id: number): Promise<Found | null> {
        return (await this.list<Found>(`${this.base}/stories?id=${id}`))[0] ?? null;
    }

    pictures(words: string): Promise<Shown[]> {
        return this.list(`/newsroom/pictures?format=json&q=${encodeURIComponent(words)}`);
    }

    pictureAddress(media: number): string {
        return `/newsroom/pictures/${media}/preview`;
    }

    /** Sends a file in pieces; each piece that has arrived stays there, so a lost network costs one piece. */
    async upload(file: Blob, name: string, progress: (done: number) => void): Promise<number> {
        const key = await fingerprint(file);
        let { offset, media } = await this.sure('/newsroom/uploads', JSON.stringify({ name, size: file.size, key }));
        while (!media) {
            progress(offset / file.size);
            ({ offset, media } = await this.sure(`/newsroom/uploads/${key}?offset=${offset}`, file.slice(offset, offset + PIECE)));
        }

        progress(1);
        return media;
    }

    /** The page's proof, from the page as it is now. */
    private async renew(): Promise<'renewed' | 'signed-out' | 'someone-else' | 'offline'> {
        const answer = await fetch(this.base, { headers: { Accept: 'text/html' }, redirect: 'manual', cache: 'no-store' }).catch(() => null);
        if (!answer || answer.status >= 500) return 'offline';
        if (!answer.ok) return 'signed-out';
        const page = parse(await answer.text());
        const form = page.querySelector<HTMLElement>('[data-story-editor]');
        const proof = form?.querySelector<HTMLInputElement>('input[name=_form]')?.getAttribute('value');
        if (!form || !proof) return 'signed-out';
        if (form.dataset.me !== this.me) return 'someone-else';
        this.proof.value = proof;
        return 'renewed';
    }

    private async list<T>(address: string): Promise<T[]> {
        const answer = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => null);
        return answer?.ok ? ((await answer.json()) as T[]) : [];
    }

    private post(address: string, body: string | Blob, keepalive = false): Promise<Response> {
        return fetch(address, { method: 'POST', headers: { Accept: 'application/json', 'Content-Type': typeof body === 'string' ? 'application/json' : 'application/octet-stream', 'X-Form': this.proof.value }, body, keepalive });
    }

    /** Tries again until the network is back. */
    private async sure(address: string, body: string | Blob): Promise<{ offset: number; media?: number }> {
        for (let wait = 500; ; wait = Math.min(wait * 2, 15_000)) {
            const answer = await this.post(address, body).catch(() => null);
            // 409: another offset than ours is the right one, and it says which.
            if (answer?.ok || answer?.status === 409) return (await answer.json()) as { offset: number; media?: number };
            if (answer && (answer.status === 400 || answer.status === 401)) {
                if ((await this.renew()) === 'renewed' && wait === 500) continue;
                if (answer.status === 400) throw new Refusal(await messageOf(answer));
            } else if (answer && answer.status < 500 && answer.status !== 408 && answer.status !== 429) throw new Refusal(await messageOf(answer));
            await pause(wait);
        }
    }
}

/** A while, or until the network is back. */
const pause = (ms: number): Promise<void> => new Promise((done) => {
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    function end() {
        clearTimeout(timer);
        removeEventListener('online', end);
        done();
    }
});

async function messageOf(answer: Response): Promise<string> {
    const fallback = t(`Server menolak (${answer.status}).`, `The server refused (${answer.status}).`);
    return answer.json().then((what: { message?: string }) => what.message || fallback, () => fallback);
}

/** The content's SHA-256: the same picture is one file, and an upload that was broken off is known again. */
async function fingerprint(file: Blob): Promise<string> {
    // Only where the page comes by TLS or from this machine; else the server finds out by itself that it knows the picture.
    const hash = crypto.subtle ? new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())) : crypto.getRandomValues(new Uint8Array(32));
    return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
