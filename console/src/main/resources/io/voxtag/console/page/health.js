/** The section of the health: what this process says of itself, and what Kafka says of the others. */
import { get } from './api.js';
import { el, failure, loading, replace } from './dom.js';
import { live } from './live.js';

const EVERY_MS = 5000;

export function healthSection(root) {
  const own = el('div');
  const kafka = el('div');
  let timer = 0;
  let left = false;

  async function load() {
    await Promise.all([loadOwn(), loadKafka()]);
    if (!left) timer = setTimeout(load, EVERY_MS);
  }

  async function loadOwn() {
    try {
      const answer = await fetch('/q/health', { headers: { accept: 'application/json' } });
      const health = await answer.json();
      replace(own, el('ul', { class: 'checks' }, health.checks.map((check) => row(check.name, check.status === 'UP', facts(check.data)))));
    } catch {
      replace(own, el('p', { class: 'hint' }, 'This process does not answer at /q/health; health may be served on another port.'));
    }
  }

  async function loadKafka() {
    try {
      const view = await get('health');
      if (!view.reachable) {
        replace(kafka, el('ul', { class: 'checks' }, row('Kafka answers', false, view.reason)));
        return;
      }
      replace(
        kafka,
        el(
          'ul',
          { class: 'checks' },
          row('Kafka answers', true, `${view.brokers} ${view.brokers === 1 ? 'broker' : 'brokers'}`),
          row('All topics are there', view.missingTopics.length === 0, view.missingTopics.join(', ')),
        ),
        el('h3', {}, 'Who reads the topics, and how far behind'),
        view.groups.length === 0 ? el('p', { class: 'hint' }, 'No consumer group has read any of them yet.') : groups(view.groups),
      );
    } catch (error) {
      replace(kafka, failure(error, loadKafka));
    }
  }

  replace(
    root,
    el('div', { class: 'heading' }, el('h1', {}, 'Health')),
    el('section', {}, el('h2', {}, 'This process'), own),
    el('section', {}, el('h2', {}, 'Kafka and its readers'), kafka),
  );
  replace(own, loading('health'));
  replace(kafka, loading('what Kafka says'));
  load();
  const stop = live.on('connection', (state) => {
    if (state === 'live') loadOwn();
  });
  return () => {
    left = true;
    stop();
    clearTimeout(timer);
  };
}

function facts(data) {
  return data ? Object.entries(data).map(([key, value]) => `${key}: ${value}`).join(', ') : '';
}

function row(name, good, text) {
  return el(
    'li',
    {},
    el('span', { class: `chip ${good ? 'good' : 'bad'}` }, good ? 'UP' : 'DOWN'),
    el('span', {}, name),
    text ? el('span', { class: 'hint' }, text) : null,
  );
}

function groups(rows) {
  return el(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Consumer groups' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ['Group', 'Topic', 'Records behind', 'Partitions'].map((text) => el('th', { scope: 'col' }, text)))),
      el(
        'tbody',
        {},
        rows.map((one) => el('tr', {}, el('td', {}, one.group), el('td', {}, one.topic), el('td', { class: 'number' }, String(one.lag)), el('td', { class: 'number' }, String(one.partitions)))),
      ),
    ),
  );
}
