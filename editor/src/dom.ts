type Child = Node | string | null | undefined | false;

/** An element with its attributes and children; handlers are given as onclick and the like. Text is text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attrs: Record<string, unknown> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attrs)) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener);
        else if (name in element && typeof value !== 'string') (element as Record<string, unknown>)[name] = value;
        else element.setAttribute(name, value === true ? '' : String(value));
    }

    element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
    return element;
}

export function debounce<A extends unknown[]>(work: (...args: A) => void, ms: number): ((...args: A) => void) & { now: (...args: A) => void } {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (...args: A) => {
        clearTimeout(timer);
        timer = setTimeout(() => work(...args), ms);
    };
    later.now = (...args: A) => {
        clearTimeout(timer);
        work(...args);
    };
    return later;
}
