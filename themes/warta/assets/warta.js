// What a page does beyond being read: it counts the read, keeps its live lists as they are now, and copies its address.
// Pages are complete without this file.

const article = document.querySelector("article[data-article]");

/* The read beacon. A story counts as read once its page has been visible for five seconds in all: time in a background tab does not
   count, nor does a page that the browser fetched ahead and nobody opened. */

const enough = 5000;

/* Which list or link of ours led here: remembered in the tab for the next page alone, and told with its read. */

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const block = link?.closest("[data-block]")?.dataset.block ?? (link?.closest("[data-body]") ? "text" : null);
  if (!block || link.origin !== location.origin) return;
  try {
    sessionStorage.setItem("led", JSON.stringify({ to: link.pathname, from: Number(article?.dataset.article ?? 0), block }));
  } catch {
    // The browser keeps nothing.
  }
});

function led() {
  try {
    const { to, from, block } = JSON.parse(sessionStorage.getItem("led"));
    sessionStorage.removeItem("led");
    return to === location.pathname ? { from, block } : {};
  } catch {
    return {};
  }
}

function countRead() {
  const way = led();
  let seen = 0;
  let visibleSince = null;
  let timer;

  const report = () => {
    document.removeEventListener("visibilitychange", follow);
    const body = JSON.stringify({ article: Number(article.dataset.article), ...way });
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

/* Live lists. Each says where it is to be had, after how many seconds to ask again, and which version it shows (data-live, data-every,
   data-version). The server answers that nothing has changed, or with the list as it is now and what follows further down. That is the
   same for many pages, so the page chooses from it as the server would: no story in two lists, nor the page's own. */

const order = ["related", "picks", "popular", "latest"];
const slow = 60;
const longest = 300;

const lists = order
  .map((name) => document.querySelector(`[data-live][data-block="${name}"]`))
  .filter(Boolean)
  .map((block) => ({ block, html: htmlOf(rowsOf(block)), every: Number(block.dataset.every), candidates: null, count: 0 }));

function itemsOf(block) {
  return block.querySelector("ol, ul");
}

function rowsOf(block) {
  return [...(itemsOf(block)?.children ?? [])];
}

function htmlOf(rows) {
  return rows.map((row) => row.outerHTML).join("");
}

/** Whether the list has changed. Without a version it comes in any case. */
async function ask(list, version) {
  const url = new URL(list.block.dataset.live, location.href);
  if (version) url.searchParams.set("v", version);
  // Never what the browser has kept, however young.
  const answer = await fetch(url, { cache: "no-cache" });
  if (answer.status === 304) return false;
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-block]");
  const rows = fresh ? rowsOf(fresh) : [];
  list.candidates = [...rows, ...(fresh?.querySelector("[data-spare]")?.children ?? [])];
  list.count = rows.length;
  list.block.dataset.version = fresh?.dataset.version ?? "";
  // None where the title wants no asking any more.
  if (fresh) list.every = Number(fresh.dataset.every ?? 0);
  return htmlOf(rows) !== list.html;
}

async function askAll() {
  const changed = await Promise.all(lists.map((list) => ask(list, list.block.dataset.version)));
  const first = changed.indexOf(true);
  if (first < 0) return;
  // Those after it choose anew, and may need what follows further down theirs.
  await Promise.all(lists.slice(first + 1).filter((list) => !list.candidates).map((list) => ask(list)));
}

/** The lists that are to change, with their rows. */
function choose() {
  const shown = new Set(article ? [article.dataset.article] : []);
  const changes = [];
  for (const list of lists) {
    const rows = list.candidates?.filter((row) => !shown.has(row.dataset.id)).slice(0, list.count) ?? rowsOf(list.block);
    for (const row of rows) shown.add(row.dataset.id);
    if (list.candidates && htmlOf(rows) !== list.html) changes.push([list, rows]);
  }
  return changes;
}

function show([list, chosen]) {
  const items = itemsOf(list.block);
  const before = rowsOf(list.block);
  const known = new Set(before.map((row) => row.dataset.id));
  const heights = before.map(heightOf);
  const focused = items.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const rows = chosen.map((row) => row.cloneNode(true));
  for (const row of rows) row.classList.toggle("fresh", !known.has(row.dataset.id));
  list.html = htmlOf(chosen);
  list.block.hidden = rows.length === 0;
  items.replaceChildren(...rows);
  // Below what is being read a list may take the room that it needs.
  if (rows.length === heights.length && list.block.getBoundingClientRect().top < innerHeight) hold(rows, heights);
  if (focused) linkIn(rows, focused)?.focus({ preventScroll: true });
}

/** Nothing moves under the reader's eyes: each row takes the room of the one that stood there, and a longer headline ends in dots. */
function hold(rows, heights) {
  rows.forEach((row, i) => { row.style.minHeight = `${heights[i]}px`; });
  rows.forEach((row, i) => {
    const over = heightOf(row) - heights[i];
    if (over < 1) return;
    const link = row.querySelector("a");
    const lines = Math.round((heightOf(link) - over) / parseFloat(getComputedStyle(link).lineHeight));
    Object.assign(link.style, { display: "-webkit-box", webkitBoxOrient: "vertical", webkitLineClamp: Math.max(1, lines), overflow: "hidden" });
  });
}

function heightOf(element) {
  return element.getBoundingClientRect().height;
}

function linkIn(rows, href) {
  return rows.flatMap((row) => [...row.querySelectorAll("a")]).find((link) => link.getAttribute("href") === href);
}

/** Whoever stands on a link by keyboard keeps it: a change that takes it away waits. */
function takesFocusAway([list, rows]) {
  const focused = document.activeElement;
  return itemsOf(list.block).contains(focused) && !linkIn(rows, focused.getAttribute("href"));
}

function keepLive() {
  let failures = 0;
  let isAsking = false;
  let timer;

  const next = () => {
    clearTimeout(timer);
    const every = Math.min(...lists.map((list) => list.every));
    if (!every) return;
    const wait = Math.max(Math.min(every * 2 ** failures, Math.max(every, longest)), document.hidden ? slow : 0);
    // Spread by a fifth either way, so that readers who came together don't ask together.
    timer = setTimeout(round, wait * 1000 * (0.8 + 0.4 * Math.random()));
  };

  const round = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      await askAll();
      const changes = choose();
      if (!changes.some(takesFocusAway)) changes.forEach(show);
      failures = 0;
    } catch {
      failures++;
    }
    isAsking = false;
    next();
  };

  // A page that nobody looks at asks seldom, and at once when it is looked at again.
  document.addEventListener("visibilitychange", () => (document.hidden ? next() : round()));
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
