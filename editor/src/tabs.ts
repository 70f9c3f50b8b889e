/** This load of the page. It holds a lock as long as it lives, by which other tabs know whether what it kept is still in somebody's hands. */
export const tab = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const name = (id: string): string => `warta-tab-${id}`;

// Only where the page comes by TLS or from this machine.
const locks = (navigator as { locks?: LockManager }).locks;

void locks?.request(name(tab), () => new Promise<void>(() => {}));

/** Comes true once the tab is gone: at once, when it is gone already. Null: nobody can tell. */
export function gone(id: string): Promise<void> | null {
    return locks ? locks.request(name(id), () => {}).then(() => {}) : null;
}
