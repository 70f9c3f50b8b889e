import { Plugin, PluginKey, type Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { h } from './dom.ts';
import { t } from './words.ts';

export interface Choice { name: string; words: string; hint: string; run: (view: EditorView) => void }

interface Open { from: number; query: string }
const key = new PluginKey<Open | null>('slash');

/** A menu of blocks at the cursor, opened by "/" at the beginning of an empty paragraph or after a space. The keys stay in the text; the menu only follows. */
export function slash(choices: () => Choice[]): Plugin<Open | null> {
    let menu: Menu | null = null;
    return new Plugin<Open | null>({
        key,
        state: {
            init: () => null,
            apply(change, before, _, state) {
                if (change.getMeta(key) === 'close') return null;
                const { $from, empty } = state.selection;
                if (!empty || !$from.parent.isTextblock || $from.parent.type.name !== 'paragraph') return null;
                const match = /(?:^|\s)\/([\p{L}\d-]{0,20})$/u.exec($from.parent.textBetween(0, $from.parentOffset, undefined, ' '));
                // Once closed it stays closed until another slash is typed.
                if (!match || (!before && !change.docChanged)) return null;
                return { from: $from.pos - match[1]!.length - 1, query: match[1]!.toLowerCase() };
            },
        },
        props: {
            handleKeyDown: (view, event) => menu?.key(view, event) ?? false,
            attributes: (state): Record<string, string> => (key.getState(state) ? { 'aria-controls': 'slash-menu', 'aria-autocomplete': 'list' } : {}),
        },
        view: (view) => {
            menu = new Menu(view, choices);
            return { update: (now) => menu!.follow(now), destroy: () => menu!.destroy() };
        },
    });
}

export const closeSlash: Command = (state, dispatch) => {
    if (!key.getState(state)) return false;
    dispatch?.(state.tr.setMeta(key, 'close'));
    return true;
};

class Menu {
    private readonly list = h('ul', { id: 'slash-menu', class: 'menu', role: 'listbox', tabindex: '0', hidden: true, onmousedown: (event: Event) => event.preventDefault() });
    private shown: Choice[] = [];
    private at = 0;

    constructor(view: EditorView, private readonly choices: () => Choice[]) {
        this.list.setAttribute('aria-label', t('Sisipkan', 'Insert'));
        view.dom.parentElement!.append(this.list);
    }

    follow(view: EditorView): void {
        const open = key.getState(view.state);
        if (!open) {
            this.list.hidden = true;
            return;
        }

        const before = this.shown[this.at];
        this.shown = this.choices().filter((choice) => `${choice.name} ${choice.words}`.toLowerCase().split(' ').some((word) => word.startsWith(open.query)));
        this.at = Math.max(0, before ? this.shown.findIndex((choice) => choice.name === before.name) : 0);
        this.list.hidden = this.shown.length === 0;
        this.list.replaceChildren(...this.shown.map((choice, i) => h('li', { role: 'option', id: `slash-${i}`, 'aria-selected': i === this.at ? 'true' : 'false', onmousedown: (event: Event) => { event.preventDefault(); this.take(view, choice); } }, h('b', {}, choice.name), h('small', {}, choice.hint))));
        const place = view.coordsAtPos(open.from);
        const box = view.dom.parentElement!.getBoundingClientRect();
        this.list.style.insetInlineStart = `${Math.max(0, Math.min(place.left - box.left, box.width - 260))}px`;
        this.list.style.top = `${place.bottom - box.top + 4}px`;
    }

    key(view: EditorView, event: KeyboardEvent): boolean {
        if (this.list.hidden) return false;
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            this.at = (this.at + (event.key === 'ArrowDown' ? 1 : -1) + this.shown.length) % this.shown.length;
            this.list.querySelectorAll('li').forEach((item, i) => item.setAttribute('aria-selected', i === this.at ? 'true' : 'false'));
            this.list.children[this.at]?.scrollIntoView({ block: 'nearest' });
            view.dom.setAttribute('aria-activedescendant', `slash-${this.at}`);
            return true;
        }

        if (event.key === 'Enter' || event.key === 'Tab') {
            this.take(view, this.shown[this.at]!);
            return true;
        }

        return event.key === 'Escape' && closeSlash(view.state, view.dispatch);
    }

    destroy(): void {
        this.list.remove();
    }

    private take(view: EditorView, choice: Choice): void {
        const open = key.getState(view.state)!;
        view.dispatch(view.state.tr.delete(open.from, view.state.selection.from).setMeta(key, 'close'));
        choice.run(view);
        view.focus();
    }
}
