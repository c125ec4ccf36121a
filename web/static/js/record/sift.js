// @ts-check
/** Which goals are looked at: found by words, team, person, status and link; and which one is open. */

import { FIRST } from "../growing.js";
import { hang } from "./hanging.js";

/** @typedef {ReturnType<typeof sift>} Sift */

/** Goals from which on those that serve the same line stand folded under it. */
const MANY = 18;

/** @param {{here: import("./record.js").Record_, place?: {read: () => string, write: (id: string) => void}}} ports */
export function sift({ here, place = { read: () => "", write: () => {} } }) {
  /** What was looked for last, and what was found. @type {{asked: string, found: readonly string[]}} */
  let last = { asked: "", found: [] };
  return {
    words: "",
    team: "",
    person: "",
    status: "",
    link: "",
    /** The goal that is laid open; a reload finds it again. */
    opened: place.read(),
    /** On paper every goal is laid open. */
    printing: false,
    /** What is found, in the order of the list. @type {readonly string[]} */
    goals: [],
    /** All there are: the whole organisation's first, then team by team. @type {readonly string[]} */
    all: [],
    /** How many of them stand in the list so far. */
    made: FIRST,
    /** Those that are found, to be asked one by one. @type {Readonly<Record<string, boolean>>} */
    found: {},
    /** How those that are found hang together. @type {import("./hanging.js").Hanging} */
    hanging: hang(here, []),
    /** How many of all serve nothing. */
    looseCount: 0,

    /** Look again: whatever this reads is what it depends on. */
    look() {
      const now = here.much("team", "objective", ...(this.isOn ? ["result"] : []));
      const teams = new Map(now.ids("team").map((team, at) => [team, at]));
      const placeOf = (/** @type {string} */ team) => (team ? teams.get(team) ?? teams.size : -1);
      const places = new Map(now.ids("objective").map((id) => [id, placeOf(now.look("objective", id).team ?? "")]));
      const all = [...places.keys()].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
      const asked = [this.words.trim(), this.team, this.person, this.status, this.link].join("\n");
      // What one writes in stays, whatever becomes of it meanwhile, until one looks for something else.
      const stays = (/** @type {string} */ id) => id === this.opened && asked === last.asked && last.found.includes(id);
      const goals = this.isOn ? all.filter((id) => this.fits(id, now) || stays(id)) : all;
      last = { asked, found: goals };
      this.all = Object.freeze(all);
      this.goals = Object.freeze(goals);
      this.found = Object.freeze(Object.fromEntries(goals.map((id) => [id, true])));
      this.hanging = hang(now, goals);
      this.looseCount = (this.isOn ? hang(now, all) : this.hanging).loose.length;
    },
    get isOn() { return [this.words.trim(), this.team, this.person, this.status, this.link].some(Boolean); },
    get count() { return this.isOn ? `${this.goals.length} of ${this.all.length}` : `${this.all.length}`; },
    get many() { return this.goals.length > MANY; },
    /** What stands in the list: all, as soon as the page has come to it; on paper, and while something is looked for, at once. */
    get listed() { return this.printing || this.isOn || this.made >= this.all.length ? this.all : this.all.slice(0, this.made); },
    /** Have the list go as far as what is open. */
    cover() { this.made = Math.max(this.made, this.all.indexOf(this.opened) + 1); },
    clear() { this.words = this.team = this.person = this.status = this.link = ""; },

    /** @param {string} id @param {import("./record.js").Record_} now */
    fits(id, now) {
      const goal = now.look("objective", id);
      const results = now.results(id);
      if (this.team && (goal.team || "whole") !== this.team) return false;
      if (this.status && goal.status !== this.status) return false;
      if (this.person && !results.some((result) => now.look("result", result).leads?.includes(this.person))) return false;
      return this.isLinked(goal) && this.says(id, results, now);
    },
    /** @param {Partial<import("../shapes.js").ObjectiveOfRecord>} goal */
    isLinked(goal) {
      const links = goal.serves ?? [];
      if (!this.link) return true;
      if (this.link === "none") return Boolean(goal.team) && links.length === 0;
      return links.some((link) => link.kind === this.link || link.parent === this.link);
    },
    /** Every word stands somewhere in the goal, its results, their people, or its team. @param {string} id @param {string[]} results @param {import("./record.js").Record_} now */
    says(id, results, now) {
      const wanted = this.words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      if (!wanted.length) return true;
      const { text = "", team = "" } = now.look("objective", id);
      const below = results.map((result) => now.look("result", result)).flatMap((r) => [r.text, r.metric, ...(r.lead_names ?? [])]);
      const all = [text, now.look("team", team).name, ...below].join(" ").toLocaleLowerCase();
      return wanted.every((word) => all.includes(word));
    },

    /** @param {string} id */
    shows(id) { return this.printing || this.opened === id; },
    /** @param {string} id */
    open(id) {
      this.opened = this.opened === id ? "" : id;
      this.cover();
      place.write(this.opened);
    },
    /** Open a goal, whatever hides it. @param {string} id */
    reach(id) {
      if (!this.goals.includes(id)) this.clear();
      if (this.opened !== id) this.open(id);
    },
  };
}

/** The place of the open goal in the address of the page. */
export const inAddress = {
  read: () => (/^#goal-(.+)$/.exec(location.hash) ?? ["", ""])[1],
  /** @param {string} id */
  write: (id) => history.replaceState(null, "", id ? `#goal-${id}` : location.pathname + location.search),
};
