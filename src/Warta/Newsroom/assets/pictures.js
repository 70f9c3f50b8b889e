// Pictures: upload in pieces that survives a lost network, the focus on the picture, and a picker. Without this file forms do the same work.
const piece = 512 * 1024;
const largest = 30 * 1024 * 1024;

const element = (name, attributes = {}, ...children) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
};

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function keyOf(file) {
    const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Tries again until the network is back; a refusal is final, but for a piece that begins at the wrong place. */
async function post(address, proof, body, type, waiting) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 15000)) {
        const answer = await fetch(address, { method: 'POST', redirect: 'manual', headers: { 'X-Form': proof, Accept: 'application/json', 'Content-Type': type }, body }).catch(() => null);
        if (answer?.ok || answer?.status === 409) {
            const said = await answer.json();
            if (answer.ok || said.offset !== undefined) return said;
            throw new Error(said.message);
        }
        if (answer && answer.status < 500 && ![408, 429].includes(answer.status)) throw new Error((await answer.json().catch(() => ({}))).message ?? String(answer.status));
        waiting();
        await pause(wait);
    }
}

async function send(file, proof, progress, waiting) {
    const key = await keyOf(file);
    let at = await post('/newsroom/uploads', proof, JSON.stringify({ name: file.name, size: file.size, key }), 'application/json', waiting);
    while (!at.media) {
        progress(at.offset);
        at = await post(`/newsroom/uploads/${key}?offset=${at.offset}`, proof, file.slice(at.offset, at.offset + piece), 'application/octet-stream', waiting);
    }
    return at;
}

