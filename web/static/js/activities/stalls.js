// @ts-check
/** At the stalls: with whom one stands, the one card between the two, and what else they make of it. */

import { brings } from "../brought.js";
import { listed } from "../clock.js";
import { nameOf, pairsOf } from "./market.js";

/** @typedef {import("../room.js").Room} Room */

const ENDS = [{ key: "merged", word: "One takes it over" }, { key: "shared", word: "We share one result" }, { key: "both", word: "Both, because" }];
/** Parts of a round in which a partner can still be missed. */
const COMING = ["find", "talk"];

/** @param {{room: Room, needs: import("../needs/needs.js").Needs}} ports */
export function trading({ room, needs }) {
  return () => ({
    ends: ENDS,
    ending: "",
    lead: "",
    reason: "",
    offered: "",
    giver: "",
    /** Asking of them too, though the mark was theirs. */
    too: false,

    get step() { return { round: 0, rounds: 0, stage: "", unplanned: 0, ...room.stepOf("trade") }; },
    get mine() { return room.mineOf("trade"); },
    get own() { return { team: "", name: "", trades: false, people: [], link: "", ...room.lookMine("trading") }; },
    get market() { return room.look("market"); },
    /** @param {string} id */
    stall(id) { return { id, ...room.look("stall", id) }; },
    get all() { return room.ids("stall").map((id) => this.stall(id)); },
    /** @param {number} round */
    inRound(round) { return this.all.filter((stall) => stall.round === round).sort((a, b) => (a.number ?? 0) - (b.number ?? 0)); },
    get now() { return this.inRound(this.step.round); },
    get first() { return this.inRound(1); },
    get here() { return this.mine.stall ? this.stall(this.mine.stall) : null; },
    get waits() { return this.mine.waits ?? false; },
    get next() { return this.mine.next ? this.stall(this.mine.next) : null; },
    get nextName() { return this.next?.team === this.own.team ? this.next?.other_name : this.next?.team_name; },
    get partner() {
      const { team = "", other = "", team_name = "", other_name = "" } = this.here ?? {};
      return team === this.own.team ? { team: other, name: other_name } : { team, name: team_name };
    },
    get partnerWords() {
      const names = (this.here?.seats ?? []).filter((/** @type {string} */ person) => person !== room.me.person).map((/** @type {string} */ person) => room.name(person));
      return names.length ? names.join(", ") : "Nobody of them is here yet";
    },
    /** Who stands at a stall, or who is missing. @param {any} stall */
    faces(stall) {
      if (stall.missed) return `nobody of ${nameOf(room, stall.missed)} came`;
      return (stall.seats ?? []).map((/** @type {string} */ person) => room.name(person)).join(", ") || "nobody is here";
    },
    get mayMiss() { return COMING.includes(this.step.stage ?? ""); },
    miss() { if (this.here) room.send("miss_partner", { stall: this.here.id }); },

    /** The needs between the two. @returns {string[]} */
    get cards() {
      const both = [this.own.team, this.partner.team];
      return needs.all.filter((id) => {
        const { consumer = "", provider = "", state } = room.look("dependency", id);
        return both.includes(consumer) && both.includes(provider) && state !== "withdrawn";
      });
    },
    /** The one card on the table: the first that is not settled, else the last. @returns {string[]} */
    get shown() {
      const open = this.cards.find((id) => room.look("dependency", id).waits_for);
      return this.asks && this.cards.length ? [] : [open ?? this.cards.at(-1) ?? ""].filter(Boolean);
    },
    get rest() { return this.cards.filter((id) => !this.shown.includes(id)); },
    /** Whether it is for oneself to write down a need. */
    get asks() {
      const asked = this.cards.some((id) => room.look("dependency", id).consumer === this.own.team);
      return this.too ? !asked : !this.cards.length && this.here?.team === this.own.team && this.has("dependency");
    },
    openAsk() { this.too = true; },
    /** @param {string} sort */
    has(sort) { return (this.here?.sorts ?? []).includes(sort); },

    get settled() { return room.ids("duplicate").map((id) => room.look("duplicate", id)).find(({ team, other }) => [team, other].every((one) => [this.own.team, this.partner.team].includes(one ?? "")))?.says ?? ""; },
    /** @param {string} end */
    beginEnd(end) { this.ending = this.ending === end ? "" : end; },
    get endReady() { return this.ending === "both" ? this.reason.trim() !== "" : this.lead !== ""; },
    settle() {
      if (!this.here || !this.endReady) return;
      room.send("settle_duplicate", { team: this.partner.team, end: this.ending, lead: this.lead, words: this.reason }, [`both.${this.here.id}`]);
      this.ending = this.lead = this.reason = "";
    },
    get goal() { return (room.look("market").marks ?? []).find(({ team, other, sort }) => sort === "synergy" && team === this.own.team && other === this.partner.team)?.goal ?? ""; },
    offerHelp() {
      if (!this.here || !this.offered.trim()) return;
      room.send("offer_help", { goal: this.goal || this.partner.team, text: this.offered, name: this.giver }, [`offer.${this.here.id}`, `giver.${this.here.id}`]);
      this.offered = this.giver = "";
    },

    get crew() { return this.own.people.length ? listed(this.own.people.map((/** @type {string} */ person) => room.name(person))) : "Nobody yet"; },
    /** @param {boolean} on */
    tradeFor(on) { room.send("trade_for", { on }); },
    /** @param {Event} event */
    setLink(event) {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      if (value.trim() !== this.own.link) room.send("set_stall_link", { link: value }, ["stall.link"]);
    },
    plan() { room.send("plan_stalls"); },
    /** @param {string} person @param {boolean} on */
    replace(person, on) { if (person) room.send("trade_for", { person, on }); },
    /** People of a team who do not trade. @param {{team: string, people: string[]}} team */
    others({ team, people }) { return room.ids("person").filter((id) => room.look("person", id).team === team && !people.includes(id)); },
    get leftOver() { return pairsOf(room, this.market.unplanned ?? []).map(({ team, other }) => `${team} and ${other}`); },
  });
}

brings({ trading });
