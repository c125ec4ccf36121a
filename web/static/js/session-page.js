// @ts-check
/** What the pages of a session share: first paint, the wire, the clock, and saying aloud what changed. */

/** @import {FirstPaint} from "./types.js" */
import { aloud, followAloud } from "./aloud.js";
import { bell } from "./bell.js";
import { dialogs } from "./dialogs.js";
import { drawings } from "./drawing.js";
import { fill, left, part, spell } from "./clock.js";
import { fields } from "./fields.js";
import { fingers } from "./fingers.js";
import { addressOf, liveAt } from "./here.js";
import { withNextPicture } from "./next-picture.js";
import { needsOn, ofSession } from "./needs/on-page.js";
import { outbox } from "./outbox.js";
import { room } from "./room.js";
import { shelf as shelved } from "./shelf.js";
import { travels } from "./traveling.js";
import { unfolds } from "./folds.js";
import { keepAwake } from "./waking.js";
import { words as kept } from "./words.js";
import { wire } from "./wire.js";

/** An id that is good enough for one person's commands, also where a page is plain http. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @returns {FirstPaint & {code: string, person: string}} */
function firstPaint() {
  const { code = "", person = "" } = document.documentElement.dataset;
  return { code, person, ...JSON.parse(document.getElementById("state")?.textContent ?? "{}") };
}

/**
 * Set up Alpine's store, the socket and the clock; call on `alpine:init`.
 * @param {any} Alpine
 * @param {{screen?: boolean}} [how]
 */
export function begin(Alpine, { screen = false } = {}) {
  void tradeKey();
  const paint = firstPaint();
  const ringer = bell(shelved());
  // On a screen nobody types, and what is typed on a device that was lent must not stay on it.
  const { hand = "" } = document.documentElement.dataset;
  const shelf = shelved(screen || hand ? () => null : undefined);
  const scope = `${paint.code}.${paint.person}`;
  const sent = outbox(shelf, scope);
  const words = keepWords(Alpine, shelf, scope, {
    sent: sent.words,
    run: () => here.step.run,
    title: () => filled(here.step.title ?? "") || here.session.title,
  });
  const [hands, soon] = [fingers(), withNextPicture()];
  const speak = aloud(document.getElementById("aloud"));
  const known = room({
    newId,
    soon: (work) => soon(() => hands.lifted(work)),
    onChange: (what) => say(what),
    words,
  });
  // There may be much of it: Alpine is handed it empty, for it looks at each thing it is handed, and what fills it is not watched yet.
  Alpine.store("room", known);
  known.begin(paint);
  /** @type {import("./room.js").Room} */
  const here = Alpine.store("room");

  const live = liveAt(`/api/sessions/${paint.code}/live`);
  const line = wire({
    url: `${live}?as=${screen ? "screen" : encodeURIComponent(paint.person)}${hand ? `&hand=${encodeURIComponent(hand)}` : ""}`,
    from: paint,
    outbox: sent,
    onFrame: (frame) => {
      here.take(frame);
      if (frame.done || frame.refused) look();
    },
    onStatus: (status) => {
      here.status = status;
      look();
    },
    onBye: (bye) => { here.over = bye.say; },
  });
  here.post = (command, typed) => {
    line.send(command, typed);
    look();
  };
  keepAwake(line);

  dialogs(Alpine);
  drawings(Alpine);
  unfolds(Alpine);
  travels(Alpine, (id) => here.item(id).notes ?? []);
  Alpine.store("clock", { now: Date.now() + here.drift, text: "", over: false, low: false, part: 0 });
  const clock = Alpine.store("clock");
  const asked = needsOn(Alpine, ofSession(here), () => Date.now() + here.drift);
  tick();
  setInterval(tick, 250);

  function tick() {
    clock.now = Date.now() + here.drift;
    const rest = left(here.step, clock.now);
    const text = rest === null ? "" : spell(rest);
    if (text === clock.text) return;
    if (rest !== null && rest < 0 && !clock.over && clock.text) ringer.ring();
    clock.text = text;
    clock.over = rest !== null && rest < 0;
    clock.part = rest === null ? 0 : part(here.step, rest);
    clock.low = rest !== null && rest >= 0 && rest < 60_000;
  }

  /** What waits to be sent is looked at where that takes long enough to be seen. */
  function look() {
    if (here.status !== "step") here.unsent = sent.waiting();
    else if (here.unsent.length) here.unsent = [];
  }

  /** @param {{step: boolean, notice: boolean}} what */
  function say(what) {
    if (!what.step) return;
    window.scrollTo(0, 0);
    document.querySelector("main")?.scrollTo(0, 0);
    const title = filled(here.step.title);
    speak([/[.?!…]$/.test(title) ? title : `${title}.`, filled(here.step.prompt)].join(" "));
  }

  /** @param {string} text */
  function filled(text) {
    return fill(text, { ...here.step, ...here.mine.mine }, here.counts, clock.now);
  }

  followAloud({ room: here, clock, effect: (work) => Alpine.effect(work), say: speak });

  const [page, called] = [document.title, here.session.title];
  Alpine.effect(() => {
    const where = here.session.state === "closed" ? "Over" : filled(here.step.title ?? "");
    document.title = [where, page.replace(called, here.session.title)].filter(Boolean).join(" · ");
  });

  Alpine.magic("room", () => here);
  Alpine.magic("clock", () => clock);
  Alpine.magic("fill", () => filled);
  Alpine.magic("bell", () => ringer);
  return { room: here, needs: asked, clock, shelf, words, paint, fill: filled, effect: (/** @type {() => void} */ work) => Alpine.effect(work) };
}

/**
 * One way for every free-text field: a store of words, and the directives that fill it.
 * @param {any} Alpine
 * @param {import("./shelf.js").Shelf} shelf
 * @param {string} scope
 * @param {{run: () => string, title: () => string, sent?: () => import("./words.js").Typed[]}} ports
 * @returns {import("./words.js").Words}
 */
export function keepWords(Alpine, shelf, scope, ports) {
  Alpine.store("words", kept({ shelf, scope, page: newId(), holds: fieldHolds, sent: ports.sent }));
  const words = Alpine.store("words");
  words.look();
  if (document.documentElement.dataset.hand) words.keeps = true;
  fields(Alpine, words, ports);
  Alpine.magic("words", () => words);
  window.addEventListener("storage", () => words.heard());
  return words;
}

/** What a field on this page holds now. @param {string} field */
function fieldHolds(field) {
  const found = /** @type {any[]} */ ([...document.querySelectorAll("[x-words]")]).find((el) => el.waggleWords?.field === field);
  return found?.value ?? "";
}

/** A link's key is traded for this browser's cookie, and leaves the address bar. */
export async function tradeKey() {
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  if (!key) return { ok: false, say: "" };
  history.replaceState(null, "", location.pathname);
  const answer = await ask("/api/keys", { key });
  if (answer.ok) location.replace(addressOf(answer.go));
  return answer;
}

/** Go to a page of this server by the name one came by. @param {string} url */
export function goHere(url) {
  const { pathname, search, hash } = new URL(url, location.href);
  location.assign(pathname + search + hash);
}

/**
 * Ask the server something; a refusal comes back as its sentence.
 * @param {string} url Its path at this server.
 * @param {Record<string, any>} [body]
 * @returns {Promise<{ok: boolean, status: number, [more: string]: any}>}
 */
export async function ask(url, body) {
  const how = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  try {
    const answer = await fetch(addressOf(url), how);
    return { ...(await answer.json()), ok: answer.ok, status: answer.status };
  } catch {
    return { ok: false, status: 0, say: "No connection. Try again in a moment." };
  }
}
