import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from '../src/blocks.ts';
import { merge, settle, type Choice } from '../src/merge.ts';
import { draft, p } from './bodies.ts';

const [a, b, c] = [p('a', 'Satu.'), p('b', 'Dua.'), p('c', 'Tiga.')];
const ids = (blocks: Block[]) => blocks.map((block) => block.id).join('');
const pick = (key: string, choice: Choice) => new Map([[key, choice]]);

test('Changes to different blocks both stay', () => {
    const { draft: merged, clashes } = merge([draft([a, b, c])], draft([p('a', 'Satu, saya.'), b, c]), draft([a, b, p('c', 'Tiga, dia.')]));
    assert.deepEqual(merged.body.blocks, [p('a', 'Satu, saya.'), b, p('c', 'Tiga, dia.')]);
    assert.deepEqual(clashes, []);
});

test('Blocks that either added stand where they were put', () => {
    const { draft: merged } = merge([draft([a, b])], draft([a, p('m', 'Milik saya.'), b]), draft([a, b, p('t', 'Milik dia.')]));
    assert.equal(ids(merged.body.blocks), 'ambt');
});

test('The same change on both sides is no clash, and neither is what only one took out', () => {
    const changed = p('a', 'Satu benar.');
    assert.deepEqual(merge([draft([a, b])], draft([changed, b]), draft([changed, b])).clashes, []);
    const { draft: merged, clashes } = merge([draft([a, b])], draft([b]), draft([a, b]));
    assert.deepEqual([ids(merged.body.blocks), clashes], ['b', []]);
});

test('One block changed in two ways is a clash, and so is one that the other took out', () => {
    const twoWays = merge([draft([a, b])], draft([p('a', 'Saya.'), b]), draft([p('a', 'Dia.'), b]));
    assert.deepEqual(twoWays.clashes, [{ kind: 'block', key: 'a', mine: p('a', 'Saya.'), theirs: p('a', 'Dia.') }]);
    const gone = merge([draft([a, b])], draft([b]), draft([p('a', 'Dia.'), b]));
    assert.deepEqual(gone.clashes, [{ kind: 'block', key: 'a', mine: null, theirs: p('a', 'Dia.') }]);
});

test('What was sent without an answer and comes back is no clash with oneself', () => {
    const [sent, now] = [draft([p('a', 'Satu, la'), b]), draft([p('a', 'Satu, lalu dua.'), b])];
    const { draft: merged, clashes } = merge([draft([a, b]), sent], now, sent);
    assert.deepEqual([merged.body.blocks, clashes], [now.body.blocks, []]);
});

test('The writer chooses his, theirs or both', () => {
    const mine = draft([p('a', 'Saya.'), b]);
    const merged = merge([draft([a, b])], mine, draft([p('a', 'Dia.'), b]));
    const chosen = (choice: Choice) => settle(merged, pick('a', choice), mine, () => 'baru').body.blocks;
    assert.deepEqual(chosen('mine'), [p('a', 'Saya.'), b]);
    assert.deepEqual(chosen('theirs'), [p('a', 'Dia.'), b]);
    assert.deepEqual(chosen('both'), [p('a', 'Dia.'), p('baru', 'Saya.'), b]);
});

test('What he took out stays out, or comes back to its place', () => {
    const mine = draft([a, c]);
    const merged = merge([draft([a, b, c])], mine, draft([a, p('b', 'Dia.'), c]));
    assert.equal(ids(settle(merged, pick('b', 'mine'), mine, () => 'x').body.blocks), 'ac');
    assert.equal(ids(settle(merged, pick('b', 'theirs'), mine, () => 'x').body.blocks), 'abc');
});

test('Fields merge one by one', () => {
    const { draft: merged, clashes } = merge([draft([], { headline: 'A', kicker: 'K' })], draft([], { headline: 'Saya', kicker: 'K' }), draft([], { headline: 'A', kicker: 'Dia' }));
    assert.deepEqual([merged.fields, clashes], [{ headline: 'Saya', kicker: 'Dia' }, []]);
    assert.equal(merge([draft([], { headline: 'A' })], draft([], { headline: 'Saya' }), draft([], { headline: 'Dia' })).clashes.length, 1);
});

test('However two change a text, no block of either is lost without a clash', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 16807) % 2147483647) % below;
    const changed = (blocks: Block[], who: string) => {
        const now = [...blocks];
        for (let i = 0; i < 3; i++) {
            const at = random(now.length);
            if (random(3) === 0) now.splice(at, 0, p(`${who}${i}`, who));
            else if (random(2) === 0 && now.length > 1) now.splice(at, 1);
            else now[at] = p(now[at]!.id!, `${who} ${random(1000)}`);
        }

        return now;
    };
    for (let round = 0; round < 2_000; round++) {
        const base = Array.from({ length: 6 }, (_, i) => p(`b${i}`, `kata ${i}`));
        const [mine, theirs] = [changed(base, 'saya'), changed(base, 'dia')];
        const one = merge([draft(base)], draft(mine), draft(theirs));
        const other = merge([draft(base)], draft(theirs), draft(mine));
        assert.deepEqual(one.clashes.map((clash) => clash.key).sort(), other.clashes.map((clash) => clash.key).sort());
        const there = new Set(one.draft.body.blocks.map((block) => JSON.stringify(block)));
        const clashing = new Set(one.clashes.map((clash) => clash.key));
        for (const block of [...mine, ...theirs]) {
            const was = base.find((old) => old.id === block.id);
            if (!was || JSON.stringify(was) !== JSON.stringify(block)) assert.ok(there.has(JSON.stringify(block)) || clashing.has(block.id!), `round ${round}: ${JSON.stringify(block)}`);
        }
    }
});
