// Live calls: what the server tells of each window, drawn as stretches of one statement.

const LEAST_SPAN_MS = 60_000;
const MOST_CARDS = 60;

const calls = new Map();

/** A colour that a name always has. */
export function hue(name) {
  let hash = 2166136261;
  for (const character of name) {
    hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  }
  return (hash >>> 0) % 360;
}

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function clock(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function statement(tag) {
  switch (tag.state) {
    case "IDENTIFIED": return tag.speaker ?? "";
    case "UNKNOWN": return tag.speaker ?? "unknown";
    case "OVERLAP": return "several at once";
    default: return "too little speech";
  }
}

function isSame(stretch, tag) {
  return stretch.state === tag.state && stretch.speaker === tag.speaker
    && stretch.stage === tag.stage && stretch.model === tag.model;
}

export function clear() {
  calls.clear();
}

export function take(tag) {
  let call = calls.get(tag.call);
  if (!call) {
    call = { id: tag.call, legs: new Map(), card: null };
  }
  // The call that was heard last comes first.
  calls.delete(tag.call);
  calls.set(tag.call, call);
  let leg = call.legs.get(tag.leg);
  if (!leg || leg.stream !== tag.stream) {
    leg = { stream: tag.stream, stretches: [], over: false, last: null };
    call.legs.set(tag.leg, leg);
  }
  const stretches = leg.stretches;
  const before = stretches[stretches.length - 1];
  // Windows overlap: each speaks for what is new in it.
  const start = before ? Math.max(before.endMs, tag.startMs) : tag.startMs;
  if (before && isSame(before, tag) && start <= before.endMs) {
    before.endMs = Math.max(before.endMs, tag.endMs);
    before.score = tag.score;
  } else if (tag.endMs > start) {
    stretches.push({ state: tag.state, stage: tag.stage, speaker: tag.speaker, model: tag.model,
      score: tag.score, startMs: start, endMs: tag.endMs });
  }
  leg.over = tag.last;
  leg.last = tag;
  call.changed = true;
}

export function count() {
  let live = 0;
  for (const call of calls.values()) {
    if ([...call.legs.values()].some((leg) => !leg.over)) live++;
  }
  return live;
}

/** Draws what has changed; called at most once a frame. */
export function draw(root, empty) {
  const newest = [...calls.values()].reverse().slice(0, MOST_CARDS);
  empty.hidden = newest.length > 0;
  const shown = new Set();
  for (const call of newest) {
    if (!call.card || call.changed) drawCall(call);
    shown.add(call.card);
  }
  for (const card of [...root.children]) {
    if (!shown.has(card)) card.remove();
  }
  newest.forEach((call, place) => {
    if (root.children[place] !== call.card) root.insertBefore(call.card, root.children[place] ?? null);
  });
}

function drawCall(call) {
  if (!call.card) {
    call.card = element("article", "card");
    const top = element("div", "top");
    top.append(element("h2", "", call.id), element("span", "meta"));
    call.card.append(top);
    call.parts = { meta: top.lastChild, legs: new Map() };
  }
  const legs = [...call.legs.entries()].sort((a, b) => a[0] - b[0]);
  const over = legs.every(([, leg]) => leg.over);
  const end = Math.max(...legs.map(([, leg]) => leg.last.endMs));
  const latency = Math.max(...legs.map(([, leg]) => leg.last.latencyMs));
  call.card.classList.toggle("over", over);
  call.parts.meta.textContent = `${over ? "ended" : "live"} · ${clock(end)} · model ${legs[0][1].last.model}`
    + (over ? "" : ` · ${(latency / 1000).toFixed(2)} s behind`);
  for (const [channel, leg] of legs) drawLeg(call, channel, leg);
  call.changed = false;
}

function drawLeg(call, channel, leg) {
  let parts = call.parts.legs.get(channel);
  if (!parts) {
    const box = element("div", "leg");
    const who = element("div", "who");
    const name = element("span", "name");
    const meta = element("span", "meta");
    who.append(element("span", "meta", `leg ${channel}`), name, meta);
    const timeline = element("div", "timeline");
    timeline.setAttribute("role", "img");
    const axis = element("div", "axis");
    axis.setAttribute("aria-hidden", "true");
    axis.append(element("span"), element("span"));
    const details = element("details");
    const list = element("ol");
    details.append(element("summary", "", "As a list"), list);
    details.addEventListener("toggle", () => drawList(parts, leg));
    box.append(who, timeline, axis, details);
    call.card.append(box);
    parts = { name, meta, timeline, axis, details, list };
    call.parts.legs.set(channel, parts);
  }
  const last = leg.last;
  parts.name.textContent = statement(last);
  parts.meta.textContent = [last.state === "INSUFFICIENT_SPEECH" ? "" : last.stage.toLowerCase(),
    last.score === undefined ? "" : `score ${last.score.toFixed(2)}`].filter(Boolean).join(" · ");
  const first = leg.stretches[0]?.startMs ?? 0;
  const span = Math.max(LEAST_SPAN_MS, last.endMs - first);
  const bars = parts.timeline.children;
  leg.stretches.forEach((stretch, place) => {
    const bar = bars[place] ?? parts.timeline.appendChild(element("div", "stretch"));
    paint(bar, stretch);
    bar.style.left = `${100 * (stretch.startMs - first) / span}%`;
    bar.style.width = `${100 * (stretch.endMs - stretch.startMs) / span}%`;
  });
  while (bars.length > leg.stretches.length) parts.timeline.lastChild.remove();
  parts.axis.firstChild.textContent = clock(first);
  parts.axis.lastChild.textContent = clock(first + span);
  parts.timeline.setAttribute("aria-label", `Timeline of leg ${channel}: ${summary(leg)}`);
  if (parts.details.open) drawList(parts, leg);
}

function paint(bar, stretch) {
  const text = statement(stretch);
  bar.className = `stretch ${stretch.stage.toLowerCase()}`;
  bar.style.background = "";
  if (stretch.state === "IDENTIFIED") {
    bar.style.background = `hsl(${hue(text)} 62% 38%)`;
  } else if (stretch.state === "INSUFFICIENT_SPEECH") {
    bar.className = "stretch quiet";
  } else {
    const colour = hue(text);
    bar.style.background = `repeating-linear-gradient(135deg, hsl(${colour} 12% 42%) 0 6px, hsl(${colour} 12% 50%) 6px 12px)`;
  }
  const label = stretch.state === "INSUFFICIENT_SPEECH" ? "" : text;
  if (bar.textContent !== label) bar.textContent = label;
  bar.title = `${clock(stretch.startMs)}–${clock(stretch.endMs)} ${text}`
    + (stretch.state === "INSUFFICIENT_SPEECH" ? "" : `, ${stretch.stage.toLowerCase()}`);
}

function summary(leg) {
  const seconds = new Map();
  for (const stretch of leg.stretches) {
    const text = statement(stretch);
    seconds.set(text, (seconds.get(text) ?? 0) + (stretch.endMs - stretch.startMs));
  }
  return [...seconds].map(([text, ms]) => `${text} ${Math.round(ms / 1000)} seconds`).join(", ");
}

function drawList(parts, leg) {
  if (!parts.details.open) return;
  parts.list.replaceChildren(...leg.stretches.map((stretch) =>
    element("li", "", `${clock(stretch.startMs)}–${clock(stretch.endMs)} ${statement(stretch)}`
      + (stretch.state === "INSUFFICIENT_SPEECH" ? "" : `, ${stretch.stage.toLowerCase()}`))));
}
