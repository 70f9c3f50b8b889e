// The board follows the newsroom: a few bytes every few seconds say whether anything happened; then the columns that changed are put in, and whoever stood on a card stands on it still.
const board = document.querySelector('.board');
const EVERY = 5000;

function read() {
    return new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open('GET', location.href);
        request.responseType = 'document';
        request.onload = () => done(request.status === 200 ? request.response : null);
        request.onerror = () => done(null);
        request.send();
    });
}

function follow(page) {
    const fresh = page.querySelector('.board');
    if (!fresh) return;
    board.dataset.number = fresh.dataset.number;
    const focused = document.activeElement?.closest('[data-card]');
    const what = document.activeElement?.nodeName;
    const known = new Set([...board.querySelectorAll('[data-column]')].flatMap((column) => [...column.querySelectorAll('[data-card]')].map((card) => column.id + card.dataset.card)));
    for (const column of fresh.querySelectorAll('[data-column]')) {
        const old = document.getElementById(column.id);
        if (!old || old.isEqualNode(column)) continue;
        const put = document.importNode(column, true);
        for (const card of put.querySelectorAll('[data-card]')) if (!known.has(column.id + card.dataset.card)) card.classList.add('fresh');
        old.replaceWith(put);
    }

    const stages = page.querySelector('.stages');
    if (stages) document.querySelector('.stages')?.replaceWith(document.importNode(stages, true));
    if (focused && !focused.isConnected) {
        const card = board.querySelector(`[data-card="${focused.dataset.card}"]`);
        (card?.querySelector(what === 'BUTTON' ? 'button' : 'a') ?? card?.querySelector('a'))?.focus();
    }
}

async function look() {
    if (document.hidden) return;
    const answer = await fetch('/newsroom/desk/number', { headers: { Accept: 'text/plain' }, redirect: 'error' }).catch(() => null);
    if (!answer?.ok || (await answer.text()) === board.dataset.number) return;
    const page = await read();
    if (page) follow(page);
}

if (board) {
    setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    // Arrows walk the board: up and down in a column, left and right between columns.
    board.addEventListener('keydown', (event) => {
        const card = event.target.closest('[data-card]');
        if (!card || event.altKey || event.ctrlKey || event.metaKey) return;
        const columns = [...board.querySelectorAll('[data-column]')].filter((column) => column.querySelector('[data-card]'));
        const at = columns.indexOf(card.closest('[data-column]'));
        const cards = [...columns[at].querySelectorAll('[data-card]')];
        const row = cards.indexOf(card);
        const sideways = getComputedStyle(board).direction === 'rtl' ? -1 : 1;
        const beside = (by) => {
            const next = columns[at + by]?.querySelectorAll('[data-card]');
            return next?.[Math.min(row, next.length - 1)];
        };
        const to = { ArrowDown: cards[row + 1], ArrowUp: cards[row - 1], ArrowRight: beside(sideways), ArrowLeft: beside(-sideways) }[event.key];
        if (!to) return;
        event.preventDefault();
        to.querySelector('a').focus();
    });
}

// Beside a time to choose: the reader's date in words, and one's own where it differs.
for (const field of document.querySelectorAll('input[type="datetime-local"][data-zone]')) {
    const hint = field.closest('label').parentElement.querySelector('[data-moment]');
    if (!hint) continue;
    const language = document.documentElement.lang;
    const offset = (moment, zone) => {
        const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(moment).map((part) => [part.type, part.value]));
        return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - moment;
    };
    const say = () => {
        if (!field.value) return void (hint.textContent = '');
        const wall = Date.parse(field.value + 'Z');
        let moment = wall - offset(wall, field.dataset.zone);
        moment = wall - offset(moment, field.dataset.zone);
        const words = (zone) => new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: 'full', timeStyle: 'short' }).format(moment);
        const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
        hint.textContent = words(field.dataset.zone) + (offset(moment, own) === offset(moment, field.dataset.zone) ? '' : ` (${language === 'en' ? 'with you' : 'di tempat Anda'}: ${words(own)})`);
    };
    field.addEventListener('input', say);
    say();
}
