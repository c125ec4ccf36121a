// @ts-check
/** The weekly check-in: where each of one's results stands today. */

import { liveRecord, statusWords } from "../record/live.js";

const VALUES = Array.from({ length: 10 }, (_, at) => at + 1);

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const { here, keeps, speaks, people } = liveRecord(Alpine);
  const carries = (/** @type {string} */ result) => (here.look("result", result).leads ?? []).some((lead) => people.includes(lead));

  Alpine.data("checkIn", () => ({
    get status() { return statusWords(here); },
    /** Goals of one's team, and those with a result that one carries; for who keeps the record and is of no team, all. */
    get goals() {
      const shared = here.ids("objective").filter((id) => here.look("objective", id).status !== "draft" && here.results(id).length);
      const mine = shared.filter((id) => speaks.includes(here.look("objective", id).team || "-") || here.results(id).some(carries));
      return mine.length || !keeps ? mine : shared;
    },
  }));
  Alpine.data("checkRow", (/** @type {string} */ result) => ({
    values: VALUES,
    figure: "",
    confidence: 0,
    line: "",
    get it() { return here.look("result", result); },
    /** @param {number | null | undefined} figure */
    shown(figure) { return figure === null || figure === undefined ? "" : String(figure); },
    get last() {
      const point = here.look("checkin", result).points?.at(-1);
      if (!point) return "";
      const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" }).format(new Date(point.at));
      return [`Last on ${day}: ${point.confidence} of 10`, point.line].filter(Boolean).join(". ");
    },
    /** @param {number} value */
    pick(value) { this.confidence = value; },
    save() {
      if (!this.confidence) return;
      here.send("check_in", { result, confidence: this.confidence, figure: this.figure, line: this.line }, [`check.${result}`, `check.${result}.figure`]);
      this.figure = this.line = "";
      this.confidence = 0;
    },
  }));
});
