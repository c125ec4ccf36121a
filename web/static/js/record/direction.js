// @ts-check
/** Where the organisation goes: its brief, its cycle, and who locks. */

import { said } from "./cycle.js";

/** @param {{here: import("./record.js").Record_, parts: string[]}} ports the parts of the brief, in their order */
export function direction({ here, parts }) {
  return () => ({
    changing: false,
    /** Parts of the brief that nothing was written to when it was opened: they stay folded until it is closed. @type {string[]} */
    blank: [],

    /** @param {string} part */
    brief(part) { return (here.room.brief ?? {})[part] ?? ""; },
    /** @param {string} part */
    lines(part) { return this.brief(part).split("\n").filter((/** @type {string} */ words) => words.trim()); },
    /** @param {string} part */
    dayOf(part) { return said(this.brief(part)); },
    get briefed() { return Boolean(here.room.sponsor) || Object.entries(here.room.brief ?? {}).some(([part, words]) => part !== "vision" && words); },
    edit() {
      this.changing = !this.changing;
      this.blank = parts.filter((part) => part !== "vision" && !this.brief(part));
    },
    /** @param {string} part */
    isBlank(part) { return this.blank.includes(part); },
    /** @param {string} part @param {Event} event */
    saveBrief(part, event) {
      const { value } = /** @type {HTMLTextAreaElement} */ (event.target);
      if (value !== this.brief(part)) here.send("set_brief", { part, text: value, was: this.brief(part) }, ["brief." + part]);
    },
    /** @param {Event} event */
    saveCycle(event) {
      const form = /** @type {HTMLInputElement} */ (event.target).form;
      const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form?.elements.namedItem(name)).value;
      here.send("set_cycle", { organisation: field("organisation"), name: field("cycle"), start: field("start"), end: field("end") }, ["cycle.organisation", "cycle.name"]);
    },
    /** @param {string} person */
    nameSponsor(person) { here.send("name_sponsor", { person }); },
  });
}
