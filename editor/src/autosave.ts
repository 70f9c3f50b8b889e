import { Keep, type Kept } from './keep.ts';
import type { Draft, Saved, Server } from './server.ts';

export type State = 'saved' | 'unsaved' | 'saving' | 'offline' | 'signed-out' | 'forbidden' | 'conflict';

export interface Told {
    /** How things stand, for the line that says so. */
    state(state: State, at: number | null): void;

    /** Others' changes to other blocks have been put together with ours. */
    merged(draft: Draft): void;

    /** The same blocks were changed by somebody else: the writer chooses. */
    conflict(conflict: Extract<Saved, { state: 'conflict' }>): void;
}

const PAUSE = 1_500, LONGEST = 8_000, AGAIN = 5_000;

/**
 * Saves while somebody writes: to the browser at once, to the server when he pauses and every few seconds else. What hasn't reached the server is kept, and sent when
 * the network or the session is back.
 */
export class Autosave {
    private timer: ReturnType<typeof setTimeout> | undefined;
    private dirtySince = 0;
    private savedAt: number | null = null;
    private isSaving = false;
    private isStopped = false;
    private readonly keep = new Keep();

    constructor(private readonly story: string, private version: number, private readonly server: Server, private readonly read: () => Draft, private readonly told: Told) {
        addEventListener('online', () => void this.flush());
        addEventListener('pagehide', () => void this.local(false));
        document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void this.flush());
        // Another tab has signed in again.
        addEventListener('storage', (event) => event.key === 'warta-signed-in' && void this.flush());
    }

    /** What this browser holds and the server hasn't got. */
    async left(): Promise<Kept | null> {
        const kept = await this.keep.get(this.story);
        return kept && !kept.isSent ? kept : null;
    }

    changed(): void {
        const now = Date.now();
        if (this.dirtySince === 0) this.dirtySince = now;
        this.told.state('unsaved', this.savedAt);
        void this.local(false);
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(PAUSE, this.dirtySince + LONGEST - now)));
    }

    /** Sends what there is now. */
    async flush(): Promise<boolean> {
        if (this.dirtySince === 0 || this.isStopped) return true;
        // One at a time: what is written meanwhile goes with the next.
        if (this.isSaving) return false;
        this.isSaving = true;
        clearTimeout(this.timer);
        const since = this.dirtySince;
        this.dirtySince = 0;
        this.told.state('saving', this.savedAt);
        const draft = this.read();
        const saved = await this.server.save(draft, this.version);
        this.isSaving = false;
        switch (saved.state) {
            case 'saved':
            case 'merged':
                this.version = saved.version;
                this.savedAt = Date.now();
                if (saved.state === 'merged' && saved.draft) this.told.merged(saved.draft);
                if (this.dirtySince === 0) {
                    await this.local(true);
                    this.told.state('saved', this.savedAt);
                } else this.changed();
                return true;
            case 'conflict':
                this.dirtySince = since;
                this.isStopped = true;
                this.told.state('conflict', this.savedAt);
                this.told.conflict(saved);
                return false;
            default:
                this.dirtySince = since;
                this.told.state(saved.state, this.savedAt);
                this.timer = setTimeout(() => void this.flush(), AGAIN);
                return false;
        }
    }

    /** The writer has chosen: what stands in the editor now is on top of theirs. */
    settle(version: number): void {
        this.version = version;
        this.isStopped = false;
        this.changed();
    }

    /** Published or left: nothing more to keep here. */
    async done(): Promise<void> {
        await this.keep.forget(this.story);
    }

    private async local(isSent: boolean): Promise<void> {
        await this.keep.put({ story: this.story, draft: this.read(), version: this.version, at: Date.now(), isSent });
    }
}
