// What a page does beyond being read: it counts the read, keeps its live lists as they are now, and copies its address.
// Pages are complete without this file.

const article = document.querySelector("article[data-article]");

/* The read beacon. A story counts as read once its page has been visible for five seconds in all: time in a background tab does not
   count, nor does a page that the browser fetched ahead and nobody opened. */

const enough = 5000;

function countRead() {
  let seen = 0;
  let visibleSince = null;
  let timer;

  const report = () => {
    document.removeEventListener("visibilitychange", follow);
    const body = JSON.stringify({ article: Number(article.dataset.article) });
    navigator.sendBeacon("/_/read", new Blob([body], { type: "application/json" }));
  };

  const follow = () => {
    clearTimeout(timer);
    if (visibleSince !== null) seen += performance.now() - visibleSince;
    const visible = document.visibilityState === "visible";
    visibleSince = visible ? performance.now() : null;
    if (visible) timer = setTimeout(report, Math.max(0, enough - seen));
  };

  document.addEventListener("visibilitychange", follow);
  follow();
}

// Asked for only where the title has vendors.
const consent = document.getElementById("consent");
if (consent) import(consent.dataset.module);

// A browser driven by a program is no reader.
if (article && !navigator.webdriver) {
  if (document.prerendering) document.addEventListener("prerenderingchange", countRead, { once: true });
  else countRead();
}

/* Live lists. Each says where it is to be had and after how many seconds (data-live, data-every). They are asked for in the order in
   which the server chooses them, each without what those before it show, and change together: no story ever stands in two of them. */

const order = ["related", "picks", "popular", "latest"];
const longest = 300;

const lists = [...document.querySelectorAll("[data-live]")]
  .sort((a, b) => order.indexOf(a.dataset.block) - order.indexOf(b.dataset.block))
  .map((block) => ({ block, inSight: false, html: itemsOf(block).innerHTML, ids: idsOf(block) }));

function itemsOf(block) {
  return block.querySelector("ol, ul");
}

function idsOf(block) {
  return [...block.querySelectorAll("[data-id]")].map((item) => item.dataset.id);
}

async function ask(list, shown) {
  const url = new URL(list.block.dataset.live, location.href);
  const less = [url.searchParams.get("less"), ...shown].filter(Boolean).join();
  if (less) url.searchParams.set("less", less);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-block]");
  return fresh ? { items: itemsOf(fresh), ids: idsOf(fresh) } : { items: null, ids: [] };
}

async function askAll() {
  const shown = new Set();
  const changes = [];
  for (const list of lists) {
    let ids = list.ids;
    // Out of sight a list may wait, unless one before it has just taken a story of its own.
    if (list.inSight || list.block.hidden || ids.some((id) => shown.has(id))) {
      const fresh = await ask(list, shown);
      ids = fresh.ids;
      if ((fresh.items?.innerHTML ?? "") !== list.html) changes.push([list, fresh]);
    }
    ids.forEach((id) => shown.add(id));
  }
  return changes;
}

function change([list, fresh]) {
  const items = itemsOf(list.block);
  const focused = items.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const before = list.ids;
  list.html = fresh.items?.innerHTML ?? "";
  list.ids = fresh.ids;
  list.block.hidden = !fresh.items;
  items.replaceChildren(...(fresh.items?.children ?? []));
  for (const item of items.children) if (!before.includes(item.dataset.id)) item.classList.add("fresh");
  if (focused) linkIn(items, focused)?.focus({ preventScroll: true });
}

function linkIn(items, href) {
  return [...items.querySelectorAll("a")].find((link) => link.getAttribute("href") === href);
}

/** Whoever stands on a link by keyboard keeps it: a change that takes it away waits. */
function takesFocusAway([list, fresh]) {
  const focused = document.activeElement;
  return itemsOf(list.block).contains(focused) && !(fresh.items && linkIn(fresh.items, focused.getAttribute("href")));
}

function keepLive() {
  const every = Math.max(1, Math.min(...lists.map((list) => Number(list.block.dataset.every) || 10)));
  let wait = every;
  let isAsking = false;
  let timer;

  const next = () => {
    clearTimeout(timer);
    // Spread by a fifth either way, so that readers who came together don't ask together.
    timer = setTimeout(round, wait * 1000 * (0.8 + 0.4 * Math.random()));
  };

  const round = async () => {
    // A page that nobody looks at asks for nothing; it does when it is looked at again.
    if (document.hidden || !navigator.onLine || isAsking) return;
    isAsking = true;
    try {
      const changes = await askAll();
      if (!changes.some(takesFocusAway)) changes.forEach(change);
      wait = every;
    } catch {
      wait = Math.min(wait * 2, longest);
    }
    isAsking = false;
    next();
  };

  const sight = new IntersectionObserver((entries) => {
    for (const entry of entries) lists.find((list) => list.block === entry.target).inSight = entry.isIntersecting;
  });
  for (const list of lists) sight.observe(list.block);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) round(); });
  addEventListener("online", round);
  next();
}

if (lists.length > 0 && !navigator.connection?.saveData) keepLive();

/* Copying the address of a story */

async function copy(text) {
  // Browsers lend the clipboard only to pages that came over TLS.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.nextElementSibling.textContent = button.dataset.copied;
  });
}
