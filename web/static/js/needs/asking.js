// @ts-check
/** A need in a list, and asking another team for something. */

import { dayWords, markOf, standingWords } from "./saying.js";

/** @typedef {import("./needs.js").Needs} Needs */

/** Asking another team for something. @param {{needs: Needs}} ports */
export function askNeed({ needs }) {
  return (/** @type {string} */ to = "") => ({
    to,
    provider: to,
    consumer: "",
    need: "",
    because: "",
    by: "",
    why: "",
    get teams() { return needs.from.teams().filter(({ id }) => !needs.ours.includes(id)); },
    get own() { return needs.from.teams(); },
    get forOthers() { return needs.ours.length === 0 && needs.from.keeps(); },
    get ready() { return this.provider !== "" && this.need.trim() !== "" && (!this.forOthers || (this.consumer !== "" && this.why.trim() !== "")); },
    ask() {
      if (!this.ready) return;
      const { provider, need: text, because, by: need_by, consumer, why } = this;
      needs.from.send("say_need", { provider, text, because, need_by, consumer, why }, [`ask.need.${to}`, `ask.because.${to}`, "ask.why"]);
      this.need = this.because = this.by = this.why = "";
      this.provider = to;
    },
  });
}

/** One need in a list. @param {{needs: Needs}} ports */
export function needRow({ needs }) {
  return (/** @type {string} */ id) => ({
    get it() { return needs.look(id); },
    get mark() { return markOf(this.it); },
    get standing() { return standingWords(this.it); },
    get day() { return dayWords(this.it.need_by ?? ""); },
    /** @param {{need_by?: string}} need */
    dayOf(need) { return dayWords(need.need_by ?? ""); },
  });
}
