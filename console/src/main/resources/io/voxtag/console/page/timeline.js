/** The section of the calls: a timeline for each leg. */
import { clock, el, empty, loading, percent, replace, when } from './dom.js';
import { live } from './live.js';
import { openStretch } from './stretch.js';
import { STAGES, isSpeech, look, name } from './voices.js';

const MIN_PX_PER_S = 5;
const LETTER_PX = 7;
const LETTERS_AT_LEAST = 5;
const TICKS_S = [5, 10, 15, 30, 60, 120, 300, 600];

export function callsSection(root) {
  const list = el('div', { class: 'calls' });
  const search = el('input', {
    type: 'search',
    placeholder: 'Call or speaker',
    'aria-label': 'Show only calls with this id or speaker',
    on: { input: () => drawAll() },
  });
  replace(
    root,
    el('div', { class: 'heading' }, el('h1', {}, 'Calls'), search),
    legend(),
    list,
  );
  const cards = new Map();
  let waiting = new Set();
  let frame = 0;

  function fits(call) {
    const wanted = search.value.trim().toLowerCase();
    return (
      wanted === '' ||
      call.callId.toLowerCase().includes(wanted) ||
      call.legs.some((leg) => leg.stretches.some((s) => s.speakerId?.toLowerCase().includes(wanted)))
    );
  }

  function drawAll() {
    if (!live.ready) {
      replace(list, loading('calls'));
      return;
    }
    const calls = live.newest().filter(fits);
    for (const [key, card] of cards) {
      if (!live.calls.has(key)) {
        card.node.remove();
        cards.delete(key);
      }
    }
    if (calls.length === 0) {
      cards.clear();
      replace(
        list,
        live.calls.size === 0
          ? empty('No calls yet', 'Calls appear here within a second or two of their first words. Try: ./voxtag stream call.wav')
          : empty('No such call', 'No call that is kept here has that id or speaker.'),
      );
      return;
    }
    // Cards that are there already stay where they are, so that focus and scrolling survive.
    let before = null;
    [...list.children].forEach((child) => {
      if (![...cards.values()].some((card) => card.node === child)) child.remove();
    });
    for (const [key, card] of cards) {
      if (!calls.some((call) => call.key === key)) {
        card.node.remove();
        cards.delete(key);
      }
    }
    for (const call of calls) {
      let card = cards.get(call.key);
      if (!card) {
        card = new CallCard(call);
        cards.set(call.key, card);
      }
      const wanted = before ? before.nextSibling : list.firstChild;
      if (card.node !== wanted) list.insertBefore(card.node, wanted);
      card.draw(call);
      before = card.node;
    }
  }

  function drawSome() {
    frame = 0;
    const keys = waiting;
    waiting = new Set();
    let missing = keys === null;
    for (const key of keys) {
      const card = cards.get(key);
      const call = live.calls.get(key);
      if (card && call) card.draw(call);
      else missing = true;
    }
    if (missing) drawAll();
  }

  const stop = [
    live.on('calls', (news) => {
      if (news.all || news.gone.length > 0) {
        drawAll();
        return;
      }
      news.changed.forEach((key) => waiting.add(key));
      frame ||= requestAnimationFrame(drawSome);
    }),
  ];
  const resized = new ResizeObserver(() => cards.forEach((card) => card.redraw()));
  resized.observe(list);
  drawAll();
  return () => {
    stop.forEach((end) => end());
    resized.disconnect();
    cancelAnimationFrame(frame);
  };
}

function legend() {
  const item = (classes, text) => el('li', {}, el('span', { class: `swatch ${classes}`, 'aria-hidden': 'true' }), text);
  return el(
    'ul',
    { class: 'legend', 'aria-label': 'What the timelines show' },
    item('voice v0 confirmed', 'confirmed'),
    item('voice v0 provisional', 'provisional'),
    item('voice v0 revised', 'revised'),
    item('voice unknown u0 confirmed', 'unknown voice'),
    item('voice overlap', 'several at once'),
    item('voice silent', 'too little speech'),
  );
}

class CallCard {
  constructor(call) {
    this.title = el('h2', { id: `call-${call.key}` }, call.callId);
    this.state = el('span', { class: 'state' });
    this.legs = el('div', { class: 'legs' });
    this.rows = new Map();
    this.node = el(
      'article',
      { class: 'call', 'aria-labelledby': `call-${call.key}` },
      el('header', {}, this.title, this.state, el('span', { class: 'started' }, 'since ', when(call.startedAt))),
      this.legs,
    );
  }

  draw(call) {
    this.state.textContent = call.ended ? 'ended' : 'live';
    this.state.dataset.state = call.ended ? 'ended' : 'live';
    const legs = [...call.legs].sort((a, b) => a.channel - b.channel);
    let fresh = false;
    for (const leg of legs) {
      const key = `${leg.channel}/${leg.streamId}`;
      let row = this.rows.get(key);
      if (!row) {
        row = new LegRow(call);
        this.rows.set(key, row);
        fresh = true;
      }
    }
    const rows = legs.map((leg) => this.rows.get(`${leg.channel}/${leg.streamId}`));
    if (fresh) replace(this.legs, rows.map((row) => row.node));
    rows.forEach((row, i) => row.draw(legs[i]));
  }

  redraw() {
    this.rows.forEach((row) => row.redraw());
  }
}

