// @ts-check
/** The small forms of the record: feedback, an answer to it, and one more team, objective or result. */

/** What somebody says of a goal. @param {{here: import("../record.js").Record_}} ports */
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

/** What a team answers, and why. @param {{here: import("../record.js").Record_}} ports */
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

/** One field that adds a team, an objective of a team, or a result of an objective. @param {{here: import("../record.js").Record_}} ports */
export function adder({ here }) {
  return (/** @type {"team" | "objective" | "result"} */ kind, /** @type {string} */ of) => ({
    text: "",
    add() {
      if (!this.text.trim()) return;
      const { text } = this;
      const from = [`add.${kind}.${of}`];
      if (kind === "team") here.send("add_team", { name: text }, from);
      if (kind === "objective") here.send("add_objective", { team: of, text }, from);
      if (kind === "result") here.send("add_key_result", { objective: of, text, why: /** @type {any} */ (this).why }, from);
      this.text = "";
    },
  });
}
