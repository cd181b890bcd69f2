// Speakers, models and training runs.

import { clock, element } from "./calls.js";

const speakers = new Map();
const runs = new Map();
let models = [];

export function clear() {
  speakers.clear();
  runs.clear();
  models = [];
}

export function takeSpeaker(speaker) {
  if (speaker.recordings === 0) speakers.delete(speaker.id);
  else speakers.set(speaker.id, speaker);
}

export function takeModels(all) {
  models = all;
}

export function takeRun(moment) {
  if (!runs.has(moment.id)) runs.set(moment.id, []);
  runs.get(moment.id).push(moment);
}

export function speakerCount() {
  return speakers.size;
}

function button(text, act, danger) {
  const made = element("button", danger ? "danger" : "", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

export function drawSpeakers(root, empty, erase) {
  const all = [...speakers.values()].sort((a, b) => a.id.localeCompare(b.id));
  empty.hidden = all.length > 0;
  root.replaceChildren(...all.map((speaker) => {
    const row = element("tr");
    const name = element("th", "", speaker.id);
    name.scope = "row";
    const state = element("td");
    state.append(speaker.accepted > 0
      ? element("span", "badge good", "enrolled")
      : element("span", "badge bad", "not enrolled"));
    if (speaker.problem) state.append(element("div", "meta", speaker.problem));
    const actions = element("td");
    const forget = button("Erase", () => erase(speaker.id), true);
    forget.setAttribute("aria-label", `Erase ${speaker.id}`);
    actions.append(forget);
    row.append(name, element("td", "number", `${speaker.accepted} of ${speaker.recordings}`), state, actions);
    return row;
  }));
}

const KINDS = { ACTIVE: "good", REJECTED: "bad", READY: "busy", CANDIDATE: "busy" };

export function drawModels(root, empty, promote) {
  empty.hidden = models.length > 0;
  root.replaceChildren(...models.map((model) => {
    const card = element("article", "card");
    const top = element("div", "top");
    top.append(element("h2", "", model.version),
      element("span", `badge ${KINDS[model.status] ?? ""}`, model.status.toLowerCase()));
    card.append(top, element("p", "meta", new Date(model.at).toLocaleString()));
    if (model.detail) card.append(element("p", model.status === "REJECTED" ? "problem" : "meta", model.detail));
    const figures = Object.entries(model.metrics).slice(0, 12);
    if (figures.length > 0) {
      const list = element("dl");
      for (const [name, value] of figures) {
        const pair = element("div");
        const isRate = /eer|fpir|fnir|rate/.test(name) && value >= 0 && value <= 1;
        pair.append(element("dt", "", name),
          element("dd", "", isRate ? `${(100 * value).toFixed(2)} %` : String(Number(value.toPrecision(4)))));
        list.append(pair);
      }
      card.append(list);
    }
    if (model.status === "READY" || model.status === "RETIRED") {
      const buttons = element("div", "buttons");
      buttons.append(button(model.previous ? "Roll back to it" : "Promote", () => promote(model.version, model.previous)));
      card.append(buttons);
    }
    return card;
  }));
}

const OVER = new Set(["PUBLISHED", "REJECTED", "CANCELLED", "FAILED"]);

export function drawRuns(root, empty, cancel) {
  empty.hidden = runs.size > 0;
  root.replaceChildren(...[...runs.values()].reverse().map((moments) => {
    const last = moments[moments.length - 1];
    const card = element("article", "card");
    const top = element("div", "top");
    const kind = last.phase === "PUBLISHED" ? "good" : OVER.has(last.phase) ? "bad" : "busy";
    top.append(element("h2", "", last.model ?? last.id), element("span", `badge ${kind}`, last.phase.toLowerCase()));
    card.append(top);
    const trained = moments.filter((moment) => moment.loss !== undefined);
    const latest = trained[trained.length - 1];
    if (latest) {
      card.append(element("p", "meta", [
        latest.epochs ? `epoch ${latest.epoch} of ${latest.epochs}` : `epoch ${latest.epoch}`,
        `loss ${latest.loss.toFixed(3)}`,
        latest.accuracy === undefined ? "" : `accuracy ${(100 * latest.accuracy).toFixed(1)} %`,
        latest.samplesPerSecond === undefined ? "" : `${latest.samplesPerSecond.toFixed(0)} samples a second`,
        latest.eer === undefined ? "" : `EER ${(100 * latest.eer).toFixed(2)} %`,
        last.phase === "RUNNING" && latest.remainingMs !== undefined ? `${clock(latest.remainingMs)} left` : "",
      ].filter(Boolean).join(" · ")));
      if (trained.length > 1) card.append(curve(trained));
    }
    if (last.detail) card.append(element("p", last.phase === "PUBLISHED" ? "meta" : "problem", last.detail));
    if (!OVER.has(last.phase)) {
      const buttons = element("div", "buttons");
      buttons.append(button("Cancel", () => cancel(last.id), true));
      card.append(buttons);
    }
    return card;
  }));
}

const SVG = "http://www.w3.org/2000/svg";

function curve(trained) {
  const losses = trained.map((moment) => moment.loss);
  const least = Math.min(...losses);
  const range = Math.max(...losses) - least || 1;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "curve");
  svg.setAttribute("viewBox", "0 0 100 100");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Loss from ${losses[0].toFixed(3)} to ${losses[losses.length - 1].toFixed(3)}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", losses.map((loss, i) =>
    `${i ? "L" : "M"}${(100 * i / (losses.length - 1)).toFixed(2)} ${(95 - 90 * (loss - least) / range).toFixed(2)}`).join(""));
  svg.append(path);
  return svg;
}
