// @ts-check
/** Which goals are looked at: found by words, team, person, status and link; and which one is open. */

import { FIRST } from "../growing.js";
import { hang } from "./hanging.js";
import { madeOf } from "./made-of.js";

/** @typedef {ReturnType<typeof sift>} Sift */
/** @typedef {import("./record.js").Record_} Record_ */

/** Goals from which on those that serve the same line stand folded under it. */
const MANY = 18;

/** @typedef {{words: string, team: string, person: string, status: string, link: string}} Asked */

/** @param {{here: import("./record.js").Record_, place?: {read: () => string, write: (id: string) => void}}} ports */
export function sift({ here, place = { read: () => "", write: () => {} } }) {
  const found = madeOf(
    (/** @type {Asked & {opened: string}} */ of) => {
      const asked = inOrder(of);
      return asked.some(Boolean) ? [...here.stamps("team", "objective", "result"), of.opened, ...asked] : here.stamps("team", "objective");
    },
    (of, /** @type {Found | undefined} */ was) => look(here.plainly(), of, was),
  );
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
    /** How many of all stand in the list so far. */
    made: FIRST,
    /** What is found, in the order of the list. */
    get goals() { return found(this).goals; },
    /** All there are: the whole organisation's first, then team by team. */
    get all() { return found(this).all; },
    /** Those that are found, to be asked one by one. */
    get found() { return found(this).ids; },
    /** How those that are found hang together. */
    get hanging() { return found(this).hanging; },
    /** How many of all serve nothing. */
    get looseCount() { return found(this).loose; },
    get isOn() { return inOrder(this).some(Boolean); },
    get count() { return this.isOn ? `${this.goals.length} of ${this.all.length}` : `${this.all.length}`; },
    get many() { return this.goals.length > MANY; },
    /** What stands in the list: all, as soon as the page has come to it; on paper, and while something is looked for, at once. */
    get listed() { return this.printing || this.isOn || this.made >= this.all.length ? this.all : this.all.slice(0, this.made); },
    /** Have the list go as far as what is open. */
    cover() { this.made = Math.max(this.made, this.all.indexOf(this.opened) + 1); },
    clear() { this.words = this.team = this.person = this.status = this.link = ""; },

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

/** What is asked for, in the order of the form. @param {Asked} of */
function inOrder({ words, team, person, status, link }) { return [words.trim(), team, person, status, link]; }

/**
 * All goals, and of them what is asked for. What one writes in stays, whatever becomes of it meanwhile, until one looks for something else.
 * @typedef {ReturnType<typeof look>} Found
 * @param {Record_} now @param {Asked & {opened: string}} of @param {{asked: string, goals: readonly string[]} | undefined} was
 */
function look(now, of, was) {
  const asked = inOrder(of).join("\n");
  const teams = new Map(now.ids("team").map((team, at) => [team, at]));
  const placeOf = (/** @type {string} */ team) => (team ? teams.get(team) ?? teams.size : -1);
  const places = new Map(now.ids("objective").map((id) => [id, placeOf(now.look("objective", id).team ?? "")]));
  const all = [...places.keys()].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const stays = (/** @type {string} */ id) => id === of.opened && was?.asked === asked && was.goals.includes(id);
  const goals = inOrder(of).some(Boolean) ? all.filter((id) => fits(now, of, id) || stays(id)) : all;
  const hanging = hang(now, goals);
  const { loose } = goals === all ? hanging : hang(now, all);
  const ids = Object.freeze(Object.fromEntries(goals.map((id) => [id, true])));
  return Object.freeze({ asked, all: Object.freeze(all), goals: Object.freeze(goals), ids, hanging, loose: loose.length });
}

/** @param {Record_} now @param {Asked} of @param {string} id */
function fits(now, of, id) {
  const goal = now.look("objective", id);
  const results = now.results(id);
  if (of.team && (goal.team || "whole") !== of.team) return false;
  if (of.status && goal.status !== of.status) return false;
  if (of.person && !results.some((result) => now.look("result", result).leads?.includes(of.person))) return false;
  return isLinked(goal, of.link) && says(now, id, of.words);
}

/** @param {Partial<import("../shapes.js").ObjectiveOfRecord>} goal @param {string} link */
function isLinked(goal, link) {
  const links = goal.serves ?? [];
  if (!link) return true;
  if (link === "none") return Boolean(goal.team) && links.length === 0;
  return links.some(({ kind, parent }) => kind === link || parent === link);
}

/** Every word stands somewhere in the goal, its results, their people, or its team. @param {Record_} now @param {string} id @param {string} words */
function says(now, id, words) {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return true;
  const { text = "", team = "" } = now.look("objective", id);
  const below = now.results(id).map((result) => now.look("result", result)).flatMap((r) => [r.text, r.metric, ...(r.lead_names ?? [])]);
  const all = [text, now.look("team", team).name, ...below].join(" ").toLocaleLowerCase();
  return wanted.every((word) => all.includes(word));
}

/** The place of the open goal in the address of the page. */
export const inAddress = {
  read: () => (/^#goal-(.+)$/.exec(location.hash) ?? ["", ""])[1],
  /** @param {string} id */
  write: (id) => history.replaceState(null, "", id ? `#goal-${id}` : location.pathname + location.search),
};
