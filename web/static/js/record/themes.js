// @ts-check
/** What people said matters, as pulses found it, and what became of each. */

const WORDS = { taken_up: "Taken up", in_part: "In part", not_now: "Not now" };

/** @param {{here: import("./record.js").Record_}} ports */
export function recordThemes({ here }) {
  return () => ({
    get open() { return here.ids("theme").filter((id) => here.look("theme", id).state === "open").length; },
    get openWords() { return this.open === 1 ? "1 waits for an answer" : `${this.open} wait for an answer`; },
  });
}

/** One of them. @param {{here: import("./record.js").Record_}} ports */
export function themeRow({ here }) {
  return (/** @type {string} */ id) => ({
    words: WORDS,
    answer: "",
    reason: "",
    get it() { return here.look("theme", id); },
    get word() { return /** @type {Record<string, string>} */ (WORDS)[this.it.state ?? ""] ?? ""; },
    get beside() {
      const { now = -1, later = -1, teams = [] } = this.it;
      const when = now < 0 ? "" : `${now} pressing now, ${later} building for later`;
      return [when, teams.length ? `brought up in ${new Intl.ListFormat("en-GB").format(teams)}` : ""].filter(Boolean).join(" · ");
    },
    /** @param {string} answer */
    begin(answer) { this.answer = answer; },
    say() {
      if (!this.reason.trim()) return;
      here.send("answer_theme", { theme: id, answer: this.answer, reason: this.reason }, [`theme.${id}`]);
      this.answer = this.reason = "";
    },
    reopen() { here.send("answer_theme", { theme: id, answer: "" }); },
  });
}
