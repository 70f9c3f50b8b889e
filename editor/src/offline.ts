import { script, WORKER } from './trust.ts';

/** Story pages that were open once open again without a network (docs/decisions/0019). Only where the page comes by TLS or from this machine. */
export function keepOffline(): void {
    if (!('serviceWorker' in navigator)) return;
    navigator.serviceWorker.register(script(WORKER), { scope: '/newsroom/' })
        .then(() => navigator.serviceWorker.ready)
        // The first page was loaded before there was a worker to keep it.
        .then((registration) => registration.active?.postMessage({ keep: location.pathname, files: performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.includes('/newsroom/assets/')) }))
        .catch(() => {});
}
