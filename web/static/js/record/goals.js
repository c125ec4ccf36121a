// @ts-check
/** Goals of the record: what each shows, and changing it in its place, one thing at a time. */

import { figures } from "../activities/refine.js";
import { LINKS } from "./hanging.js";

/** How far a result has come, 0 to 100, or -1 where that is not known. @param {Partial<import("../shapes.js").ResultShown>} result */
export function way({ baseline = null, target = null, current = null }) {
  if (baseline === null || target === null || current === null || baseline === target) return -1;
  return Math.max(0, Math.min(100, Math.round((100 * (current - baseline)) / (target - baseline))));
}

/** @param {{here: import("./record.js").Record_, words: import("../words.js").Words, sift: import("./sift.js").Sift, keeps: boolean}} ports */
export function goals({ here, words, sift, keeps }) {
  return () => ({
    keeps,
    /** What is being changed: a goal, a result, its links, or the direction. */
    editing: "",
    why: "",
    /** Whether something was changed for this reason. */
    said: false,

    /** @param {string} line */
    code(line) { return sift.hanging.codes[line] ?? ""; },
    /** @param {string} line */
    tint(line) { return sift.hanging.tints[line] ?? ""; },
    /** @param {string} id */
    team(id) {
      const { team = "" } = here.look("objective", id);
      if (!team) return `${here.room.name || "The organisation"}, as a whole`;
      return here.look("team", team).name ?? "A team that is not on the list any more";
    },
    /** How many of a goal's results have their figures, and how many there are. @param {string} id */
    cells(id) {
      const all = here.results(id);
      return [all.filter((result) => (here.look("result", result).target ?? null) !== null).length, all.length];
    },
    /** @param {string} id */
    cellsInWords(id) {
      const [known, all] = this.cells(id);
      return `${known} of ${all} results have figures`;
    },
    /** @param {string} id */
    figures(id) { return figures(here.look("result", id)); },
    /** @param {string} id */
    progress(id) { return way(here.look("result", id)); },
    /** How sure people were of a result over time, as a line from 1 to 10; nothing before anybody has said it. @param {string} id */
    trend(id) {
      const points = here.look("checkin", id).points ?? [];
      const step = points.length > 1 ? 100 / (points.length - 1) : 0;
      const drawn = points.map(({ confidence }, at) => `${(at * step).toFixed(1)},${(22 - 2.2 * (confidence - 1)).toFixed(1)}`);
      return points.length === 1 ? `0,${drawn[0].split(",")[1]} 100,${drawn[0].split(",")[1]}` : drawn.join(" ");
    },
    /** How a result ended, where the cycle is over. @param {string} id */
    ended(id) {
      const { scores = {}, fates = {} } = here.look("cycles", "");
      const became = { continue: "continues", change: "changes", stop: "stops" }[fates[id] ?? ""] ?? "";
      return [id in scores ? `scored ${scores[id].toFixed(2)}` : "", became].filter(Boolean).join(", ");
    },
    /** What was said last of a result. @param {string} id */
    lastCheck(id) {
      const { points = [], standing = "" } = here.look("checkin", id);
      const last = points.at(-1);
      if (!last) return "";
      const words = { risk: "at risk", issues: "with issues", track: "on track" }[standing] ?? "";
      return [`${last.confidence} of 10 sure, ${words}`, last.line].filter(Boolean).join(": ");
    },
    /** How far a goal has come: the mean of its results with figures of today, -1 where there are none. @param {string} id */
    advance(id) {
      const known = here.results(id).map((result) => this.progress(result)).filter((far) => far >= 0);
      return known.length ? Math.round(known.reduce((sum, far) => sum + far, 0) / known.length) : -1;
    },
    /** @param {string} kind */
    linkWord(kind) { return LINKS[kind || "unsaid"] ?? kind; },
    /** How goals usually hang together here: a question, and no rule. */
    get usual() {
      const usual = LINKS[here.room.brief?.usual_link ?? ""];
      return usual ? `Goals usually hang together ${usual.startsWith("a ") ? `as ${usual}` : usual} here. Is it so for this one?` : "";
    },
    /** How a goal serves a line; empty where it does not. @param {string} id @param {string} line */
    linkTo(id, line) { return here.look("objective", id).serves?.find((link) => link.parent === line)?.kind || (here.look("objective", id).serves?.some((link) => link.parent === line) ? "unsaid" : ""); },
    /** @param {string} id @param {string} line @param {string} kind */
    link(id, line, kind) { here.send("link_objective", { objective: id, parent: line, kind, why: this.because() }); },
    /** @param {string} id @param {Event} event */
    explain(id, event) {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      if (value.trim() && value !== here.look("objective", id).unaligned) here.send("link_objective", { objective: id, reason: value, why: this.because() }, [`${id}.unaligned`]);
    },
    /** @param {string} objective */
    confidenceOf(objective) {
      const votes = here.look("objective", objective).confidence ?? [];
      return votes.length ? `confidence ${votes.map((vote) => vote.mean.toFixed(2)).join(", then ")}` : "";
    },

    /** @param {string} what */
    edit(what) {
      const done = this.editing === what;
      // A reason that nothing was changed for was not said yet: it is kept, and offered again.
      if (done && (this.said || !this.why.trim())) words.drop("why." + sift.opened);
      this.said = false;
      this.editing = done ? "" : what;
      this.why = "";
    },
    /** The reason for what is changed now. */
    because() {
      this.said = true;
      return this.why;
    },
    /** @param {string} id */
    isLocked(id) { return here.look("objective", id).status === "locked"; },
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
    get maySponsor() { return keeps || (here.person !== "" && here.person === here.room.sponsor); },
  });
}
