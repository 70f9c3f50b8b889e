import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBody, toDoc } from '../src/codec.ts';
import { body, every, p } from './bodies.ts';

test('Every block comes back as it went in', () => {
    for (const block of every) assert.deepEqual(toBody(toDoc(body(block))).blocks, [block]);
});

test('A whole text is a document that the schema allows', () => {
    const doc = toDoc(body(...every));
    doc.check();
    assert.deepEqual(toBody(doc).blocks, every);
});

test('An empty body is a line to write in, which is no block', () => {
    assert.equal(toDoc(body()).childCount, 1);
    assert.deepEqual(toBody(toDoc(body())).blocks, []);
    assert.deepEqual(toBody(toDoc(body(p('a', '   ')))).blocks, []);
});
