// @ts-check
/** The page of a room: its direction, its teams and their goals, what was said of them, and its sessions. */

import { figures } from "../activities/refine.js";
import { alignment, linkLines } from "../alignment-map.js";
import { copyLink } from "../copying.js";
import { outbox } from "../outbox.js";
import { printOpen } from "../printing.js";
import { shelf as shelved } from "../shelf.js";
import { record } from "../record.js";
import { ask, keepWords, newId, tradeKey } from "../session-page.js";
import { keepAwake } from "../waking.js";
import { wire } from "../wire.js";
import { files } from "./record-files.js";
import { adder, answerForm, feedbackForm } from "./record-forms.js";
import { sessions } from "./record-sessions.js";

const STATES = { adopted: "Adopted", adapted: "Adapted", declined: "Declined", open: "Open" };
const KINDS = { like: "Like", concern: "Concern", change: "Change", cannot_align: "Cannot align", wish: "I wish", what_if: "What if", touches: "Touches another team" };

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  void tradeKey();
  const { room: id = "", keeps = "" } = document.documentElement.dataset;
  const paint = JSON.parse(document.getElementById("state")?.textContent ?? "{}");
  const shelf = shelved();
  const sent = outbox(shelf, id);
  const words = keepWords(Alpine, shelf, id, { run: () => "", title: () => "", sent: sent.words });
  Alpine.store("record", record({ newId, words }));
  /** @type {import("../record.js").Record_} */
  const here = Alpine.store("record");
  here.begin(paint);
  const line = wire({
    url: `${location.protocol.replace("http", "ws")}//${location.host}/api/rooms/${id}/live`,
    from: paint,
    outbox: sent,
    onFrame: (frame) => here.take(frame),
    onStatus: (status) => { here.status = status; },
    onBye: (bye) => { here.over = bye.say; },
  });
  here.post = (command, typed) => line.send(command, typed);
  keepAwake(line);
  printOpen();
  Alpine.magic("record", () => here);
  Alpine.data("alignment", alignment({ here }));
  linkLines(Alpine);
  Alpine.data("files", files({ here, words, id }));

  Alpine.data("record", () => ({
    keeps: keeps === "1",
    editing: "",
    why: "",
    /** Whether something was changed for this reason. */
    said: false,
    link: "",
    linkFor: "",
    linkTeam: "",
    copied: false,

    get status() {
      return { step: "In step", behind: "Catching up", sending: "Sending what you wrote", lost: "No connection" }[here.status];
    },
    get cycle() {
      const { name, start, end } = here.room.cycle ?? {};
      return [name, start && end ? `${start} to ${end}` : ""].filter(Boolean).join(" · ");
    },
    get openWords() {
      const open = here.room.open ?? 0;
      return open === 1 ? "1 piece of feedback is open" : `${open} pieces of feedback are open`;
    },
    get briefed() { return Boolean(here.room.sponsor) || Object.entries(here.room.brief ?? {}).some(([part, words]) => part !== "vision" && words); },
    /** @param {string} part */
    brief(part) { return (here.room.brief ?? {})[part] ?? ""; },
    /** @param {string} part */
    lines(part) { return this.brief(part).split("\n").filter((/** @type {string} */ words) => words.trim()); },
    /** @param {string} what */
    edit(what) {
      const done = this.editing === what;
      // A reason that nothing was changed for was not said yet: it is kept, and offered again.
      if (done && (this.said || !this.why.trim())) words.drop("why." + what);
      this.said = false;
      this.editing = done ? "" : what;
      this.why = "";
    },
    /** The reason for what is changed now. */
    because() {
      this.said = true;
      return this.why;
    },
    /** @param {string} part @param {Event} event */
    saveBrief(part, event) {
      const { value } = /** @type {HTMLTextAreaElement} */ (event.target);
      if (value !== this.brief(part)) here.send("set_brief", { part, text: value, was: this.brief(part) }, ["brief." + part]);
    },
    /** @param {Event} event */
    saveCycle(event) {
      const form = /** @type {HTMLInputElement} */ (event.target).form;
      const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form?.elements.namedItem(name)).value;
      here.send("set_cycle", { organisation: field("organisation"), name: field("cycle"), start: field("start"), end: field("end") }, ["cycle.organisation", "cycle.name"]);
    },
    /** @param {string} person */
    nameSponsor(person) { here.send("name_sponsor", { person }); },

    // Teams and goals

    get teams() { return here.ids("team").filter((team) => here.look("team", team).kind !== "leadership" || here.objectives(team).length); },
    /** @param {string} team @param {string} kind */
    setKind(team, kind) { here.send("change_team", { team, kind }); },
    /** @param {string} team @param {string} name */
    rename(team, name) { if (name.trim() && name !== here.look("team", team).name) here.send("change_team", { team, name }, ["team." + team]); },
    /** @param {string} team */
    takeOff(team) { here.send("take_team_off", { team }); },
    /** @param {string} objective @param {Event} event */
    saveObjective(objective, event) {
      const { value } = /** @type {HTMLTextAreaElement} */ (event.target);
      const was = here.look("objective", objective).text;
      if (value !== was) here.send("revise_objective", { objective, text: value, was, why: this.because() }, [objective + ".text"]);
    },
    /** @param {string} result @param {Event} event */
    saveResult(result, event) {
      const { name, value } = /** @type {HTMLInputElement} */ (event.target);
      const was = /** @type {Record<string, any>} */ (here.look("result", result))[name] ?? "";
      if (value !== String(was)) here.send("revise_result", { result, field: name, value, why: this.because() }, [`${result}.${name}`]);
    },
    /** @param {string} result */
    drop(result) { here.send("drop_key_result", { result, why: this.because() }); },
    /** @param {string} result @param {string} person @param {boolean} on */
    lead(result, person, on) { if (person) here.send("lead_result", { result, person, on }); },
    /** @param {string} objective */
    share(objective) { here.send("share_objective", { objective }); },
    /** @param {string} objective */
    lock(objective) { here.send("lock_objective", { objective }); },
    /** @param {string} objective */
    reopen(objective) { here.send("reopen_objective", { objective, why: this.because() }); },
    /** @param {string} id */
    figures(id) { return figures(here.look("result", id)); },
    /** How far a result has come, 0 to 100, or -1 where that is not known. @param {string} id */
    progress(id) {
      const { baseline = null, target = null, current = null } = here.look("result", id);
      if (baseline === null || target === null || current === null || baseline === target) return -1;
      return Math.max(0, Math.min(100, Math.round((100 * (current - baseline)) / (target - baseline))));
    },
    get maySponsor() { return this.keeps || (here.person !== "" && here.person === here.room.sponsor); },

    // Feedback

    /** @param {string} state */
    stateWord(state) { return /** @type {Record<string, string>} */ (STATES)[state] ?? state; },
    /** @param {string} kind */
    kindWord(kind) { return /** @type {Record<string, string>} */ (KINDS)[kind] ?? kind; },
    /** @param {any} given */
    giver(given) { return [given.by_name, given.team_name ? `from ${given.team_name}` : ""].filter(Boolean).join(" ") || (given.source === "gallery" ? "from the gallery walk" : ""); },
    /** Whether it was this browser's person who said so. @param {any} given */
    isMine(given) { return given.by !== "" && given.by === here.person && given.state !== "open"; },
    get mine() { return here.ids("feedback").filter((id) => this.isMine(here.look("feedback", id))); },

    // Links

    /** @param {string} team */
    async invite(team) {
      const answer = await ask(`/api/rooms/${id}/invitations`, { team });
      if (!answer.ok) { here.notice = answer.say; return; }
      this.link = answer.url;
      this.linkTeam = team;
      this.copied = false;
      requestAnimationFrame(() => { const place = document.getElementById("made-qr"); if (place) place.innerHTML = answer.qr; });
      this.linkFor = team ? here.look("team", team).name ?? "" : "everybody";
    },
    /** @param {string} team */
    async uninvite(team) {
      const answer = await ask(`/api/rooms/${id}/invitations/taken-back`, { team });
      const done = team ? "Every link for this team was taken back." : "Every link for all was taken back.";
      here.notice = answer.ok ? done : answer.say;
      if (answer.ok && this.linkTeam === team) this.fold();
    },
    fold() { this.link = ""; },
    async copy() {
      this.copied = await copyLink("made-link", this.link);
    },
    /** To the first thing nobody has answered, wherever it is folded. */
    goToOpen() {
      const open = document.querySelector(".given .is-open");
      const folded = open?.closest("details");
      if (folded) folded.open = true;
      open?.scrollIntoView({ block: "center" });
    },
    /** @param {string} objective */
    confidenceOf(objective) {
      const votes = here.look("objective", objective).confidence ?? [];
      return votes.length ? `confidence ${votes.map((/** @type {any} */ v) => v.mean.toFixed(2)).join(", then ")}` : "";
    },
    typed: "",
    async deleteRoom() {
      const answer = await ask(`/api/rooms/${id}/deletion`, { name: this.typed });
      if (answer.ok) location.assign(answer.go);
      else here.notice = answer.say;
    },
    hush() { here.notice = ""; },
    print() { window.print(); },
  }));
  Alpine.data("sessions", sessions({ here, words, id }));
  Alpine.data("feedbackForm", feedbackForm({ here }));
  Alpine.data("answerForm", answerForm({ here }));
  Alpine.data("adder", adder({ here }));
});
