/** The page as a whole: sections, connection, announcements. */
import { post } from './api.js';
import { el, note } from './dom.js';
import { healthSection } from './health.js';
import { live } from './live.js';
import { modelsSection } from './models.js';
import { speakersSection } from './speakers.js';
import { callsSection } from './timeline.js';
import { trainingSection } from './training.js';
import { isSpeech, name } from './voices.js';

const SECTIONS = {
  calls: ['Calls', callsSection],
  speakers: ['Speakers', speakersSection],
  models: ['Models', modelsSection],
  training: ['Training', trainingSection],
  health: ['Health', healthSection],
};
const STATES = { connecting: 'Connecting', live: 'Live', lost: 'Disconnected' };
const ANNOUNCE_MS = 5000;

const main = document.getElementById('main');
let leave = () => {};
let shown = '';

function show(focus) {
  const wanted = location.hash.slice(1);
  if (wanted === 'main') return;
  const key = Object.hasOwn(SECTIONS, wanted) ? wanted : 'calls';
  if (key === shown) return;
  shown = key;
  leave();
  const [title, section] = SECTIONS[key];
  document.title = `${title} – Voxtag console`;
  document.querySelectorAll('#sections a').forEach((link) => {
    if (link.hash === `#${key}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  const root = el('div', { class: `section ${key}` });
  main.replaceChildren(root);
  leave = section(root) ?? (() => {});
  if (focus) main.focus({ preventScroll: false });
}

function connection(state) {
  const sign = document.getElementById('connection');
  sign.dataset.state = state;
  sign.textContent = STATES[state];
  document.getElementById('offline').hidden = state !== 'lost';
}

/** Says who speaks now, at most one sentence each few seconds: a newer one replaces an older one. */
function announcements() {
  const announcer = document.getElementById('announcer');
  const lastSaid = new Map();
  let next = '';
  setInterval(() => {
    if (next !== '') announcer.textContent = next;
    next = '';
  }, ANNOUNCE_MS);
  live.on('calls', ({ said = [], gone }) => {
    gone.forEach((key) => [...lastSaid.keys()].filter((leg) => leg.startsWith(`${key}/`)).forEach((leg) => lastSaid.delete(leg)));
    for (const { call, leg, stretches } of said) {
      const firm = stretches.filter((stretch) => isSpeech(stretch) && stretch.stage !== 'PROVISIONAL').at(-1);
      const key = `${call.key}/${leg.channel}`;
      if (!firm || lastSaid.get(key) === name(firm)) continue;
      lastSaid.set(key, name(firm));
      next = `Call ${call.callId}, leg ${leg.channel}: ${name(firm)}`;
    }
  });
}

const logout = document.getElementById('logout');
logout.addEventListener('click', async () => {
  try {
    await post('logout');
    location.replace('/');
  } catch (error) {
    note(error.message, 'bad');
  }
});

fetch('/console/api/session')
  .then((answer) => (answer.ok ? answer.json() : { token: false }))
  .then((session) => {
    logout.hidden = !session.token;
  })
  .catch(() => {});

live.on('connection', connection);
connection(live.state);
announcements();
addEventListener('hashchange', () => show(true));
show(false);
live.start();
