import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retyped } from '../src/captions.ts';
import { minutes, words } from '../src/counts.ts';
import { differences } from '../src/diff.ts';
import { paragraphs, whatsAppMarks } from '../src/paste.ts';
import { recognise } from '../src/providers.ts';
import { linkOf } from '../src/schema.ts';

test('Words are counted as readers count them, in every script', () => {
    assert.equal(words('Harga beras-beras turun 3,5 persen.'), 6);
    assert.equal(words('قال الوزير إن الأسعار مستقرة'), 5);
    assert.equal(words(' … — '), 0);
    assert.deepEqual([minutes(0), minutes(500), minutes(1000)], [1, 3, 5]);
});

test('What differs between two texts is found word by word', () => {
    assert.deepEqual(differences('Harga beras turun tajam.', 'Harga gula turun.').filter((part) => part.kind !== 'same'), [{ text: 'beras', kind: 'out' }, { text: 'gula', kind: 'in' }, { text: ' tajam', kind: 'out' }]);
    const long = Array.from({ length: 20_000 }, (_, i) => `kata${i}`);
    const began = Date.now();
    const parts = differences(long.join(' '), long.with(10_000, 'lain').join(' '));
    assert.deepEqual(parts.filter((part) => part.kind !== 'same').map((part) => part.text), ['kata10000', 'lain']);
    assert.ok(Date.now() - began < 1_000);
});

test('Both sides of a difference read whole', () => {
    const [before, after] = ['a b  c d', 'a x  c d e'];
    const parts = differences(before, after);
    assert.equal(parts.filter((part) => part.kind !== 'in').map((part) => part.text).join(''), before);
    assert.equal(parts.filter((part) => part.kind !== 'out').map((part) => part.text).join(''), after);
});

test('A caption that is typed in keeps the links that were not touched', () => {
    const caption = [{ text: 'Warga ' }, { text: 'pulang', href: '/a' }, { text: ' sore.' }];
    assert.deepEqual(retyped(caption, 'Warga pulang pada sore.'), [{ text: 'Warga ' }, { text: 'pulang', href: '/a' }, { text: ' pada sore.' }]);
    assert.equal(retyped(caption, 'Lain'), 'Lain');
    assert.equal(retyped(null, 'Baru'), 'Baru');
});

test('WhatsApp’s stamps go and its marks are read', () => {
    assert.deepEqual(paragraphs('[12/11/26 10.02.31] Siti: Air naik\n12/11/26 10.03 - Budi: Jalan putus\n\nBiasa: tetap'), ['Air naik', 'Jalan putus', 'Biasa: tetap']);
    assert.deepEqual(whatsAppMarks('Ini *penting* dan _miring_, 2*3*4'), [{ text: 'Ini ' }, { text: 'penting', bold: true }, { text: ' dan ' }, { text: 'miring', italic: true }, { text: ', 2*3*4' }]);
});

test('Links that Warta doesn’t print are none', () => {
    for (const href of ['javascript:alert(1)', 'java\nscript:alert(1)', ' data:text/html,x', '//evil.example', 'https://a:b@example.org', 'ftp://example.org', '']) assert.equal(linkOf(href), false, href);
    assert.deepEqual(linkOf('example.org/a'), { href: 'https://example.org/a' });
    assert.deepEqual(linkOf('https://www.google.com/url?q=https://example.org/x&sa=D'), { href: 'https://example.org/x' });
    assert.deepEqual(linkOf('/ekonomi/2026'), { href: '/ekonomi/2026' });
});

test('Posts and films are known by their addresses', () => {
    const known: Record<string, [string, string]> = {
        'https://youtu.be/abcdefghijk?t=3': ['youtube', 'https://www.youtube.com/watch?v=abcdefghijk'],
        'https://m.youtube.com/watch?app=desktop&v=abcdefghijk': ['youtube', 'https://www.youtube.com/watch?v=abcdefghijk'],
        'https://twitter.com/warta/status/123?s=20': ['x', 'https://x.com/warta/status/123'],
        'https://www.instagram.com/warta/reel/Ab-1/': ['instagram', 'https://www.instagram.com/reel/Ab-1/'],
        'https://www.tiktok.com/@warta.id/video/99?x=1': ['tiktok', 'https://www.tiktok.com/@warta.id/video/99'],
        'https://web.facebook.com/warta/posts/pfbid02': ['facebook', 'https://www.facebook.com/warta/posts/pfbid02'],
        'https://vimeo.com/123456': ['vimeo', 'https://vimeo.com/123456'],
        'https://open.spotify.com/intl-id/track/4uLU': ['spotify', 'https://open.spotify.com/track/4uLU'],
    };
    for (const [address, [provider, url]] of Object.entries(known)) assert.deepEqual(recognise(address), { provider, url }, address);
    for (const other of ['https://example.org/watch?v=abcdefghijk', 'https://youtube.com.evil.example/watch?v=abcdefghijk', 'https://www.youtube.com/@warta', 'kata biasa']) assert.equal(recognise(other), null, other);
});
