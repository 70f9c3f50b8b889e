// Asks before scripts of others load, and loads those that the reader has agreed to. What the reader chose stays in this
// browser. One that says "do not sell or share" (Global Privacy Control) has refused already, and isn't asked.

const key = "warta.consent";
const source = document.getElementById("consent");
const { version, css } = source.dataset;
const vendors = [...source.content.querySelectorAll("[data-vendor]")].map((mark) => mark.dataset);
const button = document.querySelector("[data-privacy]");
let dialog;
let loaded;

function chosen() {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept?.version === version && Array.isArray(kept.granted) ? kept.granted : null;
  } catch {
    return null;
  }
}

function keep(granted) {
  try {
    localStorage.setItem(key, JSON.stringify({ version, granted }));
  } catch {
    // Storage is off: the choice holds for this page.
  }
}

// A consent manager comes along with whatever needs it, and first, as the page lists it.
const wants = (granted, purpose) => (purpose === "consent" ? granted.length > 0 : granted.includes(purpose));

function load(granted, before = []) {
  for (const { vendor, purpose } of vendors) {
    if (!wants(granted, purpose) || wants(before, purpose)) continue;
    const script = document.createElement("script");
    script.async = false;
    script.src = vendor;
    document.head.append(script);
  }
  if (!granted.includes("ads")) closeEmptySlots();
}

// Only where nothing that is being read would move: below the screen.
function closeEmptySlots() {
  for (const slot of document.querySelectorAll("[data-ad]:empty")) {
    if (slot.getBoundingClientRect().top > innerHeight) slot.parentElement.hidden = true;
  }
}

function decide(granted) {
  const before = loaded ?? [];
  loaded = granted;
  keep(granted);
  hide();
  // What has loaded can't be unloaded, but the page can be had without it.
  if (before.some((purpose) => !granted.includes(purpose))) location.reload();
  else load(granted, before);
}

function hide() {
  const inside = dialog.contains(document.activeElement);
  dialog.close();
  if (inside) button?.focus({ preventScroll: true });
}

async function ask(focus) {
  if (!dialog) {
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: css });
    const styled = new Promise((done) => { style.onload = style.onerror = done; });
    document.head.append(style);
    await styled;
    dialog = source.content.querySelector("dialog").cloneNode(true);
    // Behind the link to the content, so that it is found early by keyboard without taking the focus.
    document.body.firstElementChild.after(dialog);
    const boxes = [...dialog.querySelectorAll("input")];
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const choice = event.submitter?.value;
      decide(boxes.filter((box) => choice === "all" || (choice === "some" && box.checked)).map((box) => box.value));
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
  }
  for (const box of dialog.querySelectorAll("input")) box.checked = loaded?.includes(box.value) ?? false;
  dialog.setAttribute("open", "");
  if (focus) dialog.querySelector("h2").focus();
}

loaded = chosen() ?? (navigator.globalPrivacyControl ? [] : null);
if (loaded) load(loaded);
else ask(false);
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => ask(true));
}
