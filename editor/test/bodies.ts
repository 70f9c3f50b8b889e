import type { Block, Body } from '../src/blocks.ts';
import type { Draft } from '../src/server.ts';

/** One of every block that docs/blocks.md names, with every property. */
export const every: Block[] = [
    { id: 'p', type: 'paragraph', text: [{ text: 'Menurut ' }, { text: 'laporan itu', bold: true, italic: true, href: 'https://example.org/laporan' }, { text: ', luas sawah 10 km' }, { text: '2', superscript: true }, { text: '.' }] },
    { id: 'ar', type: 'paragraph', text: 'قال الوزير إن الأسعار مستقرة.' },
    { id: 'h2', type: 'heading', level: 2, text: 'Pasokan' }, { id: 'h3', type: 'heading', level: 3, text: 'Daerah' }, { id: 'h4', type: 'heading', level: 4, text: [{ text: 'Kecil', italic: true }] },
    { id: 'ul', type: 'list', ordered: false, items: ['satu', [{ text: 'dua', bold: true }]] }, { id: 'ol', type: 'list', ordered: true, items: ['Daftar di loket.'] },
    { id: 'q', type: 'quote', text: ['“Stok cukup.”', [{ text: 'Sampai ' }, { text: 'akhir', italic: true }]], speaker: 'Siti Aminah', role: 'kepala dinas' }, { id: 'q2', type: 'quote', text: ['Tanpa nama'] },
    { id: 'f', type: 'figure', media: 12, alt: 'Perahu', caption: [{ text: 'Warga ' }, { text: 'pulang', href: '/a/b' }], credit: 'Budi' },
    { id: 'f2', type: 'figure', image: { src: '/media/pasar.jpg', width: 1200, height: 800 }, alt: '' }, { id: 'f3', type: 'figure', media: 1, image: { src: 'https://example.org/x.jpg' }, alt: 'x', caption: 'Teks' },
    { id: 'g', type: 'gallery', figures: [{ id: 'g1', type: 'figure', media: 3, alt: 'Gerbang', credit: 'Ani' }, { id: 'g2', type: 'figure', image: { src: '/media/2.jpg' }, alt: 'Gudang', caption: 'Isi' }] },
    { id: 'r', type: 'read-also', article: 4711 }, { id: 'r2', type: 'read-also', wanted: 'Panen raya', wantedUri: 'https://example.org/panen' },
    { id: 'e', type: 'embed', provider: 'youtube', url: 'https://www.youtube.com/watch?v=abcdefghijk' },
    { id: 't', type: 'table', caption: 'Harga', header: [['Barang', 'Rp']], rows: [['Beras', '14.000'], ['Gula', [{ text: '16.500', bold: true }]]] }, { id: 't2', type: 'table', rows: [['a', ''], ['', 'b']] },
    { id: 'x', type: 'fact-box', heading: 'Sekilas', blocks: [{ id: 'x1', type: 'paragraph', text: 'Dibuka pada 1974.' }, { id: 'x2', type: 'list', ordered: false, items: ['1.200 kios', '24 jam'] }] },
    { id: 'b', type: 'page-break' }, { id: 'd', type: 'divider' },
];

export const body = (...blocks: Block[]): Body => ({ version: 1, blocks });
export const p = (id: string, text: string): Block => ({ id, type: 'paragraph', text });
export const draft = (blocks: Block[], fields: Record<string, string> = {}): Draft => ({ fields, body: body(...blocks) });
