/** The section of the trainings. */
import { get, post } from './api.js';
import { confirmed, el, empty, failure, loading, note, percent, replace, svg, when } from './dom.js';
import { live } from './live.js';

const WIDTH = 320;
const HEIGHT = 110;
const BAD = ['REJECTED', 'FAILED', 'CANCELLED'];

export function trainingSection(root) {
  const list = el('div');
  const base = el('select', { id: 'base' });
  const start = el('button', { type: 'submit' }, 'Start a training');
  const form = el(
    'form',
    { class: 'inline', on: { submit: (event) => begin(event) } },
    el('label', { for: 'base' }, 'From'),
    base,
    start,
  );
  let timer = 0;

  async function load() {
    try {
      const runs = await get('training');
      replace(
        list,
        runs.length === 0
          ? empty('No trainings', 'Runs of the trainer appear here, with their curves. They learn from recordings given by ./voxtag label and by corrections of calls.')
          : el('ul', { class: 'cards' }, runs.map(card)),
      );
    } catch (error) {
      replace(list, failure(error, load));
    }
  }

  async function loadBases() {
    try {
      const { versions } = await get('models');
      const chosen = base.value;
      replace(
        base,
        versions.filter((v) => v.status !== 'REJECTED').map((v) => el('option', { value: v.version }, v.status === 'ACTIVE' ? `${v.version} (in service)` : v.version)),
        el('option', { value: '' }, 'random weights'),
      );
      const active = versions.find((v) => v.status === 'ACTIVE');
      base.value = chosen || (active?.version ?? '');
    } catch (error) {
      note(error.message, 'bad');
    }
  }

  function soon() {
    timer ||= setTimeout(() => {
      timer = 0;
      load();
    }, 500);
  }

  async function begin(event) {
    event.preventDefault();
    const from = base.value === '' ? null : base.value;
    const sure = await confirmed(
      'Start a training?',
      `On all recordings for training, from ${from ?? 'random weights'}. It may take hours; if the model is better it goes into service by itself.`,
      'Start',
    );
    if (!sure) return;
    try {
      const { requestId } = await post('api/training/start', { baseVersion: from });
      note(`Asked for ${requestId}; it appears when a trainer takes it.`);
    } catch (error) {
      note(error.message, 'bad');
    }
  }

  async function cancel(run) {
    if (!(await confirmed('Cancel this training?', `${run.requestId}: what it learnt so far is not used.`, 'Cancel the training'))) return;
    try {
      await post('api/training/cancel', { requestId: run.requestId });
      note('Asked the trainer to cancel it.');
    } catch (error) {
      note(error.message, 'bad');
    }
  }

  function card(run) {
    const kind = BAD.includes(run.phase) ? 'bad' : run.phase === 'PUBLISHED' ? 'good' : '';
    return el(
      'li',
      { class: 'card' },
      el(
        'div',
        { class: 'card-head' },
        el('h2', { class: 'mono' }, run.requestId),
        el('span', { class: `chip ${kind}` }, run.phase),
        run.finished
          ? null
          : el('button', { type: 'button', class: 'quiet danger', 'aria-label': `Cancel ${run.requestId}`, on: { click: () => cancel(run) } }, 'Cancel'),
      ),
      el('p', {}, 'since ', when(run.startedAt), progress(run)),
      run.finished || run.epochs === 0
        ? null
        : el('progress', { max: run.epochs, value: run.epoch, 'aria-label': `${run.epoch} of ${run.epochs} epochs` }),
      run.modelVersion ? el('p', {}, 'Model ', el('strong', {}, run.modelVersion)) : null,
      run.detail ? el('p', { class: 'hint' }, run.detail) : null,
      run.curve.length > 0
        ? el(
            'div',
            { class: 'curves' },
            curve(run.curve, 'loss', 'Loss', (v) => v.toFixed(3)),
            curve(run.curve, 'accuracy', 'Accuracy', (v) => percent(v, 1)),
            curve(run.curve, 'eer', 'Equal error rate', (v) => percent(v, 2)),
          )
        : null,
    );
  }

  replace(root, el('div', { class: 'heading' }, el('h1', {}, 'Training'), form), list);
  replace(list, loading('trainings'));
  load();
  loadBases();
  const stop = [live.on('training', soon), live.on('models', loadBases)];
  return () => {
    stop.forEach((end) => end());
    clearTimeout(timer);
  };
}

function progress(run) {
  const parts = [];
  if (run.epochs > 0) parts.push(`epoch ${run.epoch} of ${run.epochs}`);
  if (!run.finished && run.samplesPerSecond) parts.push(`${Math.round(run.samplesPerSecond)} samples a second`);
  if (!run.finished && run.remainingMs) parts.push(`${Math.ceil(run.remainingMs / 60000)} min left`);
  return parts.length > 0 ? `; ${parts.join(', ')}` : '';
}

function curve(points, field, title, format) {
  const known = points.filter((point) => Number.isFinite(point[field]));
  if (known.length === 0) return null;
  const values = known.map((point) => point[field]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [known[0].at, known.at(-1).at];
  const x = (point) => (last === first ? WIDTH / 2 : 4 + ((point.at - first) / (last - first)) * (WIDTH - 8));
  const y = (point) => (high === low ? HEIGHT / 2 : HEIGHT - 6 - ((point[field] - low) / (high - low)) * (HEIGHT - 12));
  const said = `${title}: ${known.length} points, from ${format(values[0])} to ${format(values.at(-1))}`;
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': said, class: `curve ${field}` },
    svg('polyline', { points: known.map((point) => `${x(point).toFixed(1)},${y(point).toFixed(1)}`).join(' '), fill: 'none' }),
    svg('circle', { cx: x(known.at(-1)).toFixed(1), cy: y(known.at(-1)).toFixed(1), r: 3.5 }),
  );
  return el(
    'figure',
    {},
    el('figcaption', {}, el('span', {}, title), el('strong', {}, format(values.at(-1)))),
    picture,
    el('p', { class: 'hint range' }, el('span', {}, `lowest ${format(low)}`), el('span', {}, `highest ${format(high)}`)),
  );
}
