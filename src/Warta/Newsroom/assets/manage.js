// Lists in an order of the editors': the buttons move at once, and so do dragging and Alt with the arrows. Without this the buttons send the form, and it comes back moved.
for (const list of document.querySelectorAll('[data-ordered]')) {
    const status = list.closest('form').querySelector('[role="status"]');
    const items = () => [...list.children];
    list.dataset.ready = '';

    const say = (item) => {
        const words = [item.dataset.name, items().indexOf(item) + 1, items().length];
        status.textContent = `${list.dataset.moved.replace(/\{(\d)\}/g, (_, n) => words[n])} ${list.dataset.unsaved}`;
        if (list.closest('form').elements.changed) return;
        const changed = document.createElement('input');
        Object.assign(changed, { type: 'hidden', name: 'changed', value: '1' });
        list.closest('form').append(changed);
    };

    const move = (item, by) => {
        const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
        if (!other) return;
        if (by < 0) other.before(item);
        else other.after(item);
        say(item);
    };

    list.addEventListener('click', (event) => {
        const button = event.target.closest('[data-move]');
        if (!button) return;
        event.preventDefault();
        move(button.closest('li'), Number(button.dataset.move));
        button.focus();
    });

    list.addEventListener('keydown', (event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        const item = event.target.closest('li');
        if (!item) return;
        event.preventDefault();
        const focused = document.activeElement;
        move(item, event.key === 'ArrowUp' ? -1 : 1);
        focused.focus();
    });

    let dragged = null;
    for (const item of items()) item.draggable = true;
    list.addEventListener('dragstart', (event) => {
        // Text in a field is still selected with the mouse.
        if (event.target.closest('input, button, summary')) return event.preventDefault();
        dragged = event.target.closest('li');
        dragged.classList.add('dragged');
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', dragged.dataset.name);
    });
    list.addEventListener('dragover', (event) => {
        const over = event.target.closest('li');
        if (!dragged) return;
        event.preventDefault();
        if (!over || over === dragged || over.parentElement !== list) return;
        const { top, height } = over.getBoundingClientRect();
        if (event.clientY < top + height / 2) over.before(dragged);
        else over.after(dragged);
    });
    list.addEventListener('drop', (event) => event.preventDefault());
    list.addEventListener('dragend', () => {
        if (!dragged) return;
        dragged.classList.remove('dragged');
        say(dragged);
        dragged = null;
    });
}
