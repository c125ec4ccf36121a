// @ts-check
/** Result cards: one person writes, each field is sent by itself, everybody else comments. */

import { brings } from "../brought.js";
import { listed } from "../clock.js";

/** @param {{room: import("../room.js").Room}} ports */
export function card({ room }) {
  /** @param {string} id */
  return (id) => ({
    id,
    remark: "",
    open: false,
    /** @returns {Partial<import("../shapes.js").ResultShown> & Record<string, any>} */
    get result() { return room.look("result", id); },
    get hold() { return room.look("hold", id); },
    get mine() { return this.hold.person !== undefined && this.hold.person === room.me.person; },
    get taken() { return this.hold.person !== undefined && !this.mine; },
    get writer() { return this.taken ? room.name(this.hold.person) : ""; },
    take() {
      this.took = true;
      room.send("take_card", { result: id });
    },
    took: false,
    /** Who took the card to write it begins at its first field. @param {HTMLElement} form */
    begin(form) {
      if (this.took) /** @type {HTMLElement | null} */ (form.querySelector("input, textarea, select"))?.focus();
      this.took = false;
    },
    put() { room.send("put_card_down", { result: id }); },
    drop() { room.send("drop_result", { result: id }); },
    /** Send one field while it is written, and once it is left; whoever holds the card is its only writer. @param {Event} event */
    change(event) {
      const field = /** @type {HTMLInputElement} */ (event.target);
      const name = field.name;
      if (String(this.result[name] ?? "") === field.value || !this.mine) return;
      room.send("change_result", { result: id, field: name, value: field.value }, [`${id}.${name}`]);
    },
    /** @param {string} name */
    shown(name) { return this.result[name] ?? ""; },
    /** @param {string} team */
    touches(team) { return (this.result.teams ?? []).includes(team); },
    /** @param {string} team */
    touch(team) {
      const teams = this.result.teams ?? [];
      const value = this.touches(team) ? teams.filter((/** @type {string} */ t) => t !== team) : [...teams, team];
      room.send("change_result", { result: id, field: "teams", value });
    },
    get missing() { return (this.result.missing ?? []).join(" · "); },
    /** What the card is asked besides what it does not say yet. */
    get asks() { return room.ids("finding").filter((key) => room.look("finding", key).code !== "Q1" && (room.look("finding", key).on ?? []).includes(id)); },
    get complete() { return (this.result.missing ?? []).length === 0; },
    get figures() { return figures(this.result); },
    get teams() { return (this.result.teams ?? []).map((/** @type {string} */ t) => room.look("team", t).name).join(", "); },
    say() {
      if (!this.remark.trim()) return;
      room.send("comment", { result: id, text: this.remark }, ["remark." + id]);
      this.remark = "";
    },

    // Who carries it

    get leads() { return this.result.leads ?? []; },
    /** Also of those who are not in this session. @param {string} lead */
    leadName(lead) { return (this.result.lead_names ?? [])[this.leads.indexOf(lead)] ?? ""; },
    get free() { return Array.from({ length: Math.max(0, 2 - this.leads.length) }, (_, place) => place); },
    get carrying() { return this.leads.includes(room.me.person); },
    volunteer() { room.send("volunteer", { result: id, on: !this.carrying }); },
    /** @param {string} person @param {boolean} on */
    assign(person, on) { if (person) room.send("volunteer", { result: id, person, on }); },
  });
}

/** How many teams the results touch, and whom none does. @param {{room: import("../room.js").Room}} ports */
export function coverage({ room }) {
  return () => ({
    get of() { return /** @type {import("../shapes.js").Coverage | null} */ (/** @type {any} */ (room.step).coverage ?? null); },
    get words() {
      if (!this.of || !/** @type {any} */ (room.step).results?.length) return "";
      const { touched, of, without } = this.of;
      if (!touched) return "No card says yet which teams it touches.";
      if (!without.length) return `These results touch all ${of} teams.`;
      return `These results touch ${touched} of ${of} teams. Not yet ${listed(named(without))}.`;
    },
  });
}

/** The first few, and how many more. @param {string[]} names */
function named(names) {
  return names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
}

/** “61 → 42 days”, with ? for what is not known yet. @param {Record<string, any>} result */
export function figures(result) {
  const { baseline = null, target = null, unit = "" } = result;
  if (baseline === null && target === null) return "";
  return `${baseline ?? "?"} → ${target ?? "?"}${unit ? " " + unit : ""}`;
}

brings({ card, coverage });
