// @ts-check
/** What is blocked, and writing down how it was decided: with a name, a rule, somebody who does it, and a day. */

import { brings } from "../brought.js";
import { said } from "../record/cycle.js";

/** @param {{room: import("../room.js").Room}} ports */
export function decideBlocked({ room }) {
  return () => ({
    question: "",
    text: "",
    decider: "",
    rule: "",
    owner: "",
    day: "",
    get step() { return { conflicts: /** @type {string[]} */ ([]), undecided: /** @type {string[]} */ ([]), raised: /** @type {string[]} */ ([]), tie_breaker: "", resolver: "", ...room.stepOf("decide_blocked") }; },
    get ready() { return [this.question, this.text, this.decider].every((words) => words.trim()); },
    log() {
      if (!this.ready) return;
      const { question, text, decider, rule, owner, day } = this;
      room.send("log_decision", { question, text, decider, tie_breaker: rule, owner, day }, ["decision.question", "decision.text", "decision.by", "decision.rule", "decision.owner"]);
      Object.assign(this, { question: "", text: "", decider: "", rule: "", owner: "", day: "" });
    },
    /** Who sees to it, by when, and by which rule. @param {string} id */
    beside(id) {
      const { owner = "", due = "", tie_breaker: rule = "" } = room.look("decision", id);
      return [owner && `${owner} sees to it`, due && `by ${said(due, "en-GB")}`, rule && `by the rule “${rule}”`].filter(Boolean).join(", ");
    },
  });
}

/** A trigger that fired and that nobody has answered. @param {{room: import("../room.js").Room}} ports */
export function raisedNeed({ room }) {
  return (/** @type {string} */ id) => ({
    text: "",
    name: room.stepOf("decide_blocked").resolver ?? "",
    get it() { return room.look("dependency", id); },
    answer() {
      if (!this.text.trim() || !this.name.trim()) return;
      room.send("answer_trigger", { dependency: id, text: this.text, name: this.name }, [`raised.${id}`, `raised.name.${id}`]);
    },
  });
}

brings({ decideBlocked, raisedNeed });
