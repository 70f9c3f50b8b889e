import type { Keep, Kept } from './keep.ts';

const PREFIX = 'warta-last:';

/**
 * What a page hands over as it goes. The browser's database undoes what it hasn't finished when the page is gone, and a request may go down with it too;
 * what is written to localStorage stays for sure. It moves into the database with the next page.
 */
export function leave(kept: Kept): void {
    try {
        localStorage.setItem(PREFIX + kept.key, JSON.stringify(kept));
    } catch {
        // Full, or forbidden: then the database and the request must do.
    }
}

/** The page is still here, and the database has what it had left. */
export function stay(key: string): void {
    localStorage.removeItem(PREFIX + key);
}

/** Moves what pages left behind into the database. */
export async function collect(keep: Keep<Kept>): Promise<void> {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
        const text = localStorage.getItem(name);
        if (text === null) continue;
        const left = JSON.parse(text) as Kept;
        const kept = await keep.get(left.key);
        if (kept && kept.at >= left.at || await keep.put(left)) {
            // Unless it has been written anew meanwhile.
            if (localStorage.getItem(name) === text) localStorage.removeItem(name);
        }
    }
}

/** A page may go after the next one has come: its last words are heard of then. */
export function onLeft(story: string, me: string, work: (left: Kept) => void): void {
    addEventListener('storage', (event) => {
        if (!event.key?.startsWith(PREFIX) || event.newValue === null) return;
        const left = JSON.parse(event.newValue) as Kept;
        if (left.story === story && left.me === me) work(left);
    });
}
