import type { Block, Body } from './blocks.ts';
import { toBody, toDoc } from './codec.ts';
import type { Draft } from './server.ts';

/** What two have changed in different ways: one of the text's blocks, or a field. Null: taken out. */
export type Clash =
    | { kind: 'block'; key: string; mine: Block | null; theirs: Block | null }
    | { kind: 'field'; key: string; mine: string; theirs: string };

export type Choice = 'mine' | 'theirs' | 'both';

export interface Merged { draft: Draft; clashes: Clash[] }

/** As the editor itself writes it, so that two ways to say one thing compare as equal. */
export const plain = (draft: Draft): Draft => ({ fields: draft.fields, body: toBody(toDoc(draft.body)) });

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

export const sameDraft = (one: Draft, other: Draft): boolean => same(one.body, other.body) && same(one.fields, other.fields);

/**
 * Three-way, block by block and field by field, as the server's BodyMerge does it. The ancestors are what the server has acknowledged and what was sent without an answer:
 * a change of theirs that is only our own, come back, is none. Where both changed one thing, theirs stands for the time being, and it is a clash.
 */
export function merge(ancestors: Draft[], mine: Draft, theirs: Draft): Merged {
    const clashes: Clash[] = [];
    const before = ancestors.map((draft) => byId(draft.body));
    const [own, other] = [byId(mine.body), byId(theirs.body)];
    const merged = new Map<string, Block>();
    for (const id of new Set([...own.keys(), ...other.keys()])) {
        const [m, t] = [own.get(id) ?? null, other.get(id) ?? null];
        const was = before.map((blocks) => blocks.get(id) ?? null);
        const chosen = choose(m, t, was, () => clashes.push({ kind: 'block', key: id, mine: m, theirs: t }));
        if (chosen === 'mine' ? m : t ?? (chosen === 'clash' ? m : null)) merged.set(id, (chosen === 'mine' ? m : t ?? m)!);
    }

    const fields: Record<string, string> = {};
    for (const name of new Set([...Object.keys(mine.fields), ...Object.keys(theirs.fields)])) {
        // A field that one side doesn't show it can't have changed.
        const [m, t] = [mine.fields[name] ?? theirs.fields[name] ?? '', theirs.fields[name] ?? mine.fields[name] ?? ''];
        const was = ancestors.map((draft) => draft.fields[name] ?? '');
        fields[name] = choose(m, t, was, () => clashes.push({ kind: 'field', key: name, mine: m, theirs: t })) === 'mine' ? m : t;
    }

    return { draft: { fields, body: { version: 1, blocks: order(ancestors[0]?.body ?? { version: 1, blocks: [] }, mine.body, theirs.body, merged) } }, clashes };
}

/** The draft as the writer has chosen. Of both, his own stands second, as a block of its own. */
export function settle(merged: Merged, choices: Map<string, Choice>, mine: Draft, fresh: () => string): Draft {
    const fields = { ...merged.draft.fields };
    let blocks = [...merged.draft.body.blocks];
    for (const clash of merged.clashes) {
        const choice = choices.get(clash.key) ?? 'both';
        if (clash.kind === 'field') {
            fields[clash.key] = choice === 'mine' ? clash.mine : clash.theirs;
            continue;
        }

        const chosen = choice === 'mine' ? [clash.mine] : choice === 'theirs' ? [clash.theirs] : clash.mine && clash.theirs ? [clash.theirs, { ...clash.mine, id: fresh() }] : [clash.mine ?? clash.theirs];
        const kept = chosen.filter((block): block is Block => block !== null);
        const at = blocks.findIndex((block) => block.id === clash.key);
        if (at >= 0) blocks.splice(at, 1, ...kept);
        else {
            const above = mine.body.blocks.findIndex((block) => block.id === clash.key) - 1;
            const after = blocks.findIndex((block) => block.id === mine.body.blocks[above]?.id);
            blocks = [...blocks.slice(0, after + 1), ...kept, ...blocks.slice(after + 1)];
        }
    }

    return { fields, body: { version: 1, blocks } };
}

function choose<T>(mine: T, theirs: T, was: T[], clash: () => void): 'mine' | 'theirs' | 'clash' {
    if (same(mine, theirs)) return 'theirs';
    if (was.some((old) => same(old, theirs))) return 'mine';
    if (was.length > 0 && was.every((old) => same(old, mine))) return 'theirs';
    clash();
    return 'clash';
}

function order(before: Body, mine: Body, theirs: Body, merged: Map<string, Block>): Block[] {
    const [first, second] = moved(before, theirs) || !moved(before, mine) ? [theirs, mine] : [mine, theirs];
    const ids = first.blocks.map((block) => block.id!).filter((id) => merged.has(id));
    const known = new Set(ids);
    second.blocks.forEach((block, i) => {
        const id = block.id!;
        if (!merged.has(id) || known.has(id)) return;
        known.add(id);
        let place = 0;
        for (let above = i - 1; above >= 0; above--) {
            const at = ids.indexOf(second.blocks[above]!.id!);
            if (at < 0) continue;
            place = at + 1;
            break;
        }

        ids.splice(place, 0, id);
    });
    return ids.map((id) => merged.get(id)!);
}

function moved(before: Body, after: Body): boolean {
    const stayed = new Set(after.blocks.map((block) => block.id));
    const was = before.blocks.map((block) => block.id).filter((id) => stayed.has(id));
    const there = new Set(was);
    return !same(was, after.blocks.map((block) => block.id).filter((id) => there.has(id)));
}

const byId = (body: Body): Map<string, Block> => new Map(body.blocks.map((block) => [block.id!, block]));

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}
