// The read beacon. A story counts as read once its page has been visible for five seconds in all: time in a background
// tab does not count, nor does a page that the browser fetched ahead and nobody opened. Pages are complete without this file.

const enough = 5000;

function countRead(article) {
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

const article = document.querySelector("article[data-article]");

// A browser driven by a program is no reader.
if (article && !navigator.webdriver) {
  if (document.prerendering) document.addEventListener("prerenderingchange", () => countRead(article), { once: true });
  else countRead(article);
}