class LegRow {
  constructor(call) {
    this.call = call;
    this.bars = new Map();
    this.label = el('span', { class: 'leg-name' });
    this.now = el('span', { class: 'now' });
    this.axis = el('div', { class: 'axis', 'aria-hidden': 'true' });
    this.track = el('div', { class: 'track', role: 'group' });
    this.scroll = el('div', { class: 'scroll' }, this.track, this.axis);
    this.node = el('section', { class: 'leg' }, el('div', { class: 'leg-head' }, this.label, this.now), this.scroll);
    this.track.addEventListener('keydown', (event) => this.move(event));
    this.following = true;
    this.scroll.addEventListener('scroll', () => {
      this.following = this.scroll.scrollLeft + this.scroll.clientWidth >= this.scroll.scrollWidth - 24;
    });
  }

  draw(leg) {
    this.leg = leg;
    this.label.textContent = `Leg ${leg.channel}`;
    this.track.setAttribute('aria-label', `Call ${this.call.callId}, leg ${leg.channel}: who speaks when`);
    const last = leg.stretches.at(-1);
    if (last) {
      replace(
        this.now,
        el('span', { class: `dot ${look(last)}`, 'aria-hidden': 'true' }),
        `${name(last)}`,
        el('span', { class: 'sure' }, sure(last)),
      );
    }
    this.redraw();
  }

  redraw() {
    const stretches = this.leg?.stretches ?? [];
    if (stretches.length === 0) return;
    const begin = stretches[0].fromMs;
    const seconds = Math.max(10, (stretches.at(-1).toMs - begin) / 1000);
    const width = this.scroll.clientWidth || 600;
    const scale = Math.max(MIN_PX_PER_S, Math.min(24, width / seconds));
    const wide = Math.max(width, Math.ceil(seconds * scale));
    this.track.style.setProperty('width', `${wide}px`);
    this.axis.style.setProperty('width', `${wide}px`);
    const kept = new Set();
    for (const stretch of stretches) {
      kept.add(stretch.number);
      this.bar(stretch, begin, scale);
    }
    for (const [number, bar] of this.bars) {
      if (!kept.has(number)) {
        bar.remove();
        this.bars.delete(number);
      }
    }
    if (![...this.bars.values()].some((bar) => bar.tabIndex === 0)) {
      this.bars.get(stretches.at(-1).number).tabIndex = 0;
    }
    this.ticks(begin, seconds, scale);
    if (this.following && this.scroll.scrollWidth > this.scroll.clientWidth) {
      this.scroll.scrollLeft = this.scroll.scrollWidth;
    }
  }

  bar(stretch, begin, scale) {
    let bar = this.bars.get(stretch.number);
    if (!bar) {
      bar = el('button', { type: 'button', tabindex: -1 });
      bar.dataset.number = stretch.number;
      bar.addEventListener('click', () => openStretch(this.call, this.leg, Number(bar.dataset.number), bar));
      this.bars.set(stretch.number, bar);
      this.track.append(bar);
    }
    const width = ((stretch.toMs - stretch.fromMs) / 1000) * scale;
    const said = describe(stretch);
    const dress = look(stretch);
    if (bar.className !== dress) bar.className = dress;
    bar.style.setProperty('left', `${((stretch.fromMs - begin) / 1000) * scale}px`);
    bar.style.setProperty('width', `${Math.max(2, width - 1)}px`);
    bar.style.setProperty('--sure', String(stretch.posterior ?? 1));
    if (bar.title !== said) {
      bar.title = said;
      bar.setAttribute('aria-label', said);
    }
    const letters = Math.min(LETTERS_AT_LEAST, name(stretch).length);
    const text = isSpeech(stretch) && width >= 14 + LETTER_PX * letters ? name(stretch) : '';
    if (bar.textContent !== text) bar.textContent = text;
  }

  ticks(begin, seconds, scale) {
    const step = TICKS_S.find((s) => s * scale >= 64) ?? 1200;
    const ticks = [];
    for (let at = Math.ceil(begin / 1000 / step) * step; at <= begin / 1000 + seconds; at += step) {
      ticks.push(el('span', { style: { left: `${(at - begin / 1000) * scale}px` } }, clock(at * 1000)));
    }
    replace(this.axis, ticks);
  }

  /** Arrow keys go from stretch to stretch, as within one control. */
  move(event) {
    const bars = [...this.bars.values()];
    const at = bars.indexOf(document.activeElement);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (at < 0 || next === undefined || !bars[next]) return;
    event.preventDefault();
    bars[at].tabIndex = -1;
    bars[next].tabIndex = 0;
    bars[next].focus();
  }
}

function sure(stretch) {
  if (!isSpeech(stretch)) return '';
  const stage = stretch.stage.toLowerCase();
  return stretch.posterior === undefined ? stage : `${stage}, ${percent(stretch.posterior)}`;
}

export function describe(stretch) {
  const span = `${clock(stretch.fromMs)} to ${clock(stretch.toMs)}`;
  if (!isSpeech(stretch)) return `${span}: too little speech`;
  const confidence = stretch.posterior === undefined ? '' : `, ${percent(stretch.posterior)} sure`;
  return `${span}: ${name(stretch)}, ${STAGES[stretch.stage]}${confidence}`;
}
