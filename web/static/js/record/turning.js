// @ts-check
/** The cycle turns: what goes on of each goal, and the room of the next cycle. */

import { addressOf } from "../here.js";
import { ask, goHere } from "../session-page.js";
import { way } from "./goals.js";

/** @param {{here: import("./record.js").Record_, words: import("../words.js").Words, id: string}} ports */
export function turning({ here, words, id }) {
  return () => ({
    name: "",
    start: "",
    end: "",
    busy: false,
    /** @type {Record<string, string>} */
    results: {},
    get goals() { return here.ids("objective").filter((goal) => here.look("objective", goal).status !== "draft" && here.results(goal).length); },
    /** @param {string} result */
    scored(result) {
      const far = way(here.look("result", result));
      return far < 0 ? "no figure of today" : `${far} % of the way`;
    },
    /** @param {string} result @param {string} fate */
    say(result, fate) {
      if (fate) this.results[result] = fate;
      else delete this.results[result];
    },
    async turn() {
      if (!this.name.trim() || this.busy) return;
      // The page of the next cycle is where this one goes: it is not loaded anew when its record closes.
      this.busy = here.leaving = true;
      const answer = await ask(`/api/rooms/${id}/next`, { name: this.name, start: this.start, end: this.end, results: this.results });
      this.busy = here.leaving = answer.ok;
      if (!answer.ok) { here.notice = answer.say; return; }
      words.drop("next.name");
      // This browser holds the new room's key already.
      goHere(addressOf(`/r/${answer.room}`));
    },
  });
}

/** Cycles before this one and after it, and what became of each result. @param {{here: import("./record.js").Record_}} ports */
export function cycles({ here }) {
  return () => ({
    get it() { return { read_only: false, before: [], after: null, scores: {}, fates: {}, ...here.look("cycles", "") }; },
    get beside() { return [...this.it.before, ...(this.it.after ? [this.it.after] : [])]; },
    /** Closed or opened, the page is loaded anew: a closed record comes without its forms. */
    init() { /** @type {any} */ (this).$watch("it.read_only", () => { if (!here.leaving) globalThis.location.reload(); }); },
    write() { here.send("set_read_only", { on: false }); },
  });
}
