/** The section of the speakers. */
import { get, post } from './api.js';
import { confirmed, el, empty, failure, loading, note, replace, when } from './dom.js';
import { live } from './live.js';

const OUTCOMES = {
  ACCEPTED: 'accepted',
  TOO_LITTLE_SPEECH: 'too little speech',
  TOO_NOISY: 'too noisy',
  SEVERAL_SPEAKERS: 'several speakers',
  NOT_THE_SAME_VOICE: 'not the same voice',
  ALREADY_ANOTHER_SPEAKER: 'already another speaker',
  UNREADABLE_AUDIO: 'unreadable audio',
  NO_CONSENT: 'no consent',
};

export function speakersSection(root) {
  const search = el('input', { type: 'search', placeholder: 'Name', 'aria-label': 'Find speakers by name' });
  const list = el('div');
  const opened = new Set();
  let asked = 0;
  let timer = 0;

  async function load() {
    const ticket = ++asked;
    try {
      const page = await get('speakers', { search: search.value.trim() });
      if (ticket === asked) draw(page);
    } catch (error) {
      if (ticket === asked) replace(list, failure(error, load));
    }
  }

  function soon() {
    timer ||= setTimeout(() => {
      timer = 0;
      load();
    }, 300);
  }

  function draw(page) {
    const focused = document.activeElement?.dataset?.focus;
    if (page.speakers.length === 0) {
      replace(
        list,
        page.complete
          ? search.value.trim() === ''
            ? empty('Nobody is enrolled', 'Enrol somebody from a stretch of a call, or with: ./voxtag enroll alice alice.wav --consent TEXT')
            : empty('Nobody of that name', 'No speaker has these letters in the name.')
          : loading('speakers'),
      );
      return;
    }
    replace(
      list,
      el('p', { class: 'hint' }, summary(page)),
      el('ul', { class: 'cards' }, page.speakers.map(card)),
    );
    if (focused) [...list.querySelectorAll('[data-focus]')].find((one) => one.dataset.focus === focused)?.focus();
  }

  function summary(page) {
    const count = page.total === 1 ? '1 speaker' : `${page.total} speakers`;
    const rest = page.total > page.speakers.length ? `, the first ${page.speakers.length} are shown` : '';
    return `${count}${rest}${page.complete ? '' : ' so far; still reading'}`;
  }

  function card(speaker) {
    const details = el(
      'details',
      { open: opened.has(speaker.speakerId) },
      el('summary', { 'data-focus': `details ${speaker.speakerId}` }, 'Recordings'),
      el('ul', { class: 'recordings' }, speaker.recordings.map(recording)),
    );
    details.addEventListener('toggle', () => {
      if (details.open) opened.add(speaker.speakerId);
      else opened.delete(speaker.speakerId);
    });
    return el(
      'li',
      { class: 'card' },
      el(
        'div',
        { class: 'card-head' },
        el('h2', {}, speaker.speakerId),
        state(speaker),
        el(
          'button',
          {
            type: 'button',
            class: 'danger quiet',
            'data-focus': `erase ${speaker.speakerId}`,
            'aria-label': `Erase ${speaker.speakerId}`,
            on: { click: () => erase(speaker) },
          },
          'Erase',
        ),
      ),
      details,
    );
  }

  function state(speaker) {
    const parts = [];
    if (speaker.accepted) parts.push(el('span', { class: 'chip good' }, `${speaker.accepted} accepted`));
    if (speaker.refused) parts.push(el('span', { class: 'chip bad' }, `${speaker.refused} refused`));
    if (speaker.unanswered) parts.push(el('span', { class: 'chip' }, `${speaker.unanswered} without answer`));
    return el('span', { class: 'chips' }, parts);
  }

  function recording(one) {
    const outcome = one.outcome ? (OUTCOMES[one.outcome] ?? one.outcome) : 'no answer kept';
    return el(
      'li',
      {},
      el('span', { class: 'mono' }, one.utteranceId),
      el('span', { class: `chip ${one.outcome === 'ACCEPTED' ? 'good' : one.outcome ? 'bad' : ''}` }, outcome),
      el('span', { class: 'hint' }, when(one.requestedAt), one.netSpeechMs === undefined ? '' : `, ${(one.netSpeechMs / 1000).toFixed(1)} s of speech`),
      one.detail ? el('span', { class: 'hint' }, one.detail) : null,
      el('span', { class: 'hint' }, `Consent: ${one.consent ?? 'none'}`),
    );
  }

  async function erase(speaker) {
    const sure = await confirmed(
      `Erase ${speaker.speakerId}?`,
      'All recordings and voiceprints of this speaker go, everywhere, also those for training. This cannot be undone.',
      'Erase',
    );
    if (!sure) return;
    try {
      const erased = await post('api/speakers/erase', { speakerId: speaker.speakerId });
      note(`${speaker.speakerId} is erased: ${erased.enrollments} enrolled and ${erased.labelled} training recordings.`);
    } catch (error) {
      note(error.message, 'bad');
    }
    load();
  }

  search.addEventListener('input', soon);
  replace(root, el('div', { class: 'heading' }, el('h1', {}, 'Speakers'), search), list);
  replace(list, loading('speakers'));
  load();
  const stop = live.on('speakers', soon);
  return () => {
    stop();
    clearTimeout(timer);
    asked++;
  };
}
