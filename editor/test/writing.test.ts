import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import type { Block } from '../src/blocks.ts';
import { toBody, toDoc } from '../src/codec.ts';
import * as commands from '../src/commands.ts';
import { find, lookFor, replace, finding } from '../src/find.ts';
import { ids } from '../src/ids.ts';
import { leaveBox, splitItem, toParagraph } from '../src/lists.ts';
import { splitBlock } from 'prosemirror-commands';
import { rules } from '../src/rules.ts';
import { body, p } from './bodies.ts';

/** An editor without a window. */
class Desk {
    state: EditorState;

    constructor(...blocks: Block[]) {
        this.state = EditorState.create({ doc: toDoc(body(...blocks)), plugins: [rules, ids, find] });
    }

    at(place: number, to = place): this {
        this.state = this.state.apply(this.state.tr.setSelection(TextSelection.create(this.state.doc, place, to)));
        return this;
    }

    end(): this {
        return this.at(TextSelection.atEnd(this.state.doc).from);
    }

    run(command: Command): this {
        assert.ok(command(this.state, (change) => { this.state = this.state.apply(change); }), 'the command does nothing here');
        return this;
    }

    /** Letter by letter, as a keyboard does. */
    type(text: string): this {
        for (const letter of text) {
            const { from, to } = this.state.selection;
            const desk = this;
            const view = { get state() { return desk.state; }, composing: false, dispatch: (change: EditorState['tr']) => { desk.state = desk.state.apply(change); } };
            if (!rules.props.handleTextInput!.call(rules, view as never, from, to, letter, () => this.state.tr)) this.state = this.state.apply(this.state.tr.insertText(letter, from, to));
        }

        return this;
    }

    get blocks(): Block[] {
        return toBody(this.state.doc).blocks;
    }

    get bare(): unknown[] {
        return this.blocks.map(({ id: _, ...rest }) => rest);
    }
}

test('Markdown that is typed becomes what it means', () => {
    assert.deepEqual(new Desk().at(1).type('# Judul').bare, [{ type: 'heading', level: 2, text: 'Judul' }]);
    assert.deepEqual(new Desk().at(1).type('### Kecil').bare, [{ type: 'heading', level: 4, text: 'Kecil' }]);
    assert.deepEqual(new Desk().at(1).type('- satu').bare, [{ type: 'list', ordered: false, items: ['satu'] }]);
    assert.deepEqual(new Desk().at(1).type('1. satu').bare, [{ type: 'list', ordered: true, items: ['satu'] }]);
    assert.deepEqual(new Desk().at(1).type('> Kata').bare, [{ type: 'quote', text: ['Kata'] }]);
    assert.deepEqual(new Desk().at(1).type('a **b c** d').bare, [{ type: 'paragraph', text: [{ text: 'a ' }, { text: 'b c', bold: true }, { text: ' d' }] }]);
    assert.deepEqual(new Desk().at(1).type('a _b_ dan (*c*)').bare, [{ type: 'paragraph', text: [{ text: 'a ' }, { text: 'b', italic: true }, { text: ' dan (' }, { text: 'c', italic: true }, { text: ')' }] }]);
    assert.deepEqual(new Desk().at(1).type('nama_berkas_panjang 2*3*4').bare, [{ type: 'paragraph', text: 'nama_berkas_panjang 2*3*4' }]);
});

test('Three hyphens are a line between parts', () => {
    assert.deepEqual(new Desk().at(1).type('---').bare, [{ type: 'divider' }]);
});

test('Enter goes on in a list and ends it on an empty item', () => {
    const desk = new Desk({ id: 'l', type: 'list', ordered: false, items: ['satu'] }).end().run(splitItem).type('dua').run(splitItem).run(splitItem).type('Lepas');
    assert.deepEqual(desk.bare, [{ type: 'list', ordered: false, items: ['satu', 'dua'] }, { type: 'paragraph', text: 'Lepas' }]);
});

test('An empty line leads out of a quote', () => {
    const desk = new Desk({ id: 'q', type: 'quote', text: ['Kata'] }).end().run(splitBlock).run(leaveBox).type('Sesudahnya');
    assert.deepEqual(desk.bare, [{ type: 'quote', text: ['Kata'] }, { type: 'paragraph', text: 'Sesudahnya' }]);
});

test('Backspace at the beginning makes a paragraph, and keeps what it is', () => {
    assert.deepEqual(new Desk({ id: 'h', type: 'heading', level: 2, text: 'Judul' }).at(1).run(toParagraph).blocks, [p('h', 'Judul')]);
});

test('Lists and quotes come and go by their buttons', () => {
    const desk = new Desk(p('a', 'satu'), p('b', 'dua')).at(1, 9);
    assert.deepEqual(desk.run(commands.list('bullet_list')).bare, [{ type: 'list', ordered: false, items: ['satu', 'dua'] }]);
    assert.deepEqual(desk.run(commands.list('ordered_list')).bare, [{ type: 'list', ordered: true, items: ['satu', 'dua'] }]);
    assert.deepEqual(desk.run(commands.list('ordered_list')).bare, [{ type: 'paragraph', text: 'satu' }, { type: 'paragraph', text: 'dua' }]);
    assert.deepEqual(new Desk(p('a', 'satu')).at(1).run(commands.quote).bare, [{ type: 'quote', text: ['satu'] }]);
});

test('A block moves up and down with the cursor in it', () => {
    const desk = new Desk(p('a', 'satu'), p('b', 'dua')).at(8).run(commands.move(-1));
    assert.deepEqual(desk.blocks, [p('b', 'dua'), p('a', 'satu')]);
    assert.deepEqual(desk.type('!').blocks[0], p('b', 'd!ua'));
});

test('Of two halves the words keep the address', () => {
    const middle = new Desk(p('a', 'satu dua')).at(5).run(splitBlock);
    assert.equal(middle.blocks[0]!.id, 'a');
    assert.notEqual(middle.blocks[1]!.id, 'a');
    const before = new Desk(p('a', 'satu')).at(1).run(splitBlock);
    assert.deepEqual(before.blocks, [p('a', 'satu')]);
});

test('Every block has an address of its own, copies too', () => {
    const desk = new Desk(p('a', 'satu')).at(1);
    desk.state = desk.state.apply(desk.state.tr.insert(desk.state.doc.content.size, desk.state.doc.firstChild!));
    const [one, other] = desk.blocks;
    assert.equal(one!.id, 'a');
    assert.match(other!.id!, /^[A-Za-z0-9_-]{1,40}$/);
});

test('Find goes by words as they are written, and replaces all in one step', () => {
    const desk = new Desk(p('a', 'Beras dan beras.'), { id: 't', type: 'table', rows: [['beras (kg)']] }).run(lookFor('beras', false));
    assert.equal(finding.getState(desk.state)!.matches.length, 3);
    desk.run(lookFor('(kg)', false));
    assert.equal(finding.getState(desk.state)!.matches.length, 1);
    desk.run(lookFor('beras', true)).run(replace('gula', true));
    assert.deepEqual(desk.bare, [{ type: 'paragraph', text: 'Beras dan gula.' }, { type: 'table', rows: [['gula (kg)']] }]);
});
