// @ts-check
/** All needs as this browser looks at them: which are found, which are one's own, and the board they stand on. */

import { placed } from "./placing.js";
import { MARKS, markOf, overdue, weekOf } from "./saying.js";

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

/** @type {readonly string[]} */
const NONE = Object.freeze([]);
const LISTS = [
  { key: "next", title: "Waits for you" }, { key: "need", title: "We need" }, { key: "owe", title: "We owe" },
  { key: "rest", title: "Between others" },
];

/** @param {{from: Source, now?: () => number}} ports */
export function needs({ from, now = Date.now }) {
  /** What each list said last. @type {Record<string, string>} */
  const known = {};
  /** In which lists the need stood that is laid open: it stays there until it is shut. */
  let standing = { id: "", lists: NONE };
  return {
    /** What is looked for: one team, one mark, one week of the cycle (`none`: no day yet). */
    team: "",
    mark: "",
    week: "",
    /** The need that is laid open. */
    opened: "",
    /** Whether there is room for the board. */
    wide: true,
    from,

    /** Ids of all needs, of those that are looked for, and of those with a decision that is over its day. @type {readonly string[]} */
    all: NONE,
    /** @type {readonly string[]} */
    found: NONE,
    /** @type {readonly string[]} */
    late: NONE,
    /** How many there are of each mark, of those there are any of. @type {readonly {mark: string, count: number, words: string}[]} */
    counts: [],
    /** Lists with their titles, those that hold anything. @type {readonly {key: string, title: string, ids: string[]}[]} */
    lists: [],

    /** Weeks of the cycle in which something is needed; 0 for what has no day yet. @type {readonly number[]} */
    weeks: [],

    /** Look at all of them once; what comes to the same as before is left as it is, so that nothing that shows it is drawn. */
    refresh() {
      const all = from.ids("dependency");
      const rows = all.map((id) => ({ id, need: from.look("dependency", id), mark: markOf(from.look("dependency", id)) }));
      const { start = "" } = from.all();
      const inWeek = (/** @type {string} */ day) => !this.week || this.week === String(weekOf(day, start) || "none");
      const ofTeam = (/** @type {Partial<import("../shapes.js").DependencyShown>} */ need) => !this.team || this.team === need.consumer || this.team === need.provider;
      const found = rows.filter(({ need, mark }) => ofTeam(need) && (!this.mark || this.mark === mark) && inWeek(need.need_by ?? "")).map(({ id }) => id);
      const weeks = [...new Set(rows.map(({ need }) => weekOf(need.need_by ?? "", start)))].sort((a, b) => a - b);
      const counted = Object.keys(MARKS).map((mark) => ({ mark, count: rows.filter((row) => row.mark === mark).length, words: MARKS[mark] }));
      const at = now();
      const told = { all, found, late: rows.filter(({ need }) => overdue(need, at)).map(({ id }) => id), counts: counted.filter(({ count }) => count), lists: this.listed(all, found), weeks };
      for (const [name, value] of Object.entries(told)) {
        const key = JSON.stringify(value);
        if (known[name] === key) continue;
        known[name] = key;
        const put = () => { if (known[name] === key) /** @type {any} */ (this)[name] = Object.freeze([...value]); };
        put();
        // What was drawn earlier in this turn was drawn of what was found before: it is drawn once more.
        queueMicrotask(put);
      }
    },
    /** @param {string} id */
    look(id) { return from.look("dependency", id); },
    get isOn() { return this.team !== "" || this.mark !== "" || this.week !== ""; },
    clear() { this.team = this.mark = this.week = ""; },
    /** @param {string} mark */
    choose(mark) { this.mark = this.mark === mark ? "" : mark; },
    get summary() { return this.counts.map(({ count, words }) => `${count} ${words}`).join(", "); },

    get ours() { return from.ours(); },
    /** One's own first, in lists. @param {readonly string[]} all @param {readonly string[]} found */
    listed(all, found) {
      const stands = standing.id === this.opened ? standing : { id: this.opened, lists: NONE };
      const lists = new Map(found.map((id) => [id, this.listsOf(id)]));
      if (stands.lists.length) lists.set(stands.id, stands.lists);
      standing = { id: this.opened, lists: lists.get(this.opened) ?? NONE };
      return (this.ours.length ? LISTS : [{ key: "all", title: "" }])
        .map((list) => ({ ...list, ids: all.filter((id) => lists.get(id)?.includes(list.key)) }))
        .filter(({ key, ids }) => ids.length || key === "all");
    },
    /** The other half of a yes is a tap, so it comes before answers. @param {string} id @returns {readonly string[]} */
    listsOf(id) {
      if (!this.ours.length) return ["all"];
      if (this.waitsForUs(id)) return ["next"];
      const { consumer = "", provider = "" } = this.look(id);
      const own = [this.ours.includes(consumer) && "need", this.ours.includes(provider) && "owe"].filter((key) => key !== false);
      return own.length ? own : ["rest"];
    },
    /** Whether the next step is one's own team's: an answer, or the other half of a yes. @param {string} id */
    waitsForUs(id) {
      const need = this.look(id);
      const side = need.waits_for === "consumer" ? need.consumer : need.waits_for === "provider" ? need.provider : "";
      return this.ours.includes(side || "?");
    },
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
