// @ts-check
/** The facilitator's stages: a column each, who hosts, call links, the help desk, and a line to one stage or all. */

import { brings } from "../brought.js";
import { helpDesk } from "./help-desk.js";
import { programme } from "./programme.js";

/** @param {{room: import("../room.js").Room, paint: {code: string}, clock: {now: number}}} ports */
export function stagesDesk({ room, paint, clock }) {
  const fair = programme(room);
  return () => ({
    helping: helpDesk({ room, paint, clock }),
    line: "",
    to: "",
    get slot() { return fair.next || fair.slot; },
    get acts() { return fair.playing(this.slot); },
    get all() { return fair.slots.flatMap((slot) => fair.playing(slot)); },
    get stages() { return room.ids("stage"); },
    get hall() { return room.look("hall"); },
    get held() { return room.step.left !== null && room.step.left !== undefined; },
    hold() { room.send("hold_clock", { on: !this.held }); },
    /** @param {string} act @returns {Partial<import("../shapes.js").DeskShown>} */
    desk(act) { return room.look("desk", act); },
    /** @param {string} act @returns {Partial<import("../shapes.js").DutyShown>} */
    duty(act) { return room.look("duty", act); },
    /** @param {any} act */
    linked(act) { return (room.look("draft").tried ?? {})[act.letter] === "works"; },
    get online() { return room.look("draft").online ?? false; },
    /** @param {any} act */
    invites(act) { return fair.stage(act.letter).invites ?? false; },
    /** @param {any} act */
    invite(act) { room.send("invite_there", { stage: act.letter, on: !this.invites(act) }); },
    get nowhere() { return this.hall.nowhere ?? 0; },
    tell() {
      room.send("tell_stage", { stage: this.to, text: this.line }, ["tell.stage"]);
      this.line = "";
    },
    get told() { return this.stages.filter((letter) => fair.stage(letter).line).map((letter) => `${letter}: ${fair.stage(letter).line}`); },
    takeDown() { room.send("tell_stage", { stage: "", text: "" }); },

    // Hosts and helpers

    get people() { return room.ids("person").filter((id) => (room.look("person", id).roles ?? []).includes("participant")); },
    get teams() { return room.ids("team"); },
    /** @param {string} id */
    nameOf(id) { return room.look("team", id).name ?? room.name(id); },
    /** @param {string} act */
    hostsOf(act) { return [...(this.duty(act).people ?? []), ...(this.duty(act).teams ?? [])]; },
    planHosts() { room.send("plan_hosts"); },
    /** @param {string} act @param {string} host @param {boolean} on */
    nameHost(act, host, on) { if (host) room.send("name_host", { act, host, on }); },
    get helpers() { return room.look("helpdesk").helpers ?? []; },
    /** @param {string} person @param {boolean} on */
    nameHelper(person, on) { if (person) room.send("name_helper", { person, on }); },

    // The help desk

    get waiting() { return room.look("helpdesk").waiting ?? []; },
    /** @param {string} person */
    who(person) {
      const team = room.look("team", room.look("person", person).team ?? "").name;
      return team ? `${room.name(person)}, ${team}` : room.name(person);
    },

    // Call links

    get links() { return Object.keys(room.look("draft").links ?? {}); },
    get everyLink() { return ["main", ...this.links]; },
    get trying() { return room.look("draft").trying ?? false; },
    get main() { return room.session.call_link; },
    /** @param {string} letter */
    linkOf(letter) { return letter === "main" ? this.main : (room.look("draft").links ?? {})[letter] ?? ""; },
    /** @param {string} letter */
    tried(letter) { return (room.look("draft").tried ?? {})[letter] ?? ""; },
    /** @param {string} letter */
    triedWords(letter) { return /** @type {Record<string, string>} */ ({ works: "works", fails: "does not work" })[this.tried(letter)] ?? "not tried yet"; },
    /** @param {string} letter @param {Event} event */
    setLink(letter, event) {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      if (value === this.linkOf(letter)) return;
      if (letter === "main") room.send("prepare", { what: "call_link", text: value, was: this.main }, ["link.main"]);
      else room.send("set_link", { stage: letter, link: value }, ["link." + letter]);
    },
    /** @param {string} stage @param {string} tried */
    tryLink(stage, tried) { room.send("try_link", { stage, tried }); },
    putAwayLinks() { room.send("try_links", { on: false }); },
  });
}

brings({ stagesDesk });
