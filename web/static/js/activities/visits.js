// @ts-check
/** Teams × leaders: whoever takes a team says by when. */

import { brings } from "../brought.js";

/** @param {{room: import("../room.js").Room}} ports */
export function visits({ room }) {
  return () => ({
    by: "",
    teams: "",
    /** @param {string} team */
    visitors(team) {
      return room.ids("visit").map((id) => room.look("visit", id)).filter((visit) => visit.team === team);
    },
    /** @param {string} team */
    names(team) {
      return this.visitors(team).map((v) => room.name(v.person) + (v.by ? `, by ${v.by}` : "")).join(" · ");
    },
    /** @param {string} team */
    mine(team) { return this.visitors(team).some((visit) => visit.person === room.me.person); },
    /** @param {string} team */
    claim(team) { room.send("claim_team", { team, on: !this.mine(team), by: this.by }, ["visit.by"]); },
    /** @param {string} team @param {string} person */
    assign(team, person) { if (person) room.send("claim_team", { team, person, on: true }); },
    list() {
      if (this.teams.trim()) room.send("set_teams", { names: this.teams }, ["visit.teams"]);
    },
  });
}

brings({ visits });
