/** The section of the model versions. */
import { get, post } from './api.js';
import { confirmed, el, empty, failure, loading, note, percent, replace, when } from './dom.js';
import { live } from './live.js';

const MEANINGS = {
  ACTIVE: 'in service',
  READY: 'ready: all speakers are enrolled under it',
  CANDIDATE: 'candidate: speakers are being enrolled under it',
  RETIRED: 'retired',
  REJECTED: 'rejected',
};

export function modelsSection(root) {
  const list = el('div');
  const rollback = el('button', { type: 'button', hidden: true, on: { click: () => back() } }, 'Roll back');
  let previous = null;

  async function load() {
    try {
      draw(await get('models'));
    } catch (error) {
      replace(list, failure(error, load));
    }
  }

  function draw(answer) {
    previous = answer.previous;
    rollback.hidden = !previous;
    rollback.textContent = `Roll back to ${previous}`;
    replace(
      list,
      answer.versions.length === 0
        ? empty('No model versions', 'The model in service is the configured one. Trainings and ./voxtag models publish add versions.')
        : el('ul', { class: 'cards' }, answer.versions.map(card)),
    );
  }

  function card(version) {
    const active = version.status === 'ACTIVE';
    const fit = version.status === 'READY' || version.status === 'RETIRED';
    return el(
      'li',
      { class: `card ${active ? 'active' : ''}` },
      el(
        'div',
        { class: 'card-head' },
        el('h2', {}, version.version),
        el('span', { class: `chip ${active ? 'good' : version.status === 'REJECTED' ? 'bad' : ''}` }, version.status),
        active
          ? null
          : el(
              'button',
              { type: 'button', class: 'quiet', 'aria-label': `Promote ${version.version}`, on: { click: () => promote(version, !fit) } },
              'Promote',
            ),
      ),
      el('p', {}, MEANINGS[version.status] ?? '', ', since ', when(version.at)),
      version.detail ? el('p', { class: 'hint' }, version.detail) : null,
      metrics(version.metrics),
      el('p', { class: 'hint mono' }, version.bundleUri),
    );
  }

  async function promote(version, force) {
    const sure = await confirmed(
      `Put ${version.version} into service?`,
      force
        ? `It is ${version.status}: some speakers may not be recognised under it. All calls go over to it at their next window.`
        : 'All calls go over to it at their next window.',
      force ? 'Promote all the same' : 'Promote',
    );
    if (sure) await change(() => post('api/models/promote', { version: version.version, force }));
  }

  async function back() {
    const sure = await confirmed(`Roll back to ${previous}?`, 'All calls go over to it at their next window.', 'Roll back');
    if (sure) await change(() => post('api/models/rollback'));
  }

  async function change(request) {
    try {
      note(`${(await request()).version} is in service.`);
    } catch (error) {
      note(error.message, 'bad');
    }
    load();
  }

  replace(root, el('div', { class: 'heading' }, el('h1', {}, 'Models'), rollback), list);
  replace(list, loading('models'));
  load();
  return live.on('models', load);
}

function metrics(values) {
  const names = Object.keys(values).sort();
  if (names.length === 0) return el('p', { class: 'hint' }, 'No metrics.');
  return el(
    'dl',
    { class: 'facts' },
    names.map((name) => el('div', {}, el('dt', {}, name), el('dd', {}, figure(name, values[name])))),
  );
}

function figure(name, value) {
  return /eer|rate|accuracy/i.test(name) && value >= 0 && value <= 1 ? percent(value, 2) : Number(value.toPrecision(5)).toString();
}
