/** One stretch of a call: hear it, and say whose voice it is. */
import { audio, get, post } from './api.js';
import { clock, el, note, percent } from './dom.js';
import { STAGES, isSpeech, isUnknown, name } from './voices.js';

const MAX_MS = 60000;
const ENOUGH_MS = 5000;

export function openStretch(call, leg, number, opener) {
  const stretch = leg.stretches.find((one) => one.number === number);
  if (!stretch) return;
  // Windows are three seconds long: what a tag rests on begins before its own second.
  const fromMs = Math.max(stretch.fromMs, stretch.toMs - MAX_MS);
  const span = { fromMs, toMs: stretch.toMs };
  const place = { call: call.callId, channel: leg.channel, stream: leg.streamId, from: fromMs, to: stretch.toMs };
  const dialog = el('dialog', { class: 'panel', 'aria-labelledby': 'stretch-title' });
  let source = null;
  dialog.append(
    el(
      'header',
      {},
      el('h2', { id: 'stretch-title' }, `${clock(span.fromMs)} to ${clock(span.toMs)}`),
      el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', on: { click: () => dialog.close() } }, '✕'),
    ),
    facts(call, leg, stretch),
    player(place, (address) => {
      source = address;
    }),
    naming(call, leg, stretch, span, dialog),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (source) URL.revokeObjectURL(source);
    opener?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function facts(call, leg, stretch) {
  const rows = [
    ['Call', `${call.callId}, leg ${leg.channel}`],
    ['Voice', name(stretch)],
  ];
  if (isSpeech(stretch)) {
    rows.push(['State', STAGES[stretch.stage]]);
    if (stretch.posterior !== undefined) rows.push(['Sure', percent(stretch.posterior)]);
    if (stretch.score !== undefined) rows.push(['Score', stretch.score.toFixed(2)]);
  }
  rows.push(['Windows', String(stretch.windows)], ['Model', leg.modelVersion]);
  return el('dl', { class: 'facts' }, rows.map(([term, text]) => el('div', {}, el('dt', {}, term), el('dd', {}, text))));
}

function player(place, opened) {
  const problem = el('p', { class: 'problem', role: 'alert' });
  const slot = el('div', { class: 'player' });
  const button = el('button', { type: 'button' }, 'Hear it');
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = 'Fetching …';
    problem.textContent = '';
    try {
      const address = await audio(place);
      opened(address);
      const sound = el('audio', { controls: true, src: address, 'aria-label': 'The stretch' });
      slot.replaceChildren(sound);
      await sound.play().catch(() => {});
    } catch (error) {
      problem.textContent = error.message;
      button.disabled = false;
      button.textContent = 'Hear it';
    }
  });
  slot.append(button);
  return el('div', {}, slot, problem);
}

function naming(call, leg, stretch, span, dialog) {
  const problem = el('p', { class: 'problem', role: 'alert' });
  const names = el('datalist', { id: 'names' });
  const speaker = el('input', {
    id: 'speaker',
    name: 'speaker',
    required: true,
    maxlength: 128,
    autocomplete: 'off',
    list: 'names',
    value: isUnknown(stretch) ? '' : (stretch.speakerId ?? ''),
  });
  const consent = el('input', {
    id: 'consent',
    name: 'consent',
    required: true,
    maxlength: 500,
    placeholder: 'explicit consent, form 12',
  });
  get('speakers')
    .then((page) => names.append(...page.speakers.map((one) => el('option', { value: one.speakerId }))))
    .catch(() => {});
  const choice = (value, title, text, checked) =>
    el(
      'label',
      { class: 'choice' },
      el('input', { type: 'radio', name: 'purpose', value, checked }),
      el('span', {}, el('strong', {}, title), ` ${text}`),
    );
  const submit = el('button', { type: 'submit' }, 'Save');
  const form = el(
    'form',
    { class: 'naming' },
    el('h3', {}, 'Whose voice is it?'),
    el('label', { for: 'speaker' }, 'Speaker'),
    speaker,
    names,
    el(
      'fieldset',
      {},
      el('legend', {}, 'What for'),
      choice('enroll', 'Enrol', 'so that the speaker is known on the next calls', true),
      choice('correct', 'Correct', 'so that the next model learns from it', false),
    ),
    el('label', { for: 'consent' }, 'Ground on which the voice may be stored'),
    consent,
    span.toMs - span.fromMs < ENOUGH_MS
      ? el('p', { class: 'hint' }, 'This stretch is short; an enrolment with so little speech may be refused.')
      : null,
    problem,
    el('div', { class: 'actions' }, submit),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    problem.textContent = '';
    const purpose = new FormData(form).get('purpose');
    try {
      await post(`api/stretch/${purpose}`, {
        callId: call.callId,
        channel: leg.channel,
        streamId: leg.streamId,
        ...span,
        speakerId: speaker.value,
        consent: consent.value,
      });
      dialog.close();
      note(
        purpose === 'enroll'
          ? `The enrolment of ${speaker.value} is on its way; Speakers shows the answer.`
          : `Published for training as ${speaker.value}.`,
      );
    } catch (error) {
      problem.textContent = error.message;
      submit.disabled = false;
    }
  });
  return form;
}
