import { ellipsis, emDash, InputRule, inputRules, textblockTypeInputRule } from 'prosemirror-inputrules';
import type { MarkType } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

/** What people who know Markdown type. Each can be undone by backspace at once. */
export const rules = inputRules({
    rules: [
        emDash,
        ellipsis,
        textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading!, (match) => ({ level: Math.max(2, match[1]!.length + 1 > 4 ? 4 : match[1]!.length + 1) })),
        listRule(/^\s*[-*•]\s$/, 'bullet_list'),
        listRule(/^\s*1[.)]\s$/, 'ordered_list'),
        new InputRule(/^>\s$/, (state, _, start, end) => {
            const $start = state.doc.resolve(start);
            if ($start.parent.type !== nodes.paragraph || $start.depth !== 1) return null;
            return state.tr.delete(start, end).replaceRangeWith($start.before(), $start.after() - (end - start), nodes.quote!.create(null, nodes.quote_text!.create(null, $start.parent.content.cut(end - start))));
        }),
        // Two hyphens have become a dash by the time the third is typed.
        new InputRule(/^(---|—-|\*\*\*|___)$/, (state, _, start) => {
            const $start = state.doc.resolve(start);
            if ($start.depth !== 1 || $start.parent.textContent.trim().length > 2) return null;
            const change = state.tr.replaceWith($start.before(), $start.after(), [nodes.divider!.create(), nodes.paragraph!.create()]);
            return change.setSelection(TextSelection.create(change.doc, $start.before() + 2));
        }),
        markRule(/(?:^|[\s([])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, marks.bold!, 2),
        markRule(/(?:^|[\s([])(?:\*|_)([^*_\s](?:[^*_]*[^*_\s])?)(?:\*|_)$/, marks.italic!, 1),
    ],
});

function listRule(pattern: RegExp, type: 'bullet_list' | 'ordered_list'): InputRule {
    return new InputRule(pattern, (state, _, start, end) => {
        const $start = state.doc.resolve(start);
        if ($start.parent.type !== nodes.paragraph) return null;
        const item = nodes.list_item!.create(null, $start.parent.content.cut(end - $start.start()));
        const at = $start.before();
        const change = state.tr.replaceWith(at, $start.after(), nodes[type]!.create({ id: $start.parent.attrs.id }, item));
        return change.setSelection(TextSelection.near(change.doc.resolve(at + 2)));
    });
}

/** Text between marks becomes marked, and the marks go. */
function markRule(pattern: RegExp, type: MarkType, length: number): InputRule {
    return new InputRule(pattern, (state, match, start, end) => {
        const inside = match[1]!;
        const from = start + match[0].indexOf('*' === match[0].at(-1) || '_' === match[0].at(-1) ? match[0].at(-1)! : '*');
        return state.tr.delete(end - (length - 1), end).delete(from, from + length).addMark(from, from + inside.length, type.create()).removeStoredMark(type);
    });
}
