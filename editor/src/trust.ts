interface Policy { createHTML(text: string): string; createScriptURL(address: string): string }

/** The page's policy allows this one name. */
const policy = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): Policy } }).trustedTypes?.createPolicy('warta-editor', {
    // Only ever parsed into a document that runs nothing, and read from there.
    createHTML: (text: string) => text,
    createScriptURL(address: string) {
        if (address !== WORKER) throw new TypeError(`${address} is no script of the editor.`);
        return address;
    },
});

export const WORKER = '/newsroom/offline.js';

/** A document of its own, in which nothing runs or loads. */
export const parse = (html: string): Document => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');

export const script = (address: string): string => (policy ? policy.createScriptURL(address) : address);
