import { Keep, type Kept } from './keep.ts';
import { leave, stay } from './last.ts';
import { merge, plain, sameDraft, type Merged } from './merge.ts';
import type { Draft, Server } from './server.ts';
import { tab } from './tabs.ts';

export type State = 'saved' | 'unsaved' | 'saving' | 'offline' | 'signed-out' | 'someone-else' | 'forbidden' | 'refused' | 'conflict';

export interface Told {
    /** How things stand, for the line that says so. */
    state(state: State, at: number | null, message?: string): void;

    /** Others' changes to other blocks have been put together with ours. */
    apply(draft: Draft): void;

    /** The same blocks were changed by somebody else: the writer chooses, and calls settle. */
    conflict(merged: Merged, mine: Draft, by: string): void;
}

interface Options { story: string; me: string; version: number; base: Draft; server: Server; keep: Keep<Kept>; read: () => Draft; isBusy: () => boolean; told: Told }

const PAUSE = 1_500, LONGEST = 8_000, AGAIN = 5_000, SOON = 250, UNANSWERED = 6;

/**
 * Saves while somebody writes: to the browser at once, to the server when he pauses and every few seconds else. What hasn't reached the server is kept, and sent when
 * the network or the session is back.
 */
export class Autosave {
    version: number;

    /** What the server has at that version. */
    base: Draft;
    isSafe = true;
    private sent: Draft[] = [];
    private theirs: { draft: Draft; version: number; by: string } | null = null;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private soon: ReturnType<typeof setTimeout> | undefined;
    private dirtySince = 0;
    private savedAt: number | null = null;
    private saving: Promise<boolean> | null = null;
    private isRefused = false;
    private isAsking = false;
    private hasLeft = false;
    private heardOf = 0;
    private readonly key: string;

