// Keeps the story pages that somebody has opened, and the newsroom's style and scripts, so that they open without a network (docs/decisions/0019). A page is only ever taken from here
// when the network fails. Whoever signs out takes all of it away.
const PAGES = 'pages', FILES = 'files', MOST = 30;
const isStory = (url) => /^\/newsroom\/stories\/\d+$/.test(url.pathname);
const isFile = (url) => url.pathname.startsWith('/newsroom/assets/');

self.addEventListener('install', (event) => {
    // What a page sends as it goes would go down with it on its way through here.
    event.addRoutes?.({ condition: { requestMethod: 'POST', urlPattern: '/newsroom/stories/*' }, source: 'network' });
    self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
    if (!event.data?.keep) return;
    event.waitUntil((async () => {
        const page = new URL(event.data.keep, location.origin);
        if (isStory(page)) await keepPage(page, await fetch(page, { credentials: 'same-origin', redirect: 'manual' }).catch(() => null));
        const files = await caches.open(FILES);
        for (const address of event.data.files ?? []) {
            const url = new URL(address);
            if (url.origin === location.origin && isFile(url) && !(await files.match(url))) await files.add(url).catch(() => {});
        }
    })());
});

self.addEventListener('fetch', (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.method === 'POST' && url.pathname.startsWith('/newsroom/sign-out')) event.waitUntil(caches.delete(PAGES));
    if (request.method !== 'GET') return;
    if (request.mode === 'navigate' && isStory(url)) event.respondWith(story(event, url));
    else if (isFile(url)) event.respondWith(file(event, url));
});

async function story(event, url) {
    try {
        const answer = await fetch(event.request);
        if (answer.status >= 502) throw new Error(String(answer.status));
        event.waitUntil(keepPage(url, answer.clone()));
        return answer;
    } catch (e) {
        const kept = await (await caches.open(PAGES)).match(url.pathname);
        if (kept) return kept;
        throw e;
    }
}

async function keepPage(url, answer) {
    const pages = await caches.open(PAGES);
    // Signed out, or not theirs any more: then it isn't to be read here either.
    if (answer && (answer.type === 'opaqueredirect' || answer.redirected || [401, 403, 404, 410].includes(answer.status))) return void (await pages.delete(url.pathname));
    if (!answer?.ok) return;
    await pages.delete(url.pathname);
    await pages.put(url.pathname, answer);
    for (const old of (await pages.keys()).slice(0, -MOST)) await pages.delete(old);
}

async function file(event, url) {
    const files = await caches.open(FILES);
    const kept = await files.match(event.request);
    if (kept) return kept;
    const answer = await fetch(event.request).catch(async (e) => {
        const other = await files.match(event.request, { ignoreSearch: true });
        if (other) return other;
        throw e;
    });
    if (answer.ok && url.searchParams.has('v')) {
        const copy = answer.clone();
        event.waitUntil((async () => {
            // One version of each.
            for (const old of await files.keys()) if (new URL(old.url).pathname === url.pathname) await files.delete(old);
            await files.put(event.request, copy);
        })());
    }

    return answer;
}
