const SVG = 'http://www.w3.org/2000/svg';

/** Strokes in a square of 24. */
const PATHS: Record<string, string> = {
    undo: 'M9 7 4 12l5 5M4 12h11a5 5 0 0 1 0 8h-3',
    redo: 'M15 7l5 5-5 5M20 12H9a5 5 0 0 0 0 8h3',
    link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
    bullets: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
    numbers: 'M10 6h10M10 12h10M10 18h10M4 4.5 5.5 4v4.5M4 14.5h3l-3 4h3',
    quote: 'M5 17c3-1 4-4 4-10H4v6h4M15 17c3-1 4-4 4-10h-5v6h4',
    picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01',
    gallery: 'M7 4h13v11H7zM4 8v12h13M7 13l4-4 5 5',
    readAlso: 'M5 4h10v16H5zM15 8h4v12H9M8 8h4M8 12h4',
    embed: 'M3 5h18v14H3zM10 9l5 3-5 3z',
    table: 'M4 5h16v14H4zM4 10h16M4 15h16M10 5v14',
    box: 'M4 5h16v14H4zM4 9h16M8 13h8M8 16h5',
    page: 'M6 3v6h12V3M6 21v-6h12v6M3 12h3M10 12h4M18 12h3',
    divider: 'M4 12h16',
    find: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 21 21',
    clear: 'M6 6l12 12M18 6 6 18',
    up: 'M12 19V5M6 11l6-6 6 6',
    down: 'M12 5v14M6 13l6 6 6-6',
};

export function icon(name: string): SVGSVGElement | HTMLElement {
    const path = PATHS[name];
    if (!path) {
        // A letter is drawn, too: read aloud, the button has a name of its own.
        const letter = document.createElement('span');
        letter.className = 'letter';
        letter.dataset.letter = name;
        return letter;
    }

    const svg = document.createElementNS(SVG, 'svg');
    for (const [attr, value] of Object.entries({ viewBox: '0 0 24 24', width: '20', height: '20', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' })) svg.setAttribute(attr, value);
    const stroke = document.createElementNS(SVG, 'path');
    stroke.setAttribute('d', path);
    svg.append(stroke);
    return svg;
}
