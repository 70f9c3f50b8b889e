import { redo, undo } from 'prosemirror-history';
import type { Command, EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import * as commands from './commands.ts';
import { marks, nodes } from './schema.ts';
import { t } from './words.ts';

/** Something that the writer can do to the text: a button of the toolbar, and for blocks a line of the slash menu. */
export interface Action {
    name: string;
    icon: string;
    /** Names under which the slash menu finds it; none: it isn't there. */
    words?: string;
    hint?: string;
    keys?: string;
    css?: string;
    isOn?: (state: EditorState) => boolean;
    run: (view: EditorView) => void;
    can?: Command;
}

/** What needs a window of its own. */
export interface Windows { link(): void; picture(): void; embed(): void; find(): void }

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const keysOf = (keys: string): string => keys.replace('Mod', isMac ? '⌘' : 'Ctrl').replace('Alt', isMac ? '⌥' : 'Alt');

/** By groups, as the toolbar shows them. */
export function actions(windows: Windows): Action[][] {
    const act = (command: Command) => (view: EditorView) => { command(view.state, view.dispatch, view); };
    const has = (mark: 'bold' | 'italic' | 'superscript' | 'link') => (state: EditorState) => {
        const { from, to, empty, $from } = state.selection;
        return empty ? Boolean(marks[mark]!.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, marks[mark]!);
    };
    const inside = (...types: string[]) => (state: EditorState) => commands.around(state, types) !== null;
    return [
        [
            { name: t('Urungkan', 'Undo'), icon: 'undo', keys: 'Mod+Z', run: act(undo), can: undo },
            { name: t('Ulangi', 'Redo'), icon: 'redo', keys: 'Mod+Shift+Z', run: act(redo), can: redo },
        ],
        [
            { name: t('Judul bagian', 'Heading'), icon: 'H2', words: 'judul heading h2 subjudul', hint: t('Bagian baru dalam naskah', 'A new part of the story'), keys: 'Mod+Alt+2', isOn: (state) => commands.is(state, 'heading', { level: 2 }), run: act(commands.heading(2)) },
            { name: t('Judul anak bagian', 'Smaller heading'), icon: 'H3', words: 'judul heading h3 subjudul', hint: t('Di dalam sebuah bagian', 'Inside a part'), keys: 'Mod+Alt+3', isOn: (state) => commands.is(state, 'heading', { level: 3 }), run: act(commands.heading(3)) },
            { name: t('Judul terkecil', 'Smallest heading'), icon: 'H4', words: 'judul heading h4', hint: '', keys: 'Mod+Alt+4', isOn: (state) => commands.is(state, 'heading', { level: 4 }), run: act(commands.heading(4)) },
        ],
        [
            { name: t('Tebal', 'Bold'), icon: 'B', css: 'is-bold', keys: 'Mod+B', isOn: has('bold'), run: act(commands.bold) },
            { name: t('Miring', 'Italic'), icon: 'I', css: 'is-italic', keys: 'Mod+I', isOn: has('italic'), run: act(commands.italic) },
            { name: t('Naik (x²)', 'Superscript'), icon: 'x²', keys: 'Mod+.', isOn: has('superscript'), run: act(commands.superscript) },
            { name: t('Tautan', 'Link'), icon: 'link', keys: 'Mod+K', isOn: (state) => commands.linkAround(state) !== null || (!state.selection.empty && has('link')(state)), run: () => windows.link() },
        ],
        [
            { name: t('Daftar', 'List'), icon: 'bullets', words: 'daftar list butir bullet', hint: t('Butir demi butir', 'Point by point'), keys: 'Mod+Shift+8', isOn: inside('bullet_list'), run: act(commands.list('bullet_list')), can: commands.list('bullet_list') },
            { name: t('Daftar bernomor', 'Numbered list'), icon: 'numbers', words: 'daftar nomor bernomor list numbered', hint: t('Langkah atau urutan', 'Steps, or an order'), keys: 'Mod+Shift+7', isOn: inside('ordered_list'), run: act(commands.list('ordered_list')), can: commands.list('ordered_list') },
            { name: t('Kutipan', 'Quote'), icon: 'quote', words: 'kutipan quote kutip', hint: t('Dengan nama dan jabatan', 'With who said it'), keys: 'Mod+Shift+9', isOn: inside('quote'), run: act(commands.quote), can: commands.quote },
        ],
        [
            { name: t('Gambar', 'Picture'), icon: 'picture', words: 'gambar foto picture image photo', hint: t('Berkas, kamera, atau pustaka', 'A file, the camera, or the library'), run: () => windows.picture() },
            { name: t('Galeri', 'Gallery'), icon: 'gallery', words: 'galeri gallery foto', hint: t('Beberapa gambar bersama', 'Several pictures together'), run: act(commands.insert('gallery')) },
            { name: t('Baca Juga', 'Read also'), icon: 'readAlso', words: 'baca juga read also terkait', hint: t('Tautan ke naskah lain', 'A link to another story'), run: act(commands.insert('read_also')) },
            { name: t('Sematan', 'Embed'), icon: 'embed', words: 'sematan embed youtube video x instagram tiktok facebook', hint: t('YouTube, X, Instagram, TikTok …', 'YouTube, X, Instagram, TikTok …'), run: () => windows.embed() },
            { name: t('Tabel', 'Table'), icon: 'table', words: 'tabel table', hint: t('Baris dan kolom', 'Rows and columns'), isOn: inside('table'), run: act(table) },
            { name: t('Kotak fakta', 'Fact box'), icon: 'box', words: 'kotak fakta fact box', hint: t('Latar di samping naskah', 'Background beside the story'), isOn: inside('fact_box'), run: act(commands.insert('fact_box')) },
            { name: t('Garis pemisah', 'Divider'), icon: 'divider', words: 'garis pemisah divider', hint: t('Jeda antarbagian', 'A pause between parts'), run: act(commands.insert('divider')) },
            { name: t('Halaman berikutnya', 'Next page'), icon: 'page', words: 'halaman berikutnya page break', hint: t('Di sini halaman berakhir', 'Here a page ends'), run: act(commands.insert('page_break')) },
        ],
        [{ name: t('Cari dan ganti', 'Find and replace'), icon: 'find', keys: 'Mod+F', run: () => windows.find() }],
    ];
}

/** Two rows of three under a header. */
const table: Command = (state, dispatch) => {
    const row = (type: string) => nodes.table_row!.create(null, Array.from({ length: 3 }, () => nodes[type]!.create()));
    return commands.insert('table', null, [row('table_header'), row('table_cell'), row('table_cell')])(state, dispatch);
};
