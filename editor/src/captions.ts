import type { Inline, Span } from './blocks.ts';
import { plainText } from './diff.ts';

/** A caption after somebody has typed in it: what is marked or linked in it and wasn't touched stays so. */
export function retyped(before: Inline | null, now: string): Inline {
    if (before === null || typeof before === 'string') return now;
    const was = plainText(before);
    let start = 0;
    while (start < was.length && start < now.length && was[start] === now[start]) start++;
    let end = was.length;
    for (let tail = now.length; end > start && tail > start && was[end - 1] === now[tail - 1]; tail--) end--;
    const typed = now.slice(start, now.length - (was.length - end));
    const spans: Span[] = [...cut(before, 0, start)];
    const last = spans.at(-1);
    // What is typed takes on the marks of what it follows.
    if (typed && last) last.text += typed;
    else if (typed) spans.push({ text: typed });
    for (const span of cut(before, end, was.length)) {
        const above = spans.at(-1);
        if (above && JSON.stringify({ ...above, text: '' }) === JSON.stringify({ ...span, text: '' })) above.text += span.text;
        else spans.push(span);
    }

    return spans.every((span) => Object.keys(span).length === 1) ? spans.map((span) => span.text).join('') : spans;
}

function cut(spans: Span[], from: number, to: number): Span[] {
    const cuts: Span[] = [];
    let at = 0;
    for (const span of spans) {
        const text = span.text.slice(Math.max(0, from - at), Math.max(0, to - at));
        if (text) cuts.push({ ...span, text });
        at += span.text.length;
    }

    return cuts;
}
