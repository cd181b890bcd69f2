/** Small helpers. Text of others only ever becomes text nodes and attribute values. */

/** An element: attributes by name, `on` for listeners, `class`, `style` as an object of properties. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === 'style') {
      for (const [property, text] of Object.entries(value)) node.style.setProperty(property, text);
    } else if (name === 'value') {
      node.value = value;
    } else {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

export function percent(share, digits = 0) {
  return share === undefined || share === null ? '–' : `${(100 * share).toFixed(digits)} %`;
}

/** Milliseconds of a call as m:ss. */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A point in time: the hour today, the day too before. */
export function when(ms) {
  const date = new Date(ms);
  const today = date.toDateString() === new Date().toDateString();
  return el('time', { datetime: date.toISOString() }, (today ? TIME : DAY).format(date));
}

/** What is shown where there is nothing. */
export function empty(title, text) {
  return el('div', { class: 'empty' }, el('p', { class: 'empty-title' }, title), el('p', {}, text));
}

export function loading(what) {
  return el('p', { class: 'loading', role: 'status' }, `Loading ${what} …`);
}

export function failure(error, retry) {
  return el(
    'div',
    { class: 'empty problem', role: 'alert' },
    el('p', {}, error.message),
    el('button', { type: 'button', on: { click: retry } }, 'Try again'),
  );
}

/** A passing note at the edge of the page, which screen readers say. */
export function note(text, kind = 'good') {
  const shown = el('p', { class: `note ${kind}` }, text);
  document.getElementById('notes').append(shown);
  setTimeout(() => shown.remove(), kind === 'good' ? 6000 : 12000);
}

/** Asks before something that cannot be undone; true if it is wanted. */
export function confirmed(title, text, action) {
  return new Promise((resolve) => {
    const dialog = el('dialog', { class: 'panel', 'aria-labelledby': 'confirm-title' });
    dialog.append(
      el('h2', { id: 'confirm-title' }, title),
      el('p', {}, text),
      el(
        'form',
        { method: 'dialog', class: 'actions' },
        el('button', { value: 'no', class: 'quiet' }, 'Cancel'),
        el('button', { value: 'yes', class: 'danger' }, action),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
