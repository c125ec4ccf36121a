// @ts-check
/** The sessions of a room: those that were, those to come, one more, and agendas of its own. */

import { addressOf } from "../here.js";
import { ask, goHere } from "../session-page.js";
import { dayOf, said } from "./cycle.js";

/** @param {{here: import("./record.js").Record_, words: import("../words.js").Words, id: string}} ports */
export function sessions({ here, words, id }) {
  return () => ({
    format: "",
    title: "",
    team: "",
    busy: false,

    get mayOpen() { return this.format !== "" && !this.busy && (this.format !== "team_draft" || this.team !== ""); },
    get sessions() { return here.ids("session").map((code) => /** @type {any} */ ({ code, ...here.look("session", code) })).sort((a, b) => b.opened - a.opened); },
    /** @param {any} session */
    pagesOf(session) { return Object.entries(session.pages ?? {}); },
    /** @param {any} session */
    stateOf(session) { return { lobby: "to come", open: "running now", closed: "over" }[/** @type {"lobby" | "open" | "closed"} */ (session.state)]; },
    /** The day it is or was on. @param {any} session */
    day(session) { return session.state === "lobby" && !session.planned ? "" : said(dayOf(session)); },
    /** Teams a session can be for. */
    get teams() { return here.ids("team").filter((team) => here.look("team", team).kind !== "leadership"); },
    get choices() {
      const teams = new Set(this.teams);
      return here.choices("team").filter(({ id }) => teams.has(id));
    },
    /** @param {any} session */
    forWhom(session) { return session.teams?.length ? session.teams.map((/** @type {string} */ t) => here.look("team", t).name).join(", ") : "everyone"; },
    /** @param {any} session @param {string} who */
    letIn(session, who) {
      const leaders = here.ids("team").filter((team) => here.look("team", team).kind === "leadership");
      const teams = who === "" ? [] : who === "leadership" ? leaders : [who];
      here.send("plan_session", { session: session.code, day: session.planned ?? "", teams });
    },
    /** @param {any} session @param {string} day */
    plan(session, day) { here.send("plan_session", { session: session.code, day, teams: session.teams ?? [] }); },
    async open() {
      if (!this.mayOpen) return;
      this.busy = true;
      const team = this.format === "team_draft" ? this.team : "";
      const chosen = document.querySelector(".open-session option:checked")?.textContent ?? "Session";
      const title = this.title || (team ? `${chosen}: ${here.look("team", team).name}` : chosen);
      const wish = { format: this.format, title: title.slice(0, 80), room: id, team };
      const answer = await ask("/api/sessions", wish);
      this.busy = false;
      if (!answer.ok) { here.notice = answer.say; return; }
      words.drop("open.title");
      goHere(answer.helm_url);
    },
    /** The same steps once more, in a session of its own. @param {any} session */
    async again(session) {
      const wish = { format: `copy:${session.code}`, title: session.title, room: id };
      const answer = await ask("/api/sessions", wish);
      if (!answer.ok) { here.notice = answer.say; return; }
      goHere(answer.helm_url);
    },
    /** @param {string} agenda */
    agendaFile(agenda) { return addressOf(`/api/rooms/${id}/agendas/${agenda}`); },
    /** @param {string} agenda */
    dropAgenda(agenda) { here.send("drop_agenda", { agenda }); },
    /** @param {Event} event */
    async bringAgenda(event) {
      const field = /** @type {HTMLInputElement} */ (event.target);
      const text = await field.files?.[0]?.text() ?? "";
      field.value = "";
      /** @type {any} */
      let agenda = null;
      try { agenda = JSON.parse(text); } catch { here.notice = "This file is not an agenda: it is not JSON."; return; }
      const answer = await ask(`/api/formats?room=${id}`, agenda);
      here.notice = answer.ok ? "" : answer.say;
    },
  });
}
