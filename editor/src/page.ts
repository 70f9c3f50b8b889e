import { undo } from 'prosemirror-history';
import type { EditorView } from 'prosemirror-view';
import { actions, type Action } from './actions.ts';
import { apply } from './apply.ts';
import { Autosave } from './autosave.ts';
import type { Body } from './blocks.ts';
import * as commands from './commands.ts';
import { choose } from './conflict.ts';
import { minutes, wordsOf } from './counts.ts';
import { askEmbed, askLibrary, askLink, dialog } from './dialogs.ts';
import { debounce, h } from './dom.ts';
import { bodyOf, editor } from './editor.ts';
import { directionOf, FieldSet } from './fields.ts';
import { FindBar } from './findbar.ts';
import { fresh } from './ids.ts';
import { Keep, type Kept } from './keep.ts';
import { Lead } from './lead.ts';
import { settle, type Merged } from './merge.ts';
import { keepOffline } from './offline.ts';
import { toldDropped, type Dropped } from './paste.ts';
import { Previews } from './previews.ts';
import { recover } from './recover.ts';
import { restorePictures } from './restore.ts';
import { Server, type Draft, type Presence } from './server.ts';
import { Status } from './status.ts';
import { Toolbar } from './toolbar.ts';
import { Uploads } from './uploads.ts';
import { Waiting } from './waiting.ts';
import { speak, t } from './words.ts';

const EVERY = 15_000;

