// @ts-check
/** The confidence vote: one number, three answers, a concern if one likes; and the result as a picture. */

import { tells } from "../aloud.js";
import { brings } from "../brought.js";

const QUESTIONS = [
  { key: "meaningful", words: "Is it meaningful?" },
  { key: "inclusive", words: "Does it include most teams?" },
  { key: "can_do", words: "Can we do it?" },
];

/** @param {{room: import("../room.js").Room}} ports */
export function confidence({ room }) {
  return () => ({
    value: 0,
    /** @type {Record<string, boolean | null>} */
    said: { meaningful: null, inclusive: null, can_do: null },
    line: "",
    concern: "",
    again: false,
    spoken: false,
    answering: "",
    answer: "",
    deciding: false,
    decision: "",
    decider: "",
    questions: QUESTIONS,
    numbers: [1, 2, 3, 4, 5],

    init() { /** @type {any} */ (this).$watch("now", () => this.forget()); },
    get now() { return this.mine.round ?? ""; },
    /** A new round begins empty: the old vote is not carried over. */
    forget() {
      Object.assign(this, { value: 0, line: "", concern: "", again: false, spoken: false });
      this.said = { meaningful: null, inclusive: null, can_do: null };
    },

    get mine() { return room.mineOf("confidence"); },
    get cast() { return this.mine.vote && !this.again ? this.mine.vote : null; },
    get low() { return this.cast !== null && this.cast.value <= 2 && !this.mine.concern && !this.spoken; },
    get whole() { return this.value > 0 && QUESTIONS.every((q) => this.said[q.key] !== null); },
    get toGo() {
      const left = (this.value > 0 ? 0 : 1) + QUESTIONS.filter((q) => this.said[q.key] === null).length;
      return left === 1 ? "One answer to go." : `${left} answers to go.`;
    },
    get lines() { return [room.stepOf("confidence").objective, ...(room.stepOf("confidence").results ?? [])]; },
    /** @param {string} id */
    words(id) { return room.look("result", id).text ?? room.look("objective", id).text ?? ""; },
    /** @param {number} value */
    pick(value) { this.value = value; },
    /** @param {string} key @param {boolean} yes */
    say(key, yes) { this.said = { ...this.said, [key]: yes }; },
    send() {
      if (!this.whole) return;
      room.send("cast_confidence", { value: this.value, ...this.said, round: this.mine.round });
      this.again = false;
    },
    change() {
      const { vote } = this.mine;
      if (!vote) return;
      this.value = vote.value;
      this.said = { meaningful: vote.meaningful, inclusive: vote.inclusive, can_do: vote.can_do };
      this.again = true;
      this.spoken = false;
    },
    worry() {
      if (this.concern.trim()) room.send("raise_concern", { text: this.concern, line: this.line, round: this.mine.round }, ["concern"]);
      this.concern = "";
      this.spoken = true;
    },
    justNumber() { this.spoken = true; },

    // The result

    get rounds() { return room.stepOf("confidence").rounds ?? []; },
    /** @returns {Partial<import("../shapes.js").RoundPicture>} */
    get last() { return this.rounds.at(-1) ?? {}; },
    /** @param {any} round */
    bars(round) {
      const most = Math.max(1, ...(round.counts ?? []));
      return (round.counts ?? []).map((/** @type {number} */ count, /** @type {number} */ place) => ({
        value: place + 1, count, height: (100 * count) / most, y: 100 - (100 * count) / most,
      }));
    },
    /** @param {any} round @param {number} place */
    bar(round, place) { return this.bars(round)[place] ?? { y: 100, height: 0 }; },
    /** @param {any} round */
    spoken_bars(round) {
      return this.bars(round).map((/** @type {any} */ bar) => `${bar.count} voted ${bar.value}`).join(", ");
    },
    /** @param {any} round */
    withheldWords(round) {
      return round.withheld === "too_few" ? "Too few to show: with fewer than three votes, each would tell the others."
        : "Not shown beside the newer round: together they would tell how somebody voted.";
    },
    get concerns() { return room.stepOf("confidence").concerns ?? []; },
    get verdict() {
      const { passed, lacks, decided } = room.stepOf("confidence");
      const { mean, voters = 0, present = 0, low } = this.last;
      if (decided) return `Decided by ${decided.by}: ${decided.text}`;
      if (lacks === "few") return "Too few voted to show how. Talk about it, then name who decides.";
      if (!mean) return "";
      const { answered } = room.stepOf("confidence");
      const all = answered ? `, ${answered === 1 ? "the concern" : spell(answered, "concerns")} answered` : "";
      if (passed) return `Yes. ${mean}, ${number(voters)} of ${number(Math.max(present, voters))}${all}.`;
      if (lacks === "turnout") return `Not yet. ${voters} of ${present} have voted; four in five are needed.`;
      const few = low ? `, and ${number(low)} of us ${low === 1 ? "is" : "are"} not convinced` : "";
      return `Not yet. ${mean}${few}. What is missing?`;
    },
    /** @param {any} concern */
    settle(concern) {
      if (this.answer.trim()) room.send("settle_concern", { concern: concern.id, text: this.answer }, ["answer." + concern.id]);
      this.answering = this.answer = "";
    },
    /** @param {any} concern */
    beginAnswer(concern) { this.answering = concern.id; this.answer = concern.settled; },
    /** @param {string} line */
    fix(line) { room.send("fix_line", { line }); },
    asked() { room.send("ask_room"); },
    again_now() { room.send("vote_again", { after: room.stepOf("confidence").round }); },
    decide() {
      if (this.decision.trim() && this.decider) room.send("decide", { text: this.decision, person: this.decider }, ["decision"]);
      this.deciding = false;
    },
    toggleDeciding() { this.deciding = !this.deciding; },
    get mayGoOn() { return (room.stepOf("confidence").round ?? 0) < 3; },
    makeFinal() { room.send("make_final"); },
    hand() { room.send("hand", { on: !room.me.hand }); },
  });
}

const NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** @param {number} count */
function number(count) { return NUMBERS[count] ?? String(count); }

/** @param {number} count @param {string} what */
function spell(count, what) { return count === 2 ? `both ${what}` : `all ${number(count)} ${what}`; }

tells({ confidence: (room) => (room.stepOf("confidence").stage === "hear" ? confidence({ room })().verdict : "") });
brings({ confidence });
