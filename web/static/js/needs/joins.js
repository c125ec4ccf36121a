// @ts-check
/** What teams hold together: shared results with one lead, conflicts with a decision, and what is watched, with one name. */

import { listed } from "../clock.js";
import { dayWords, isOver } from "./saying.js";

/** @typedef {import("./needs.js").Needs} Needs */

export const RAID = [
  { key: "risk", word: "Risk" }, { key: "assumption", word: "Assumption" }, { key: "issue", word: "Issue" }, { key: "dependency", word: "Dependency" },
];

/** A result that several teams carry. @param {{needs: Needs}} ports */
export function shareCard({ needs }) {
  return (/** @type {string} */ id) => ({
    team: "",
    person: "",
    carrier: "",
    own: "",
    note: "",
    doing: "",
    get it() { return needs.from.look("share", id); },
    get mine() { return (this.it.parts ?? []).find(({ team }) => needs.ours.includes(team)); },
    get keeps() { return needs.from.keeps(); },
    get maySay() { return this.keeps || needs.ours.length > 0; },
    get lead() {
      const { lead_name = "", person = "", named, claims = [], lead_gone } = this.it;
      if (named && lead_gone) return `${person}, ${lead_name}, led it; that team is gone. Name another lead`;
      if (named) return `${person}, ${lead_name}, leads it`;
      if (claims.length > 1) return `${listed(claims)} say that they lead it: it takes one`;
      return claims.length ? `${claims[0]} leads it, nobody by name yet` : "Nobody leads it yet";
    },
    get settled() { return Boolean(this.it.named) && !this.it.lead_gone; },
    get target() { return `${this.it.target ?? "?"}${this.it.unit ? ` ${this.it.unit}` : ""}`; },
    /** @param {{full: boolean, target: number | null}} part */
    partWords({ full, target }) { return full ? "in full" : `carries ${target ?? "nothing"}, the whole is ${this.target}`; },
    /** Teams that could lead: those that carry it, or all for whoever keeps the record. */
    get teams() { return this.keeps ? needs.from.teams() : needs.from.teams().filter((team) => needs.ours.includes(team.id)); },
    get results() { return needs.from.results(this.carrier || needs.ours[0] || ""); },
    /** @param {string} what */
    toggle(what) { this.doing = this.doing === what ? "" : what; if (!this.keeps) { this.team = this.carrier = needs.ours[0] ?? ""; } },
    name() {
      if (!this.team || !this.person.trim()) return;
      needs.from.send("lead_share", { result: id, team: this.team, person: this.person }, [`${id}.person`]);
      this.person = this.doing = "";
    },
    carry() {
      if (!this.carrier) return;
      needs.from.send("carry_share", { result: id, team: this.carrier, own: this.own, note: this.note }, [`${id}.note`]);
      this.note = this.own = this.doing = "";
    },
    /** @param {string} team */
    leave(team) { needs.from.send("leave_share", { result: id, team }); },
  });
}

/** Two lines that work against each other. @param {{needs: Needs}} ports */
export function conflictCard({ needs }) {
  return (/** @type {string} */ id, /** @type {{tie_breaker?: string, resolver?: string}} */ rule = {}) => ({
    rule,
    outcome: "",
    decider: rule.resolver ?? "",
    day: "",
    by: "",
    deciding: false,
    get it() { return needs.from.look("conflict", id); },
    get keeps() { return needs.from.keeps(); },
    get sides() {
      return /** @type {const} */ (["a", "b"]).map((side) => ({
        side, name: this.it[`${side}_name`], line: this.it[`${side}_text`], needs: this.it[`${side}_needs`],
        mine: this.keeps || needs.ours.includes(this.it[`${side}_team`] ?? ""),
      }));
    },
    /** @param {string} day */
    dayWords(day) { return dayWords(day); },
    /** @param {string} side @param {Event} event */
    say(side, event) {
      const { value } = /** @type {HTMLTextAreaElement} */ (event.target);
      const was = /** @type {any} */ (this.it)[`${side}_needs`] ?? "";
      if (value.trim() !== was) needs.from.send("say_conflict_need", { conflict: id, side, text: value, was }, [`${id}.${side}`]);
    },
    toggleDecision() { this.deciding = !this.deciding; },
    decide() {
      if (!this.outcome.trim() || !this.decider.trim()) return;
      needs.from.send("decide_conflict", { conflict: id, text: this.outcome, decider: this.decider, day: this.day, tie_breaker: this.by }, [`${id}.outcome`, `${id}.decider`, `${id}.by`]);
      this.outcome = this.by = "";
      this.deciding = false;
    },
  });
}

/** Something that is watched. @param {{needs: Needs}} ports */
export function raidRow({ needs }) {
  return (/** @type {string} */ id) => ({
    open: false,
    get it() { return needs.from.look("raid", id); },
    get word() { return RAID.find(({ key }) => key === this.it.sort)?.word ?? ""; },
    get due() { return dayWords(this.it.due ?? ""); },
    get late() { return !this.it.closed && isOver(this.it.due ?? "", Date.now()); },
    toggle() { this.open = !this.open; },
    /** @param {"statement" | "owner" | "impact" | "response" | "due"} field @param {Event} event */
    change(field, event) {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      const was = this.it[field] ?? "";
      if (value.trim() !== was) needs.from.send("change_raid", { item: id, field, value, was }, [`${id}.${field}`]);
    },
    close() { needs.from.send("close_raid", { item: id, closed: !this.it.closed }); },
  });
}

/** What is watched, stale ones first; what is closed last. @param {Needs} needs @returns {string[]} */
export function watched(needs) {
  const look = (/** @type {string} */ id) => needs.from.look("raid", id);
  return [...needs.from.ids("raid")].sort((a, b) => Number(look(a).closed) - Number(look(b).closed) || Number(Boolean(look(a).owner)) - Number(Boolean(look(b).owner)) || (look(a).changed ?? 0) - (look(b).changed ?? 0));
}
