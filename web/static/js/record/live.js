// @ts-check
/** The record on a page: live, and with words that are kept. */

import { liveAt } from "../here.js";
import { fingers } from "../fingers.js";
import { keepWords, newId, tradeKey } from "../session-page.js";
import { outbox } from "../outbox.js";
import { record } from "./record.js";
import { shelf as shelved } from "../shelf.js";
import { keepAwake } from "../waking.js";
import { wire } from "../wire.js";

/** Nothing moves under a finger: what comes is taken once it is lifted. @param {any} Alpine @param {(frame: any) => void} [heard] */
export function liveRecord(Alpine, heard = () => {}) {
  const hands = fingers();
  void tradeKey();
  const { room: id = "", keeps = "", speaks = "", people = "" } = document.documentElement.dataset;
  const paint = JSON.parse(document.getElementById("state")?.textContent ?? "{}");
  const shelf = shelved();
  const sent = outbox(shelf, id);
  const words = keepWords(Alpine, shelf, id, { run: () => "", title: () => "", sent: sent.words });
  // There is much of it: Alpine is handed it empty, for it looks at each thing it is handed, and what fills it is not watched yet.
  const known = record({ newId, words });
  Alpine.store("record", known);
  known.begin(paint);
  /** @type {import("./record.js").Record_} */
  const here = Alpine.store("record");
  const line = wire({
    url: liveAt(`/api/rooms/${id}/live`),
    from: paint,
    outbox: sent,
    onFrame: (frame) => hands.lifted(() => { here.take(frame); heard(frame); }),
    onStatus: (status) => { here.status = status; },
    onBye: (bye) => { here.over = bye.say; },
  });
  here.post = (command, typed) => line.send(command, typed);
  keepAwake(line);
  Alpine.magic("record", () => here);
  const split = (/** @type {string} */ said) => said.split(" ").filter(Boolean);
  return { here, id, words, lifted: hands.lifted, keeps: keeps === "1", speaks: split(speaks), people: split(people) };
}

/** How the page is in step, in words. @param {import("./record.js").Record_} here */
export function statusWords(here) {
  return { step: "In step", behind: "Catching up", sending: "Sending what you wrote", lost: "No connection" }[here.status];
}
