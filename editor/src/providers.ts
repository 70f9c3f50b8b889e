/** What can be embedded, in the address that the server keeps (Embeds.cs reads more forms; these are what people copy). */
const FORMS: [string, RegExp, (...parts: string[]) => string][] = [
    ['youtube', /^(?:youtube\.com\/(?:watch\?(?:.*&)?v=|shorts\/|live\/|embed\/)|youtu\.be\/)([\w-]{11})(?![\w-])/, (id) => `https://www.youtube.com/watch?v=${id}`],
    ['youtube', /^youtube\.com\/playlist\?(?:.*&)?list=([\w-]+)/, (id) => `https://www.youtube.com/playlist?list=${id}`],
    ['x', /^(?:x|twitter)\.com\/(\w+)\/status(?:es)?\/(\d+)/, (name, id) => `https://x.com/${name}/status/${id}`],
    ['instagram', /^instagram\.com\/(?:[\w.]+\/)?(p|reel|tv)\/([\w-]+)/, (kind, id) => `https://www.instagram.com/${kind}/${id}/`],
    ['instagram', /^instagram\.com\/reels\/([\w-]+)/, (id) => `https://www.instagram.com/reel/${id}/`],
    ['tiktok', /^tiktok\.com\/@([\w.-]+)\/(video|photo)\/(\d+)/, (name, kind, id) => `https://www.tiktok.com/@${name}/${kind}/${id}`],
    ['tiktok', /^(v[mt]\.tiktok\.com)\/([\w-]+)\/?$/, (host, id) => `https://${host}/${id}/`],
    ['facebook', /^facebook\.com\/watch\/?\?(?:.*&)?v=(\d+)/, (id) => `https://www.facebook.com/watch/?v=${id}`],
    ['facebook', /^facebook\.com\/reel\/(\d+)/, (id) => `https://www.facebook.com/reel/${id}/`],
    ['facebook', /^facebook\.com\/([\w.-]+)\/(posts|videos)\/(?:[^?#]+\/)?([\w.-]+)/, (name, kind, id) => `https://www.facebook.com/${name}/${kind}/${id}`],
    ['facebook', /^fb\.watch\/([\w-]+)/, (id) => `https://fb.watch/${id}/`],
    ['vimeo', /^(?:player\.)?vimeo\.com\/(?:video\/)?(\d+)(?:[?#/].*)?$/, (id) => `https://vimeo.com/${id}`],
    ['spotify', /^open\.spotify\.com\/(?:intl-\w+\/)?(?:embed\/)?(track|album|playlist|artist|episode|show)\/([\w-]+)/, (kind, id) => `https://open.spotify.com/${kind}/${id}`],
];

export const PROVIDERS: Record<string, string> = { youtube: 'YouTube', x: 'X', instagram: 'Instagram', tiktok: 'TikTok', facebook: 'Facebook', vimeo: 'Vimeo', spotify: 'Spotify' };

/** Null where the address shows nothing at a provider that Warta knows. */
export function recognise(address: string): { provider: string; url: string } | null {
    const bare = address.trim().replace(/^https?:\/\/(?:(?:www|m|mobile|web|music)\.)?/i, '');
    if (/\s/.test(bare)) return null;
    for (const [provider, pattern, url] of FORMS) {
        const match = pattern.exec(bare);
        if (match) return { provider, url: url(...match.slice(1)) };
    }

    return null;
}
