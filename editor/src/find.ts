import { Plugin, PluginKey, TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

interface Match { from: number; to: number }
interface Found { wanted: string; isExact: boolean; matches: Match[]; at: number }

export const finding = new PluginKey<Found>('find');

/** Marks every place of what is looked for; the text is searched block by block, so that nothing is found across two. */
export const find = new Plugin<Found>({
    key: finding,
    state: {
        init: () => ({ wanted: '', isExact: false, matches: [], at: -1 }),
        apply(change, before, _, state) {
            const asked = change.getMeta(finding) as Partial<Found> | undefined;
            if (!asked && !change.docChanged) return before;
            const wanted = asked?.wanted ?? before.wanted;
            const isExact = asked?.isExact ?? before.isExact;
            const matches = wanted ? search(state, wanted, isExact) : [];
            const at = asked?.at ?? before.at;
            return { wanted, isExact, matches, at: matches.length === 0 ? -1 : Math.max(0, Math.min(at, matches.length - 1)) };
        },
    },
    props: {
        decorations(state) {
            const { matches, at } = finding.getState(state)!;
            return DecorationSet.create(state.doc, matches.map((match, i) => Decoration.inline(match.from, match.to, { class: i === at ? 'found here' : 'found' })));
        },
    },
});

function search(state: EditorState, wanted: string, isExact: boolean): Match[] {
    const matches: Match[] = [];
    const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), isExact ? 'gu' : 'giu');
    state.doc.descendants((node, at) => {
        if (!node.isTextblock) return true;
        const text = node.textBetween(0, node.content.size, undefined, '\ufffc');
        for (const match of text.matchAll(pattern)) if (match[0].length > 0) matches.push({ from: at + 1 + match.index, to: at + 1 + match.index + match[0].length });
        return false;
    });
    return matches;
}

export const lookFor = (wanted: string, isExact: boolean): Command => (state, dispatch) => {
    dispatch?.(state.tr.setMeta(finding, { wanted, isExact, at: 0 }));
    return true;
};

export const step = (by: 1 | -1): Command => (state, dispatch) => {
    const { matches, at } = finding.getState(state)!;
    if (matches.length === 0) return false;
    const next = (at + by + matches.length) % matches.length;
    const match = matches[next]!;
    dispatch?.(state.tr.setMeta(finding, { at: next }).setSelection(TextSelection.create(state.doc, match.from, match.to)).scrollIntoView());
    return true;
};

/** Replaces the place that is marked, or all of them in one step that undo takes back. */
export const replace = (by: string, all: boolean): Command => (state, dispatch) => {
    const { matches, at } = finding.getState(state)!;
    const chosen = all ? matches : matches.slice(at, at + 1);
    if (chosen.length === 0) return false;
    const change = state.tr;
    for (const match of [...chosen].reverse()) {
        if (by) change.insertText(by, match.from, match.to);
        else change.delete(match.from, match.to);
    }

    dispatch?.(change.scrollIntoView());
    return true;
};
