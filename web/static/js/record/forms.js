// @ts-check
/** The small forms of the record: feedback, an answer to it, and one more team, objective or result. */

import { sends } from "../typing.js";

const STATES = { adopted: "Adopted", adapted: "Adapted", declined: "Declined", open: "Open" };
const KINDS = { like: "Like", concern: "Concern", change: "Change", cannot_align: "Cannot align", wish: "I wish", what_if: "What if", touches: "Touches another team", offer: "We can help", request: "We need help" };
const SOURCES = /** @type {Record<string, string>} */ ({ gallery: "from the gallery walk", festival: "from the festival", chat: "from a chat of two" });

/** What was said of goals, and what became of it. @param {{here: import("./record.js").Record_, sift: import("./sift.js").Sift}} ports */
export function feedback({ here, sift }) {
  return () => ({
    /** @param {string} state */
    stateWord(state) { return /** @type {Record<string, string>} */ (STATES)[state] ?? state; },
    /** @param {string} kind */
    kindWord(kind) { return /** @type {Record<string, string>} */ (KINDS)[kind] ?? kind; },
    /** @param {any} given */
    giver(given) { return [given.by_name, given.team_name ? `from ${given.team_name}` : ""].filter(Boolean).join(" ") || [SOURCES[given.source], given.place].filter(Boolean).join(", "); },
    /** What this browser's person said, and what was answered. */
    get mine() { return here.ids("feedback").filter((id) => this.isMine(here.look("feedback", id))); },
    /** @param {any} given */
    isMine(given) { return given.by !== "" && given.by === here.person && given.state !== "open"; },
    get openWords() {
      const open = here.room.open ?? 0;
      return open === 1 ? "1 piece of feedback is open" : `${open} pieces of feedback are open`;
    },
    /** To the first thing nobody has answered, wherever it is folded. */
    goToOpen() {
      const first = here.ids("objective").find((id) => here.look("objective", id).open);
      if (!first) return;
      sift.reach(first);
      requestAnimationFrame(() => document.querySelector(".given .is-open")?.scrollIntoView({ block: "center" }));
    },
  });
}

/** What somebody says of a goal. @param {{here: import("./record.js").Record_}} ports */
export function feedbackForm({ here }) {
  return (/** @type {string} */ objective) => ({
    open: false,
    kind: "concern",
    text: "",
    on: objective,
    from: "",
    toggle() { this.open = !this.open; },
    give() {
      if (!this.text.trim()) return;
      here.send("give_feedback", { on: this.on, kind: this.kind, text: this.text, team: this.from }, ["feedback." + objective]);
      this.text = "";
      this.open = false;
    },
  });
}

/** What a team answers, and why. @param {{here: import("./record.js").Record_}} ports */
export function answerForm({ here }) {
  return (/** @type {string} */ feedback) => ({
    answer: "",
    reason: "",
    /** @param {string} answer */
    begin(answer) { this.answer = answer; },
    back() { this.answer = ""; },
    say() {
      if (!this.reason.trim()) return;
      here.send("answer_feedback", { feedback, answer: this.answer, reason: this.reason }, ["because." + feedback]);
      this.answer = this.reason = "";
    },
    reopen() { here.send("answer_feedback", { feedback, answer: "" }); },
  });
}

/** One field that adds a team, an objective of a team, or a result of an objective. @param {{here: import("./record.js").Record_}} ports */
export function adder({ here }) {
  return (/** @type {"team" | "objective" | "result"} */ kind, /** @type {string} */ of) => ({
    text: "",
    team: of,
    add() {
      if (!this.text.trim()) return;
      const { text, team } = this;
      const from = [`add.${kind}.${of}`];
      if (kind === "team") here.send("add_team", { name: text }, from);
      if (kind === "objective") here.send("add_objective", { team, text }, from);
      if (kind === "result") here.send("add_key_result", { objective: of, text, why: /** @type {any} */ (this).why }, from);
      this.text = "";
    },
    /** @param {KeyboardEvent} event */
    enter(event) {
      if (!sends(event)) return;
      event.preventDefault();
      this.add();
    },
  });
}
