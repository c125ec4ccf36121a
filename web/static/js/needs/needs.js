// @ts-check
/** All needs as this browser looks at them: which are found, which are one's own, and the board they stand on. */

import { placed } from "./placing.js";
import { MARKS, markOf, overdue } from "./saying.js";

/**
 * What needs are looked up in, and sent to: a session's room, or the record.
 * @typedef {{
 *   look: <K extends keyof import("../shapes.js").Kinds>(kind: K, id: string) => Partial<import("../shapes.js").Kinds[K]>,
 *   ids: (kind: string) => string[],
 *   all: () => Partial<import("../shapes.js").NeedsShown>,
 *   teams: () => {id: string, name: string}[],
 *   results: (team: string) => {id: string, text: string}[],
 *   send: (name: string, fields: Record<string, any>, from?: string[]) => void,
 *   ours: () => string[],
 *   keeps: () => boolean,
 *   deciders: () => string[],
 * }} Source
 * @typedef {ReturnType<typeof needs>} Needs
 */

/** @param {{from: Source, now?: () => number}} ports */
export function needs({ from, now = Date.now }) {
  return {
    /** What is looked for: one team, one mark. */
    team: "",
    mark: "",
    /** The need that is laid open. */
    opened: "",
    /** Whether there is room for the board. */
    wide: true,
    from,

    get all() { return from.ids("dependency"); },
    /** @param {string} id */
    look(id) { return from.look("dependency", id); },
    get found() { return this.all.filter((id) => this.fits(id)); },
    /** @param {string} id */
    fits(id) {
      const need = this.look(id);
      return (!this.team || this.team === need.consumer || this.team === need.provider) && (!this.mark || this.mark === markOf(need));
    },
    get isOn() { return this.team !== "" || this.mark !== ""; },
    clear() { this.team = this.mark = ""; },
    /** @param {string} mark */
    choose(mark) { this.mark = this.mark === mark ? "" : mark; },
    /** How many there are of each mark, of those there are any of. */
    get counts() {
      /** @type {Record<string, number>} */
      const found = {};
      for (const id of this.all) found[markOf(this.look(id))] = (found[markOf(this.look(id))] ?? 0) + 1;
      return Object.keys(MARKS).filter((mark) => found[mark]).map((mark) => ({ mark, count: found[mark], words: MARKS[mark] }));
    },
    get summary() { return this.counts.map(({ count, words }) => `${count} ${words}`).join(", "); },

    get ours() { return from.ours(); },
    get weNeed() { return this.found.filter((id) => this.ours.includes(this.look(id).consumer ?? "")); },
    get weOwe() { return this.found.filter((id) => this.ours.includes(this.look(id).provider ?? "")); },
    get others() { return this.found.filter((id) => !this.ours.includes(this.look(id).consumer ?? "") && !this.ours.includes(this.look(id).provider ?? "")); },
    /** Lists with their titles, those that hold anything. */
    get lists() {
      if (!this.ours.length) return [{ key: "all", title: "", ids: this.found }];
      // The other half of a yes is a tap, so it comes before answers.
      const waiting = this.found.filter((id) => this.waitsForUs(id)).sort((a, b) => Number(!this.ours.includes(this.look(a).consumer ?? "")) - Number(!this.ours.includes(this.look(b).consumer ?? "")));
      const rest = (/** @type {string[]} */ ids) => ids.filter((id) => !waiting.includes(id));
      return [
        { key: "next", title: "Waits for you", ids: waiting }, { key: "need", title: "We need", ids: rest(this.weNeed) },
        { key: "owe", title: "We owe", ids: rest(this.weOwe) }, { key: "rest", title: "Between others", ids: this.others },
      ].filter(({ ids }) => ids.length);
    },
    /** Whether the next step is one's own team's: an answer, or the other half of a yes. @param {string} id */
    waitsForUs(id) {
      const { consumer = "", provider = "", state = "", agreed } = this.look(id);
      const asked = ["proposed", "undecided", "slipped"].includes(state) && this.ours.includes(provider);
      return asked || (["accepted", "conditional"].includes(state) && !agreed && this.ours.includes(consumer));
    },
    /** Those with a decision that is over its day. */
    get late() { return this.all.filter((id) => overdue(this.look(id), now())); },
    /** @param {string} id */
    isLate(id) { return overdue(this.look(id), now()); },
    /** @param {string} id */
    toggle(id) { this.opened = this.opened === id ? "" : id; },

    /** Who needs each other in a circle, in words. */
    get circles() {
      const names = Object.fromEntries(from.teams().map(({ id, name }) => [id, name]));
      return (from.all().circles ?? []).map((circle) => listed(circle.map((team) => names[team] ?? team)));
    },
    /** Who is asked for more than there is room for. */
    get overloads() { return (from.all().loads ?? []).filter(({ asks, room }) => asks > room); },
    /** The board in so much room. @param {{width: number, font: number, row: number}} size */
    board({ width, font, row }) {
      const all = from.all();
      const shown = this.found.filter((id) => this.look(id).state !== "withdrawn" || this.mark === "withdrawn");
      if (!shown.length || !width) return null;
      /** @type {Record<string, string>} */
      const names = {};
      const lines = shown.map((id) => {
        const need = this.look(id);
        names[need.consumer ?? ""] = need.consumer_name ?? "";
        names[need.provider ?? ""] = need.provider_name ?? "";
        return { id, consumer: need.consumer ?? "", provider: need.provider ?? "", day: need.need_by ?? "", mark: markOf(need), words: need.need ?? "" };
      });
      const loads = Object.fromEntries((all.loads ?? []).map(({ team, asks, room }) => [team, /** @type {[number, number]} */ ([asks, room])]));
      return placed({ lines, names, loads, circles: all.circles ?? [], start: all.start ?? "", end: all.end ?? "", width, font, row });
    },
  };
}

/** Names as people list them. @param {string[]} names */
export function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
