import type { Autosave } from './autosave.ts';
import { choose } from './conflict.ts';
import { h } from './dom.ts';
import type { Keep, Kept } from './keep.ts';
import { collect, onLeft } from './last.ts';
import { merge, same, sameDraft, settle, type Choice, type Clash, type Merged } from './merge.ts';
import type { Draft } from './server.ts';
import { gone, tab } from './tabs.ts';
import { t } from './words.ts';

interface Room { place: HTMLElement; story: string; me: string; keep: Keep<Kept>; autosave: Autosave; read: () => Draft; write: (draft: Draft) => void; nameOf: (field: string) => string; fresh: () => string }

/**
 * What this browser holds of a story and the server hasn't got is offered; it never comes back by itself over something newer. Only where the page itself is older than what
 * is held (it came from the browser because there was no network) the writing goes on from there.
 */
export async function recover(room: Room): Promise<void> {
    onLeft(room.story, room.me, (record) => void gone(record.tab)?.then(() => offer(room, record.key)));
    await collect(room.keep);
    const kept = (await room.keep.of(room.story, room.me)).filter((record) => record.tab !== tab);
    const newer = kept.filter((record) => record.version > room.autosave.version).sort((a, b) => b.version - a.version || Number(a.isSent) - Number(b.isSent))[0];
    if (newer) {
        room.write(newer.draft);
        room.autosave.goOn(newer);
    }

    for (const record of kept) {
        if (record === newer) continue;
        const ended = gone(record.tab);
        // Where nobody can tell, a tab that has been quiet for a while is taken for dead.
        if (ended) void ended.then(() => offer(room, record.key));
        else if (Date.now() - record.at > 30_000) void offer(room, record.key);
    }

    // Taken over: its words are in this tab's own record from now on.
    if (newer) await room.autosave.local().then(() => (gone(newer.tab) ?? Promise.resolve()).then(() => room.keep.forget(newer.key)));
}

async function offer(room: Room, key: string): Promise<void> {
    await collect(room.keep);
    const record = await room.keep.get(key);
    if (!record) return;
    // Offered already, and then its page left more.
    room.place.querySelector(`[data-kept="${key}"]`)?.remove();
    const [now, mine] = [room.autosave.base, record.draft];
    const isAhead = record.version === room.autosave.version || record.sent.some((draft) => sameDraft(draft, now));
    const merged = merge([record.base, ...record.sent], mine, now);
    if (record.isSent || sameDraft(mine, now) || (merged.clashes.length === 0 && sameDraft(merged.draft, now))) {
        await room.keep.forget(key);
        return;
    }

    const at = new Date(record.at).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
    const text = h('span', {}, isAhead
        ? t(`Peramban ini menyimpan tulisan Anda (${at}) yang belum sampai ke server.`, `This browser holds words of yours (${at}) that haven’t reached the server.`)
        : t(`Peramban ini menyimpan tulisan Anda (${at}) yang belum sampai ke server; naskah di server juga sudah berubah.`, `This browser holds words of yours (${at}) that haven’t reached the server; the story there has changed too.`));
    const banner = h('div', { class: 'offer', role: 'region', 'data-kept': key, 'aria-label': t('Tulisan yang belum tersimpan di server', 'Words that the server has not') }, text,
        h('button', { type: 'button', class: 'main', onclick: () => void restore() }, t('Pulihkan', 'Restore')),
        h('button', { type: 'button', onclick: () => void compare() }, t('Bandingkan', 'Compare')),
        h('button', { type: 'button', onclick: () => void drop() }, t('Buang', 'Discard')));
    room.place.append(banner);

    // What has been written on this page since it was opened stays too.
    function put(draft: Draft): void {
        const whole = merge([now], room.read(), draft);
        const choices = new Map(whole.clashes.map((clash) => [clash.key, 'both' as const]));
        room.write(settle(whole, choices, room.read(), room.fresh));
        room.autosave.changed();
        banner.remove();
        void room.autosave.local().then(() => room.keep.forget(key));
    }

    async function restore(): Promise<void> {
        if (isAhead) put(mine);
        else await compare();
    }

    async function compare(): Promise<void> {
        const all: Merged = { draft: merged.draft, clashes: changes(mine, now) };
        const choices = await choose({
            heading: t('Dari peramban ini dan dari server', 'From this browser and from the server'),
            lead: t(`Peramban menyimpan ${at}. Pilih untuk setiap bagian; kata yang berbeda digarisbawahi.`, `The browser kept its text at ${at}. Choose for each part; words that differ are underlined.`),
            mine: t('Peramban ini', 'This browser'), theirs: t('Server', 'The server'), put: t('Nanti saja', 'Later'),
        }, all.clashes, room.nameOf, preset);
        if (choices) put(settle({ draft: base(all), clashes: all.clashes }, choices, mine, room.fresh));
    }

    /** What a merge would take; where both changed one thing, nothing is chosen beforehand. */
    function preset(clash: Clash): Choice | null {
        if (isAhead) return 'mine';
        if (merged.clashes.some((other) => other.kind === clash.kind && other.key === clash.key)) return null;
        const taken = clash.kind === 'field' ? merged.draft.fields[clash.key] : merged.draft.body.blocks.find((block) => block.id === clash.key) ?? null;
        return same(taken, clash.mine) ? 'mine' : 'theirs';
    }

    async function drop(): Promise<void> {
        await room.keep.forget(key);
        text.textContent = t('Dibuang.', 'Discarded.');
        banner.querySelectorAll('button').forEach((button) => button.remove());
        banner.append(h('button', { type: 'button', onclick: () => { void room.keep.put(record as Kept).then(() => { banner.remove(); void offer(room, key); }); } }, t('Urungkan', 'Undo')));
        banner.querySelector('button')!.focus();
    }

    /** The order of both put together, each block as the server has it. */
    function base(all: Merged): Draft {
        const theirs = new Map(now.body.blocks.map((block) => [block.id, block]));
        const union = merge([{ fields: now.fields, body: { version: 1, blocks: [] } }], mine, now).draft.body.blocks;
        return { fields: now.fields, body: { version: 1, blocks: union.map((block) => theirs.get(block.id) ?? block).filter((block) => theirs.has(block.id) || all.clashes.some((clash) => clash.key === block.id)) } };
    }
}

/** All that differs between two drafts. */
function changes(mine: Draft, theirs: Draft): Clash[] {
    const own = new Map(mine.body.blocks.map((block) => [block.id!, block]));
    const other = new Map(theirs.body.blocks.map((block) => [block.id!, block]));
    const blocks = [...new Set([...own.keys(), ...other.keys()])].filter((id) => !same(own.get(id), other.get(id)));
    return [
        ...Object.keys(mine.fields).filter((name) => mine.fields[name] !== (theirs.fields[name] ?? '')).map((name): Clash => ({ kind: 'field', key: name, mine: mine.fields[name]!, theirs: theirs.fields[name] ?? '' })),
        ...blocks.map((id): Clash => ({ kind: 'block', key: id, mine: own.get(id) ?? null, theirs: other.get(id) ?? null })),
    ];
}