// Taking in, on the page of all pictures.
const form = document.querySelector('form[data-take-in]');
if (form && window.crypto?.subtle) {
    const input = form.elements.file;
    const list = form.querySelector('.sending');
    const words = form.dataset;
    input.required = false;
    form.querySelector('button').hidden = true;
    let turn = Promise.resolve();

    const take = (files) => {
        for (const file of files) {
            const bar = element('progress', { max: file.size || 1, value: 0 });
            bar.setAttribute('aria-label', file.name);
            const says = element('small');
            const row = element('li', {}, element('span', { textContent: file.name }), bar, says);
            list.append(row);
            // One after the other: a phone's network isn't divided.
            turn = turn.then(() => one(file, row, bar, says));
        }
    };

    const one = async (file, row, bar, says) => {
        const fail = (why) => {
            bar.remove();
            says.className = 'warning';
            says.textContent = why;
        };
        if (file.size > largest) return fail(words.tooLarge);
        try {
            const { media, picture } = await send(file, form.elements._form.value, (done) => { bar.value = done; says.textContent = ''; }, () => { says.textContent = words.waiting; });
            const image = picture && element('img', { src: picture.preview, alt: '', width: 60 });
            row.replaceChildren(...(image ? [image] : []), element('span', { textContent: file.name }), element('a', { href: `/newsroom/pictures/${media}`, textContent: words.done }));
        } catch (e) {
            fail(`${words.failed}: ${e.message}`);
        }
    };

    input.addEventListener('change', () => {
        take([...input.files]);
        input.value = '';
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    document.addEventListener('dragover', (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        form.classList.add('over');
    });
    document.addEventListener('dragleave', (event) => event.relatedTarget ?? form.classList.remove('over'));
    document.addEventListener('drop', (event) => {
        form.classList.remove('over');
        if (!event.dataTransfer?.files.length) return;
        event.preventDefault();
        take([...event.dataTransfer.files]);
    });
    document.addEventListener('paste', (event) => {
        if (event.clipboardData?.files.length) take([...event.clipboardData.files]);
    });
    window.addEventListener('beforeunload', (event) => {
        if (list.querySelector('progress')) event.preventDefault();
    });
}

// The focus: a click or the arrow keys on the picture; the crops follow before anything is saved.
const focus = document.querySelector('[data-focus]');
const focusForm = document.querySelector('[data-focus-form]');
if (focus && focusForm) {
    const image = focus.querySelector('img');
    const { x, y } = focusForm.elements;
    const mark = element('button', { type: 'button', className: 'mark' });
    mark.setAttribute('aria-label', x.closest('form').querySelector('.hint').textContent);
    focus.classList.add('live');
    focus.append(mark);

    // As the server cuts: the largest box of the proportion, moved towards the focus as far as the edges allow.
    const shift = (whole, part, percent) => {
        const room = whole - part;
        return room <= 0 ? 50 : Math.min(Math.max(whole * percent / 100 - part / 2, 0), room) / room * 100;
    };
    const show = (isNew = true) => {
        mark.style.left = `${x.value}%`;
        mark.style.top = `${y.value}%`;
        if (!isNew || !image.naturalWidth) return;
        const [width, height] = [image.naturalWidth, image.naturalHeight];
        for (const crop of document.querySelectorAll('[data-crop]')) {
            const [a, b] = crop.dataset.crop.split('/').map(Number);
            const [w, h] = width * b > height * a ? [height * a / b, height] : [width, width * b / a];
            const img = crop.querySelector('img');
            if (img.src !== image.src) img.src = image.src;
            img.style.objectPosition = `${shift(width, w, x.value)}% ${shift(height, h, y.value)}%`;
        }
    };
    const put = (left, top) => {
        x.value = Math.round(Math.min(Math.max(left, 0), 100));
        y.value = Math.round(Math.min(Math.max(top, 0), 100));
        show();
    };
    focus.addEventListener('click', (event) => {
        if (event.target === mark) return;
        const box = image.getBoundingClientRect();
        put((event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100);
        mark.focus();
    });
    mark.addEventListener('keydown', (event) => {
        const step = event.shiftKey ? 10 : 1;
        const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
        if (!move) return;
        event.preventDefault();
        put(Number(x.value) + move[0], Number(y.value) + move[1]);
    });
    for (const field of [x, y]) field.addEventListener('input', () => show());
    show(false);
}

// A form's picture, chosen from the list.
for (const picker of document.querySelectorAll('[data-picture-picker]')) {
    const input = picker.querySelector('input');
    const words = picker.dataset;
    const show = (preview) => {
        picker.querySelector('img')?.remove();
        if (preview) picker.prepend(element('img', { src: preview, alt: '', width: 80, height: 80 }));
    };
    const choose = element('button', { type: 'button', textContent: words.choose });
    const none = element('button', { type: 'button', className: 'quiet', textContent: words.none });
    picker.append(choose, none);
    none.addEventListener('click', () => {
        input.value = '';
        show(null);
    });
    choose.addEventListener('click', () => {
        const search = element('input', { type: 'search' });
        search.setAttribute('aria-label', words.search);
        search.placeholder = words.search;
        const close = element('button', { type: 'button', textContent: words.close });
        const found = element('ul', { className: 'pictures' });
        const dialog = element('dialog', { className: 'choose' }, element('div', { className: 'row' }, search, close), found);
        dialog.setAttribute('aria-label', words.choose);
        close.addEventListener('click', () => dialog.close());
        dialog.addEventListener('close', () => {
            dialog.remove();
            choose.focus();
        });
        let number = 0;
        const look = async () => {
            const mine = ++number;
            const answer = await fetch(`/newsroom/pictures?format=json&q=${encodeURIComponent(search.value)}`, { headers: { Accept: 'application/json' } }).catch(() => null);
            if (!answer?.ok || mine !== number) return;
            const pictures = await answer.json();
            found.replaceChildren(...pictures.map((picture) => {
                const name = picture.caption || picture.alt || `#${picture.id}`;
                const one = element('button', { type: 'button' }, element('img', { src: picture.preview, alt: '', loading: 'lazy' }), element('span', { className: 'name', textContent: name }));
                one.addEventListener('click', () => {
                    input.value = picture.id;
                    show(picture.preview);
                    dialog.close();
                });
                return element('li', {}, one);
            }));
            if (pictures.length === 0) found.append(element('li', { textContent: words.nothing }));
        };
        search.addEventListener('input', look);
        document.body.append(dialog);
        dialog.showModal();
        look();
    });
}
