// The page: follows the server's stream, and draws the part that is looked at.

import * as calls from "./calls.js";
import * as lists from "./lists.js";

const $ = (id) => document.getElementById(id);
const PAGES = ["calls", "speakers", "models", "training"];
let page = "calls";
let drawing = false;
let fresh = true;
let retry;

function draw() {
  drawing = false;
  $("calls-count").textContent = calls.count() || "";
  $("speakers-count").textContent = lists.speakerCount() || "";
  if (fresh) return;
  switch (page) {
    case "calls": calls.draw($("calls"), $("calls-empty")); break;
    case "speakers": lists.drawSpeakers($("speakers"), $("speakers-empty"), erase); break;
    case "models": lists.drawModels($("models"), $("models-empty"), promote); break;
    default: lists.drawRuns($("training"), $("training-empty"), cancel);
  }
}

function changed() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

function connection(state, text) {
  $("connection").className = `connection ${state}`;
  $("connection-text").textContent = text;
}

function connect() {
  const stream = new EventSource("live");
  const on = (name, take) => stream.addEventListener(name, (event) => {
    take(JSON.parse(event.data));
    changed();
  });
  stream.addEventListener("open", () => {
    // Everything is told anew.
    calls.clear();
    lists.clear();
    fresh = true;
  });
  on("tag", calls.take);
  on("speaker", lists.takeSpeaker);
  on("models", lists.takeModels);
  on("run", lists.takeRun);
  on("ready", () => {
    fresh = false;
    connection("live", "Live");
  });
  stream.addEventListener("error", () => {
    connection("lost", "Not connected, trying again");
    if (stream.readyState === EventSource.CLOSED) {
      stream.close();
      refused();
    }
  });
}

/** The server has answered, and not with a stream: find out why. */
async function refused() {
  clearTimeout(retry);
  try {
    const answer = await fetch("live", { headers: { Accept: "text/plain" } });
    if (answer.status === 401) {
      $("login").showModal();
      return;
    }
    if (!answer.ok) connection("lost", await answer.text());
    answer.body?.cancel();
  } catch {
    // The server is away; another try comes.
  }
  retry = setTimeout(connect, 2000);
}

async function order(path, body, done) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    say(answer.ok ? done : await answer.text());
  } catch {
    say("The server does not answer.");
  }
}

let silence;
function say(text) {
  $("said").textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { $("said").textContent = ""; }, 6000);
}

function confirm(title, text, yes) {
  $("h-confirm").textContent = title;
  $("confirm-text").textContent = text;
  $("confirm-yes").textContent = yes;
  const dialog = $("confirm");
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close",
    () => resolve(dialog.returnValue === "yes"), { once: true }));
}

async function erase(id) {
  if (await confirm(`Erase ${id}?`, "All recordings and voiceprints of this person are erased everywhere. This cannot be undone.", "Erase")) {
    await order("speakers/erase", { id }, `${id} is being erased.`);
  }
}

async function promote(id, back) {
  const title = back ? `Roll back to ${id}?` : `Promote ${id}?`;
  if (await confirm(title, "Calls go on; each leg changes at its next window.", back ? "Roll back" : "Promote")) {
    await order("models/promote", { id }, `${id} goes into service.`);
  }
}

async function cancel(id) {
  await order("training/cancel", { id }, "The training is being cancelled.");
}

function show() {
  const wanted = location.hash.slice(1);
  page = PAGES.includes(wanted) ? wanted : "calls";
  for (const name of PAGES) {
    $(`page-${name}`).hidden = name !== page;
    const link = document.querySelector(`nav a[href="#${name}"]`);
    if (name === page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  changed();
}

$("login-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token: $("token").value }),
  });
  if (answer.ok) {
    $("token").value = "";
    $("login").close();
    connect();
  } else {
    $("login-problem").textContent = await answer.text();
  }
});
$("train").addEventListener("click", () => order("training/start", {}, "A training was asked for."));
addEventListener("hashchange", show);
show();
connect();