/** Takes over the plain form of a story. Everything stays in that form: where the script fails, it is still there. */
function begin(form: HTMLFormElement): void {
    const { story = '', me = '', base = '', version = '0', language = '', direction = '' } = form.dataset;
    const place = form.querySelector<HTMLElement>('[data-editor-place]')!;
    const plain = form.elements.namedItem('text') as HTMLTextAreaElement | null;
    const fields = new FieldSet(form);
    const server = new Server(base, me, form.elements.namedItem('_form') as HTMLInputElement);
    const body = JSON.parse(document.querySelector('script[data-body]')!.textContent!) as Body;

    // One place that says what happened, with a way back.
    const said = h('div', { class: 'editor-said', role: 'status', hidden: true });
    let silence: ReturnType<typeof setTimeout>;
    const say = (text: string, back?: () => void) => {
        clearTimeout(silence);
        said.replaceChildren(h('span', {}, text), back ? h('button', { type: 'button', onclick: () => { back(); said.hidden = true; view.focus(); } }, t('Urungkan', 'Undo')) : '');
        said.hidden = false;
        silence = setTimeout(() => { said.hidden = true; }, 15_000);
    };

    const waiting = new Waiting(story, me);
    const uploads = new Uploads(server, waiting, () => autosave.local(), say);
    const library = () => askLibrary(server);
    const windows = {
        async link() {
            const href = await askLink(commands.linkAround(view.state)?.href ?? '');
            view.focus();
            if (href === null) return;
            if (href && view.state.selection.empty && !commands.linkAround(view.state)) view.dispatch(view.state.tr.insertText(href).addMark(view.state.selection.from, view.state.selection.from + href.length, view.state.schema.marks.link!.create({ href })));
            else commands.link(href || null)(view.state, view.dispatch);
        },
        async picture() {
            const { closed } = dialog(t('Gambar', 'Picture'), [h('p', { class: 'hint' }, t('Gambar juga bisa ditempel, atau ditarik ke dalam naskah.', 'Pictures can be pasted or dragged into the text, too.'))], [
                { name: 'file', text: t('Dari berkas', 'From a file'), isMain: true },
                { name: 'camera', text: t('Kamera', 'Camera') },
                { name: 'library', text: t('Dari pustaka', 'From the library') },
                { name: '', text: t('Batal', 'Cancel') },
            ]);
            const way = await closed;
            if (way === 'file') filePicker.click();
            else if (way === 'camera') camera.click();
            else if (way === 'library') {
                const chosen = await library();
                if (chosen) commands.insert('figure', { media: chosen.id, alt: chosen.alt, caption: chosen.caption || null, credit: chosen.credit || null })(view.state, view.dispatch);
            }

            view.focus();
        },
        async embed() {
            const post = await askEmbed();
            if (post) commands.insert('embed', post)(view.state, view.dispatch);
            view.focus();
        },
        find: () => findBar.open(),
    };
    const takeFiles = (event: Event) => {
        const input = event.target as HTMLInputElement;
        uploads.add([...(input.files ?? [])], null);
        input.value = '';
    };
    const filePicker = h('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp,image/gif,image/avif', multiple: true, hidden: true, 'aria-label': t('Berkas gambar', 'Picture files'), onchange: takeFiles });
    const camera = h('input', { type: 'file', accept: 'image/*', capture: 'environment', hidden: true, 'aria-label': t('Kamera', 'Camera'), onchange: takeFiles });

    const groups = actions(windows);
    const choices = groups.flat().filter((action): action is Action & { words: string } => action.words !== undefined).map((action) => ({ name: action.name, words: action.words, hint: action.hint ?? '', run: action.run }));
    const toolbar = new Toolbar(groups, () => view);
    const findBar = new FindBar(() => view);
    const counts = h('p', { class: 'counts' });
    const sheet = h('div', { class: 'sheet' });
    const offers = h('div', { class: 'offers' });
    const previews = new Previews(document.querySelector('.brand')?.textContent ?? location.hostname, location.hostname);
    const spoken = () => {
        const lang = fields.get('language') || language;
        return { lang, dir: fields.get('language') ? directionOf(lang) : direction === 'rtl' ? 'rtl' as const : 'ltr' as const };
    };

    let isPutting = false;
    const view: EditorView = editor({
        place, body, language: spoken,
        help: { server, uploads, choose: library },
        choices: () => choices,
        changed: () => changed(),
        followed: (now) => { toolbar.follow(now.state); findBar.follow(); },
        toToolbar: () => toolbar.focus(),
        dropped: (what: Dropped) => say(toldDropped(what), () => undo(view.state, view.dispatch)),
        askLink: () => void windows.link(),
        openFind: () => findBar.open(),
        files: (files, at) => uploads.add(files, at),
    });
    uploads.view = view;

    const read = (): Draft => ({ fields: fields.read(), body: bodyOf(view) });
    const write = (draft: Draft) => {
        isPutting = true;
        if (fields.write(draft.fields)) translate();
        apply(view, draft.body);
        isPutting = false;
        look.now();
    };
    const lead = layOut();
    const status = new Status(document.querySelector('[data-status]')!, () => autosave.reopen());
    const keep = new Keep<Kept>('warta-newsroom');
    const autosave = new Autosave({
        story, me, version: Number(version), base: { fields: fields.read(), body }, server, keep, read,
        isBusy: () => view.composing,
        told: {
            state: (state, at, message) => status.show(state, at, autosave?.isSafe ?? true, message),
            apply: (draft) => {
                write(draft);
                say(t('Perubahan dari orang lain sudah digabung ke naskah ini.', 'Changes by somebody else have been put into this story.'));
            },
            conflict: (merged, mine, by) => void decide(merged, mine, by),
        },
    });
    const look = debounce(() => {
        const { headline = '', searchTitle = '', standfirst = '' } = fields.read();
        const count = wordsOf(view.state.doc);
        counts.textContent = t(`${count.toLocaleString('id')} kata · ± ${minutes(count)} menit baca`, `${count.toLocaleString('en')} words · about ${minutes(count)} min to read`);
        previews.show({ headline, searchTitle, standfirst, text: view.state.doc.textBetween(0, Math.min(view.state.doc.content.size, 400), ' '), picture: lead?.address ?? '', direction: spoken().dir });
    }, 300);

    function changed(): void {
        if (isPutting) return;
        autosave.changed();
        uploads.changed();
        look();
    }

    async function decide(merged: Merged, mine: Draft, by: string): Promise<void> {
        const who = by || t('orang lain', 'somebody else');
        const choices = await choose({
            heading: t('Dua orang mengubah bagian yang sama', 'Two people changed the same words'),
            lead: t('Pilih yang dipakai. Kata yang berbeda digarisbawahi.', 'Choose what stays. Words that differ are underlined.'),
            mine: t('Tulisan Anda', 'Yours'), theirs: t(`Tulisan ${who}`, `By ${who}`), put: t('Nanti saja', 'Later'),
        }, merged.clashes, (name) => fields.nameOf(name));
        if (!choices) return;
        write(settle(merged, choices, mine, fresh));
        autosave.settle();
        view.focus();
    }

    /** The text in the middle as readers will see it, the rest beside. */
    function layOut(): Lead | null {
        const field = fields.controls.get('picture');
        const made = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? new Lead(field, server, waiting, library, () => changed()) : null;
        const top = h('div', { class: 'bar' }, h('div', { class: 'standing' }), toolbar.element, findBar.element, offers, said);
        const aside = h('div', { class: 'margin' });
        const names = ['kicker', 'headline', 'standfirst'] as const;
        for (const [i, name] of names.entries()) {
            const label = fields.labelOf(name);
            if (!label) continue;
            label.classList.add('own', name);
            sheet.append(label);
            fields.grow(name, () => { const next = fields.controls.get(names[i + 1] ?? ''); if (next) next.focus(); else view.focus(); });
        }

        if (made) sheet.append(made.element);
        sheet.append(place);
        const room = h('div', { class: 'writing' }, h('div', { class: 'centre' }, top, sheet, counts, filePicker, camera), aside);
        const rest = [...form.children].filter((child) => !(child instanceof HTMLScriptElement));
        form.append(room);
        aside.append(...rest);
        if (plain) {
            for (const id of plain.getAttribute('aria-describedby')?.split(' ') ?? []) document.getElementById(id)?.remove();
            (plain.closest('label') ?? plain).hidden = true;
            plain.disabled = true;
        }

        // The headline itself is on the page now.
        document.querySelector('h1')?.classList.add('unseen');

        top.querySelector('.standing')!.append(...[document.querySelector('[data-status]'), document.querySelector('[data-presence]')].filter((element) => element !== null));
        (fields.labelOf('searchTitle') ?? aside.firstElementChild ?? aside).after(previews.element);
        for (const name of ['kicker', 'headline', 'standfirst', 'searchTitle']) fields.count(name);
        form.classList.add('taken-over');
        return made;
    }

    function translate(): void {
        const { lang, dir } = spoken();
        for (const name of ['kicker', 'headline', 'standfirst', 'searchTitle']) {
            const control = fields.controls.get(name);
            if (control) [control.lang, control.dir] = [lang, dir];
        }

        sheet.lang = lang;
        sheet.dir = dir;
        // The text asks anew when it is told that something changed.
        view.setProps({});
    }

    for (const type of ['input', 'change']) form.addEventListener(type, (event) => {
        const name = (event.target as HTMLInputElement).name;
        if (!fields.controls.has(name)) return;
        if (name === 'language') translate();
        changed();
    });

    // Whatever is sent from this page, the newest words are with the server first.
    let isSent = false;
    document.addEventListener('submit', (event) => {
        const sent = event.target as HTMLFormElement;
        if (isSent || sent.method === 'dialog' || event.defaultPrevented || sent.method !== 'post') return;
        event.preventDefault();
        const button = (event as SubmitEvent).submitter;
        void (async () => {
            if (uploads.count > 0 && sent === form) say(t('Masih ada gambar yang sedang dikirim.', 'Pictures are still on their way.'));
            const isSafe = await autosave.flush();
            if (!isSafe) {
                say(t('Belum bisa dikirim: tulisan terakhir belum sampai ke server. Coba lagi setelah tersimpan.', 'It can’t be sent yet: the last words haven’t reached the server. Try again once they are saved.'));
                return;
            }

            // Where all was saved already we are still inside the event that was stopped, and a form that is being submitted can't be submitted.
            await new Promise((done) => setTimeout(done));
            isSent = true;
            if (sent === form) {
                const hidden = (name: string, value: string) => (form.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? form.appendChild(h('input', { type: 'hidden', name }))).value = value;
                hidden('version', String(autosave.version));
                hidden('body', JSON.stringify(bodyOf(view)));
            }

            sent.requestSubmit(button);
            // Refused by the form's own checks, it is still here.
            setTimeout(() => { isSent = false; }, 1_000);
        })();
    }, true);

    addEventListener('beforeunload', (event) => {
        if (!isSent && ((autosave.isDirty && !autosave.isSafe) || uploads.count > 0)) event.preventDefault();
    });
    addEventListener('keydown', (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
        if (event.key.toLowerCase() === 's') {
            event.preventDefault();
            void autosave.flush().then((isDone) => { if (isDone) status.show('saved', Date.now(), autosave.isSafe); });
        } else if (event.key.toLowerCase() === 'f' && !event.defaultPrevented && !document.querySelector('dialog[open]')) {
            event.preventDefault();
            findBar.open();
        }
    });

    translate();
    toolbar.follow(view.state);
    look.now();
    status.show('saved', null, true);
    present(server, autosave);
    void keep.isSafe().then((isSafe) => { if (!isSafe) say(t('Peramban ini tidak menyimpan apa pun sendiri (jendela pribadi?): naskah hanya aman bila jaringan ada.', 'This browser keeps nothing by itself (a private window?): words are safe only while the network is.')); });
    void keep.tidy((kept) => kept.isSent);
    void recover({ place: offers, story, me, keep, autosave, read, write, nameOf: (name) => fields.nameOf(name), fresh: () => fresh() });
    void waiting.tidy();
    void waiting.left((left) => restorePictures({ place: offers, left, waiting, uploads, lead, isHere: (block) => bodyOf(view).blocks.some((one) => one.id === block) }));
    keepOffline();
    localStorage.setItem('warta-signed-in', String(Date.now()));
}

