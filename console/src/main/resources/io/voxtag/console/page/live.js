/** The calls as the server tells of them, and who wants to know of changes. */

const BEAT_MS = 25000;
const MAX_STRETCHES = 600;

class Live {
  calls = new Map();
  ready = false;
  state = 'connecting';
  #listeners = new Map();
  #source = null;
  #watchdog = 0;

  on(event, listener) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(listener);
    return () => this.#listeners.get(event).delete(listener);
  }

  #tell(event, detail) {
    this.#listeners.get(event)?.forEach((listener) => listener(detail));
  }

  start() {
    this.#source?.close();
    const source = new EventSource('/console/events');
    this.#source = source;
    source.addEventListener('snapshot', (event) => {
      this.calls = new Map(JSON.parse(event.data).map((call) => [call.key, call]));
      this.ready = true;
      this.#heard();
      this.#tell('calls', { all: true, changed: [], gone: [] });
    });
    source.addEventListener('calls', (event) => {
      this.#heard();
      this.#merge(JSON.parse(event.data));
    });
    source.addEventListener('changed', (event) => {
      this.#heard();
      JSON.parse(event.data).forEach((subject) => this.#tell(subject.toLowerCase(), {}));
    });
    source.addEventListener('beat', () => this.#heard());
    source.addEventListener('error', () => {
      this.#setState('lost');
      if (source.readyState === EventSource.CLOSED) this.#later();
    });
    this.#watch();
  }

  #later() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.start(), 3000);
  }

  /** A connection that is broken without a sign is found by its silence. */
  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#setState('lost');
      this.start();
    }, BEAT_MS);
  }

  #heard() {
    this.#setState('live');
    this.#watch();
  }

  #setState(state) {
    if (this.state !== state) {
      this.state = state;
      this.#tell('connection', state);
    }
  }

  #merge(news) {
    const said = [];
    for (const key of news.gone) this.calls.delete(key);
    for (const call of news.calls) {
      const known = this.calls.get(call.key);
      if (!known) {
        this.calls.set(call.key, call);
        call.legs.forEach((leg) => said.push({ call, leg, stretches: leg.stretches }));
        continue;
      }
      known.ended = call.ended;
      known.startedAt = call.startedAt;
      for (const leg of call.legs) {
        const old = known.legs.find((other) => other.channel === leg.channel && other.streamId === leg.streamId);
        if (old) {
          const first = leg.stretches[0]?.number ?? Infinity;
          const kept = old.stretches.filter((s) => s.number < first && s.number >= leg.firstKept);
          Object.assign(old, leg, { stretches: [...kept, ...leg.stretches].slice(-MAX_STRETCHES) });
        } else {
          known.legs.push(leg);
        }
        said.push({ call: known, leg, stretches: leg.stretches });
      }
    }
    this.#tell('calls', { all: false, changed: news.calls.map((call) => call.key), gone: news.gone, said });
  }

  /** Calls, the newest first. */
  newest() {
    return [...this.calls.values()].sort((a, b) => b.startedAt - a.startedAt);
  }
}

export const live = new Live();
