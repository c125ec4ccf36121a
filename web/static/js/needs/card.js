// @ts-check
/** One need laid open: its two halves, and the step that is next for whoever looks. The server says who may. */

import { dayWords, standingWords } from "./saying.js";

/** @typedef {import("./needs.js").Needs} Needs */
/** @typedef {"accepted" | "conditional" | "declined" | "undecided"} Choice */

const YES = ["accepted", "conditional"];
/** Fields that can be filled in, and what they are called. */
const FILLED = [
  { field: "because", as: "downstream_impact", words: "Because", most: 500 },
  { field: "off_track", as: "failure_trigger", words: "We know it is off track when", most: 200 },
  { field: "owner", as: "owner", words: "Who looks after it", most: 60 },
];
const STEPS = /** @type {Record<string, string>} */ ({
  say: "asked", file: "brought this in a file", change: "changed the need", fill: "filled something in", accept: "said yes", accept_if: "said yes, if", decline: "declined",
  ask_decision: "asked for a decision", decide: "wrote down the decision", confirm: "confirmed", ask_again: "said that it is not quite it",
  reflect: "said what carries it", finish: "said that it has come", slip: "said that it slips", withdraw: "withdrew it", take_up: "took it up again",
});

/** @param {{needs: Needs}} ports */
export function needCard({ needs }) {
  return (/** @type {string} */ id) => ({
    /** @type {Choice | ""} */
    answer: "",
    words: "",
    day: "",
    whose: "",
    doing: "",
    carried: "",
    made: "",
    fields: FILLED,

    get it() { return needs.look(id); },
    get isConsumer() { return needs.ours.includes(this.it.consumer ?? ""); },
    get isProvider() { return needs.ours.includes(this.it.provider ?? ""); },
    get isKeeper() { return needs.from.keeps(); },
    get isOver() { return this.it.state === "done" || this.it.state === "withdrawn"; },
    get mayFill() { return !this.isOver && (this.isConsumer || this.isProvider || this.isKeeper); },
    get standing() { return standingWords(this.it); },
    /** The provider's half, in words. */
    get said() {
      const { state = "", provider_name = "", condition = "" } = this.it;
      if (state === "conditional") return `${provider_name} said yes, ${condition ? "on a condition" : "on a condition nobody wrote down"}`;
      if (YES.includes(state)) return `${provider_name} said yes`;
      return state === "declined" ? `${provider_name} declined` : `${provider_name} has not answered`;
    },
    get half() { return this.isConsumer ? "Your half is open" : `${this.it.consumer_name ?? ""} has not confirmed yet`; },
    /** @param {string} day */
    dayWords(day) { return dayWords(day); },
    get isYes() { return YES.includes(this.it.state ?? ""); },
    get carries() { return this.isYes || this.it.carried_in; },

    /** Whether an answer is still to come, of the provider or of whoever decides. */
    get waits() { return ["provider", "decider"].includes(this.it.waits_for ?? ""); },
    /** Whether an answer is asked of whoever looks; an answer can also be taken back by `change`. */
    get asksAnswer() { return this.isProvider && (this.waits || this.doing === "answer"); },
    get asksConfirm() { return this.isConsumer && this.it.waits_for === "consumer"; },
    get asksDecision() { return this.isKeeper && this.it.waits_for === "decider"; },
    get mayChangeAnswer() { return this.isProvider && !this.waits && !this.isOver && this.doing !== "answer"; },
    get wantsWords() { return this.answer !== "" && this.answer !== "accepted"; },
    get wordsAsk() { return { conditional: "Only if …", declined: "Because …", undecided: "Why it needs a decision" }[/** @type {string} */ (this.answer)] ?? ""; },
    get button() { return { accepted: "Accept", conditional: "Accept, if …", declined: "Decline", undecided: "Ask for the decision" }[/** @type {string} */ (this.answer)] ?? "Choose an answer"; },
    get ready() {
      if (this.answer === "accepted") return true;
      if (this.answer === "undecided") return this.whose.trim() !== "" && this.day !== "";
      return this.answer !== "" && this.words.trim() !== "";
    },
    /** @param {Choice} answer */
    begin(answer) { this.answer = this.answer === answer ? "" : answer; },
    /** Raise that the trigger fired: what was seen, and on which day. */
    raise() {
      if (!this.words.trim()) return;
      needs.from.send("raise_trigger", { dependency: id, text: this.words, day: this.day }, [`${id}.fired`]);
      this.words = this.doing = this.day = "";
    },
    /** @param {string} what */
    toggle(what) { this.doing = this.doing === what ? "" : what; },
    get base() { return { dependency: id, version: this.it.version }; },
    give() {
      if (!this.ready) return;
      const from = [`${id}.answer`];
      if (this.answer === "undecided") needs.from.send("ask_decision", { ...this.base, whose: this.whose, day: this.day, why: this.words }, from);
      else if (this.asksDecision) needs.from.send("decide_need", { ...this.base, answer: this.answer, words: this.words, need_by: this.day }, from);
      else needs.from.send("answer_need", { ...this.base, answer: this.answer, words: this.words, need_by: this.day }, from);
      this.answer = this.words = this.day = this.whose = this.doing = "";
    },
    confirm() { needs.from.send("confirm_need", this.base); },
    askAgain() {
      if (!this.words.trim()) return;
      needs.from.send("ask_again", { ...this.base, words: this.words }, [`${id}.again`]);
      this.words = this.doing = "";
    },
    /** @param {string} state */
    settle(state) { needs.from.send("settle_need", { dependency: id, state }); },
    /** The same with a reason: where it is no good news, or one acts for others. */
    settleBecause() {
      if (!this.words.trim()) return;
      needs.from.send("settle_need", { dependency: id, state: this.doing, why: this.words }, [`${id}.settle`]);
      this.words = this.doing = "";
    },
    /** @param {string} field @param {string} as @param {Event} event */
    fill(field, as, event) {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      const was = /** @type {Record<string, any>} */ (this.it)[field] ?? "";
      const why = this.isConsumer || this.isProvider ? "" : "as said in the session";
      if (value.trim() !== was) needs.from.send("change_need", { dependency: id, field: as, value, was, why }, [`${id}.${as}`]);
    },
    get results() { return needs.from.results(this.it.provider ?? ""); },
    /** @param {string} mode */
    carry(mode) {
      if (mode === "dedicated" && this.made.trim()) needs.from.send("reflect_need", { dependency: id, mode, text: this.made }, [`${id}.carry`]);
      else if (this.carried) needs.from.send("reflect_need", { dependency: id, mode, result: this.carried });
      else return;
      this.made = this.carried = this.doing = "";
    },
    get deciders() { return needs.from.deciders(); },
    /** @param {{step: string}} step */
    stepWords(step) { return STEPS[step.step] ?? step.step; },
    /** @param {{at: number}} step */
    when(step) { return step.at ? new Date(step.at).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }) : ""; },
  });
}
