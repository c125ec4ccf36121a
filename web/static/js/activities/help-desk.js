// @ts-check
/** What the help desk does for whoever waits, on a helper's phone and on the facilitator's page. */

import { ask } from "../session-page.js";

/** @param {{room: import("../room.js").Room, paint: {code: string}, clock: {now: number}}} ports */
export function helpDesk({ room, paint, clock }) {
  return {
    /** A personal link that was made just now. */
    made: "",
    /** @param {string} call */
    settle(call) { room.send("settle_help", { call }); },
    /** @param {string} person @param {string} act */
    move(person, act) { if (act) room.send("move_person", { person, act: act === "main" ? "" : act }); },
    /** How long somebody has waited. @param {number} at */
    minutes(at) { return Math.max(0, Math.floor((clock.now - at) / 60_000)); },
    /** @param {string} person */
    async sendLink(person) {
      const answer = await ask(`/api/sessions/${paint.code}/links`, { role: "person", person });
      this.made = answer.ok ? answer.url : "";
      room.notice = answer.ok ? "" : answer.say;
    },
  };
}
