// A title's colours: three pickers beside the field that holds them, an example in them, and a word where they can't be read. The server checks them all the same.
const luminance = (hex) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

for (const field of document.querySelectorAll('[data-palette]')) {
    const [paper, ink, accent, example, poor] = field.dataset.palette.split('|');
    const isDark = field.id.endsWith('dark');
    const usual = isDark ? ['#171411', '#e6ded0', '#ec8f6c'] : ['#fbf8f1', '#1c1814', '#96301a'];
    const box = document.createElement('div');
    box.className = 'swatches';
    const pickers = [paper, ink, accent].map((name) => {
        const label = document.createElement('label');
        const picker = document.createElement('input');
        picker.type = 'color';
        label.append(name, picker);
        box.append(label);
        return picker;
    });
    const shown = document.createElement('p');
    const headline = document.createElement('strong');
    const link = document.createElement('span');
    const warning = document.createElement('p');
    [headline.textContent, link.textContent] = [example, ` ${accent}`];
    shown.className = 'preview';
    warning.className = 'field-error';
    warning.setAttribute('role', 'status');
    shown.append(headline, link);
    field.after(box, shown, warning);

    const draw = () => {
        const colours = /^(#[0-9a-f]{6}) +(#[0-9a-f]{6}) +(#[0-9a-f]{6})$/i.exec(field.value.trim())?.slice(1) ?? usual;
        pickers.forEach((picker, i) => { picker.value = colours[i].toLowerCase(); });
        const [ground, text, strong] = colours;
        shown.style.background = ground;
        shown.style.color = text;
        link.style.color = strong;
        warning.textContent = [[ink, text], [accent, strong]].filter(([, colour]) => contrast(colour, ground) < 4.5)
            .map(([name, colour]) => `${name}: ${poor.replace('{0}', (Math.floor(contrast(colour, ground) * 100) / 100).toFixed(2))}`).join(' · ');
    };
    field.addEventListener('input', draw);
    for (const picker of pickers) {
        picker.addEventListener('input', () => {
            field.value = pickers.map((p) => p.value).join(' ');
            draw();
        });
    }
    draw();
}
