import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { keysOf, type Action } from './actions.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { t } from './words.ts';

/** One stop for the Tab key; arrows go along the buttons, Escape leads back into the text. */
export class Toolbar {
    readonly element: HTMLElement;
    private readonly buttons: { button: HTMLButtonElement; action: Action }[] = [];

    constructor(groups: Action[][], private readonly view: () => EditorView) {
        this.element = h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': t('Alat tulis', 'Writing tools'), 'aria-controls': 'story-text', onkeydown: (event: Event) => this.key(event as KeyboardEvent) },
            ...groups.map((group) => h('div', { class: 'group', role: 'group' }, ...group.map((action) => this.button(action)))));
        this.buttons[0]!.button.tabIndex = 0;
    }

    follow(state: EditorState): void {
        for (const { button, action } of this.buttons) {
            if (action.isOn) button.setAttribute('aria-pressed', String(action.isOn(state)));
            // Not "disabled": the button keeps its place in the order of focus.
            if (action.can) button.setAttribute('aria-disabled', String(!action.can(state)));
        }
    }

    focus(): void {
        (this.buttons.find(({ button }) => button.tabIndex === 0) ?? this.buttons[0]!).button.focus();
    }

    private button(action: Action): HTMLButtonElement {
        const title = action.keys ? `${action.name} (${keysOf(action.keys)})` : action.name;
        const button = h('button', { type: 'button', tabindex: '-1', title, 'aria-label': action.name, class: action.css, onmousedown: (event: Event) => event.preventDefault(), onclick: () => this.run(button, action) }, icon(action.icon) as Node);
        if (action.keys) button.setAttribute('aria-keyshortcuts', action.keys.replace('Mod', 'Control'));
        this.buttons.push({ button, action });
        return button;
    }

    private run(button: HTMLButtonElement, action: Action): void {
        if (button.getAttribute('aria-disabled') === 'true') return;
        const view = this.view();
        view.focus();
        action.run(view);
    }

    private key(event: KeyboardEvent): void {
        const at = this.buttons.findIndex(({ button }) => button === document.activeElement);
        const isRtl = getComputedStyle(this.element).direction === 'rtl';
        const last = this.buttons.length - 1;
        const to = event.key === 'Home' ? 0 : event.key === 'End' ? last
            : event.key === 'ArrowRight' ? at + (isRtl ? -1 : 1) : event.key === 'ArrowLeft' ? at + (isRtl ? 1 : -1) : null;
        if (event.key === 'Escape') this.view().focus();
        if (to === null || at < 0) return;
        event.preventDefault();
        const next = this.buttons[(to + last + 1) % (last + 1)]!.button;
        this.buttons[at]!.button.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
    }
}