/** Who else has the story open, and whether the server has words that this page hasn't. */
function present(server: Server, autosave: Autosave): void {
    const place = document.querySelector<HTMLElement>('[data-presence]');
    place?.setAttribute('aria-live', 'polite');
    const show = (people: Presence[]) => {
        if (!place) return;
        const others = [...new Set(people.filter((person) => !person.isMe).map((person) => person.name))];
        const text = others.length === 0 ? '' : t(`Juga dibuka oleh ${others.join(', ')}`, `Also open by ${others.join(', ')}`);
        if (place.textContent !== text) place.textContent = text;
    };
    const ask = async () => { if (document.visibilityState === 'visible') hear(await server.presence()); };
    const hear = (answer: Awaited<ReturnType<Server['presence']>>) => {
        if (!answer) return;
        show(answer.people);
        autosave.heard(answer.version);
    };
    void ask();
    setInterval(() => void ask(), EVERY);
    document.addEventListener('visibilitychange', () => void ask());
    addEventListener('pagehide', () => server.leave());
}

speak(document.documentElement.lang);
const form = document.querySelector<HTMLFormElement>('form[data-story-editor]');
// Whoever may only read it has the plain form, in which nothing can be changed.
if (form && !form.querySelector('fieldset:disabled')) begin(form);
