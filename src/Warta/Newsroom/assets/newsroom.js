// Passkeys: the only thing here that can't be done without a script. Forms with data-passkey ask the browser before they are sent.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

async function ask(form, kind) {
    const body = new URLSearchParams({ _form: form.elements._form.value, for: kind });
    const answer = await fetch('/newsroom/passkey-question', { method: 'POST', body });
    if (!answer.ok) throw new Error(String(answer.status));
    const { question, options } = await answer.json();
    options.challenge = bytes(options.challenge);
    for (const known of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) known.id = bytes(known.id);
    if (options.user) options.user.id = bytes(options.user.id);
    const credential = kind === 'create' ? await navigator.credentials.create({ publicKey: options }) : await navigator.credentials.get({ publicKey: options });
    return [question, JSON.stringify(credential.toJSON ? credential.toJSON() : plain(credential))];
}

// For browsers without PublicKeyCredential.toJSON.
function plain({ id, rawId, type, response, authenticatorAttachment }) {
    const parts = {};
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) if (response[name]) parts[name] = text(response[name]);
    if (response.getTransports) parts.transports = response.getTransports();
    return { id, rawId: text(rawId), type, response: parts, authenticatorAttachment, clientExtensionResults: {} };
}

if (window.PublicKeyCredential) {
    for (const form of document.querySelectorAll('form[data-passkey]')) {
        form.hidden = false;
        form.addEventListener('submit', async (event) => {
            event.preventDefault();
            try {
                const [question, credential] = await ask(form, form.dataset.passkey);
                for (const [name, value] of Object.entries({ question, credential })) {
                    const field = document.createElement('input');
                    Object.assign(field, { type: 'hidden', name, value });
                    form.append(field);
                }
                form.submit();
            } catch (e) {
                if (e.name !== 'NotAllowedError' && e.name !== 'AbortError') location.reload();
            }
        });
    }
}

for (const link of document.querySelectorAll('input.link')) link.addEventListener('focus', () => link.select());

// On a phone filters that aren't set leave the room to what they would filter.
if (matchMedia('(max-width: 48rem)').matches) for (const fold of document.querySelectorAll('.fold:not([data-set])')) fold.open = false;

// The menu of rarer places closes when one looks elsewhere.
const more = document.querySelector('.top .more');
if (more) {
    document.addEventListener('click', (event) => more.contains(event.target) || more.removeAttribute('open'));
    more.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || !more.open) return;
        more.open = false;
        more.querySelector('summary').focus();
    });
}