    constructor(private readonly options: Options) {
        this.version = options.version;
        this.base = plain(options.base);
        this.key = `${options.story}/${tab}`;
        addEventListener('online', () => void this.flush());
        // Another tab may have signed in again.
        addEventListener('focus', () => void this.flush());
        addEventListener('pagehide', () => this.last());
        // A phone may end a page that is out of sight without a word.
        document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.last());
    }

    get isDirty(): boolean {
        return this.dirtySince > 0;
    }

    changed(): void {
        const now = Date.now();
        if (this.dirtySince === 0) this.dirtySince = now;
        this.isRefused = false;
        if (this.theirs) this.options.told.state('conflict', this.savedAt);
        else if (!this.saving) this.options.told.state('unsaved', this.savedAt);
        this.soon ??= setTimeout(() => void this.local(), SOON);
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(PAUSE, this.dirtySince + LONGEST - now)));
    }

    /** Sends what there is now. @returns Whether the server has all. */
    async flush(isLast = false): Promise<boolean> {
        if (this.theirs || this.isRefused) return false;
        // One at a time: what is written meanwhile goes with the next.
        if (this.saving) return (await this.saving) && (this.dirtySince === 0 || this.flush(isLast));
        if (this.dirtySince === 0) return true;
        this.saving = this.send(isLast);
        const isDone = await this.saving;
        this.saving = null;
        if (isDone && this.dirtySince > 0) this.changed();
        return isDone && this.dirtySince === 0;
    }

    /** Goes on from what another tab, or an older load of the page, had: it is newer than this page. */
    goOn(kept: Kept): void {
        [this.version, this.base, this.sent] = [kept.version, kept.base, kept.sent];
        // Even where nothing is to be sent: the answer tells what others did meanwhile.
        this.isAsking = true;
        this.changed();
    }

    /** The server has this version: a colleague's, or one that this page was opened just before. While nobody writes here its words are fetched; else they come with the next save. */
    heard(version: number): void {
        if (version <= Math.max(this.version, this.heardOf) || this.dirtySince > 0 || this.saving || this.theirs || this.isRefused) return;
        this.heardOf = version;
        this.isAsking = true;
        this.dirtySince = Date.now();
        void this.flush();
    }

    /** Shows again what the writer put off. */
    reopen(): void {
        if (this.theirs) this.clash(this.theirs.draft, this.theirs.version, this.theirs.by);
    }

    /** The writer has chosen; what he chose is in the editor. */
    settle(): void {
        if (this.theirs) [this.base, this.version, this.sent, this.theirs] = [this.theirs.draft, this.theirs.version, [], null];
        this.changed();
        void this.flush();
    }

    private async send(isLast: boolean): Promise<boolean> {
        const { server, told } = this.options;
        clearTimeout(this.timer);
        const since = this.dirtySince;
        const draft = this.options.read();
        this.dirtySince = 0;
        // Typed and taken back.
        if (this.sent.length === 0 && !this.isAsking && sameDraft(draft, this.base)) {
            await this.local();
            told.state('saved', this.savedAt);
            return true;
        }

        told.state('saving', this.savedAt);
        this.sent = [...this.sent.slice(1 - UNANSWERED), draft];
        // Before it is on its way: after a crash it must be known as ours.
        const kept = this.local();
        if (!isLast) await kept;
        const saved = await server.save(draft, this.version, isLast);
        switch (saved.state) {
            case 'saved':
            case 'merged': {
                const theirs = saved.draft ? plain(saved.draft) : draft;
                this.savedAt = Date.now();
                this.isAsking = false;
                if (sameDraft(theirs, draft)) {
                    [this.version, this.base, this.sent] = [saved.version, draft, []];
                } else {
                    await this.free();
                    this.take([draft], theirs, saved.version, '');
                    if (this.theirs) return false;
                }

                if (this.dirtySince === 0) {
                    await this.local();
                    told.state('saved', this.savedAt);
                }

                return true;
            }

            case 'conflict':
                this.dirtySince = since;
                await this.free();
                this.take([this.base, ...this.sent], plain(saved.theirs), saved.version, saved.by);
                if (!this.theirs) {
                    this.dirtySince = since;
                    this.timer = setTimeout(() => void this.flush());
                }

                return false;
            case 'refused':
                this.dirtySince = since;
                this.isRefused = true;
                told.state('refused', this.savedAt, saved.message);
                return false;
            default:
                this.dirtySince = since;
                told.state(saved.state, this.savedAt);
                this.timer = setTimeout(() => void this.flush(), AGAIN);
                return false;
        }
    }

    /** Theirs, put together with what stands in the editor now. */
    private take(ancestors: Draft[], theirs: Draft, version: number, by: string): void {
        const mine = this.options.read();
        const merged = merge(ancestors, mine, theirs);
        if (merged.clashes.length > 0) {
            this.theirs = { draft: theirs, version, by };
            this.options.told.state('conflict', this.savedAt);
            this.options.told.conflict(merged, mine, by);
            return;
        }

        [this.version, this.base, this.sent] = [version, theirs, []];
        if (!sameDraft(merged.draft, mine)) this.options.told.apply(merged.draft);
        if (!sameDraft(merged.draft, theirs) && this.dirtySince === 0) this.dirtySince = Date.now();
    }

    private clash(theirs: Draft, version: number, by: string): void {
        this.theirs = null;
        this.take([this.base, ...this.sent], theirs, version, by);
        if (!this.theirs) this.settle();
    }

    /** Nothing is put into the text while a word is being composed. */
    private async free(): Promise<void> {
        while (this.options.isBusy()) await new Promise((done) => setTimeout(done, 100));
    }

    /** The page may be about to go: sends and keeps what there is by every way that may outlive it. */
    private last(): void {
        if (this.dirtySince > 0) void this.local();
        void this.flush(true);
        const held = this.held();
        if (held.isSent) return;
        leave(held);
        this.hasLeft = true;
    }

    /** Writes to the browser's own store what there is now. */
    async local(): Promise<void> {
        clearTimeout(this.soon);
        this.soon = undefined;
        const { hasLeft, key } = this;
        this.isSafe = await this.options.keep.put(this.held());
        if (!hasLeft || !this.isSafe) return;
        stay(key);
        this.hasLeft = false;
    }

    private held(): Kept {
        const { story, me, read } = this.options;
        return { key: this.key, story, tab, me, draft: read(), base: this.base, version: this.version, sent: this.sent, at: Date.now(), isSent: this.dirtySince === 0 && this.sent.length === 0 };
    }
}
