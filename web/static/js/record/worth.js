// @ts-check
/** What the record asks by itself: what is open, on which card it shows, and where it leads to. */

import { madeOf } from "./made-of.js";

/** @typedef {ReturnType<typeof worth>} Worth */
/** @typedef {import("./record.js").Record_} Record_ */

/** Families of questions, in the order in which they are read. @type {Record<string, string>} */
const FAMILIES = {
  wording: "Wording and figures", ties: "Links upward", owners: "Who answers for it", across: "Between teams",
  needs: "Needs", voices: "Who has been heard", before_lock: "Before the lock",
};
/** @type {readonly string[]} */
const NONE = Object.freeze([]);

/** @param {{here: Record_}} ports */
export function worth({ here }) {
  const seen = madeOf(() => here.stamps("finding"), () => look(here.plainly()));
  const all = () => seen(undefined);
  return {
    /** Keys of what is open, in their order; of what somebody has settled, or is fine. */
    get open() { return all().open; },
    get settled() { return all().settled; },
    /** Those that stop a lock. */
    get stopping() { return all().stopping; },
    get families() { return all().families; },
    /** Thing → keys of what is open on it; a goal has its results' as well. */
    get by() { return all().by; },
    /** @param {string} id */
    on(id) { return this.by[id] ?? NONE; },
    /** @param {string} id */
    countOn(id) {
      const { length } = this.on(id);
      return length === 1 ? "1 worth a look" : `${length} worth a look`;
    },
    get title() { return this.open.length === 1 ? "1 thing worth a look" : `${this.open.length} worth a look`; },
    get stops() { return this.stopping.length === 1 ? "1 of them stops a lock" : `${this.stopping.length} of them stop a lock`; },
    /** What stands in the way of locking a goal, and is not on it. @param {string} id */
    before(id) {
      return this.stopping.filter((key) => {
        const { goals = [] } = here.look("finding", key);
        return (!goals.length || goals.includes(id)) && !this.on(id).includes(key);
      });
    },
    /** @param {string} id */
    beforeWords(id) {
      const { length } = this.before(id);
      return length === 1 ? "1 thing outside this goal stands in the way of its lock" : `${length} things outside this goal stand in the way of its lock`;
    },
    get onNeeds() { return this.families.find(({ key }) => key === "needs")?.ids.length ?? 0; },
    get onNeedsWords() { return this.onNeeds === 1 ? "1 worth a look" : `${this.onNeeds} worth a look`; },
    /** What of the brief is still to be written, as a sentence; nothing where all is there. */
    get brief() { const { say = "", state = "" } = here.look("finding", "G1.brief"); return state === "open" ? say : ""; },
  };
}

/** Looks at every finding once. @param {Record_} now */
function look(now) {
  const all = now.ids("finding").map((key) => /** @type {const} */ ([key, now.look("finding", key)]));
  const open = all.filter(([, { state }]) => state === "open");
  /** @type {Record<string, Set<string>>} */
  const by = {};
  for (const [key, { on = [] }] of open) {
    const goals = on.map((id) => now.goalOf[id] ?? "").filter(Boolean);
    for (const id of [...on, ...goals]) (by[id] ??= new Set()).add(key);
  }
  const keys = (/** @type {typeof all} */ some) => Object.freeze(some.map(([key]) => key));
  const families = Object.entries(FAMILIES).map(([key, name]) => {
    const found = open.filter(([, { family }]) => family === key);
    return Object.freeze({ key, name, ids: keys(found), blocking: found.filter(([, { blocks }]) => blocks).length });
  });
  return {
    open: keys(open),
    settled: keys(all.filter(([, { state }]) => state !== "open")),
    stopping: keys(all.filter(([, { blocks }]) => blocks)),
    families: Object.freeze(families.filter(({ ids }) => ids.length)),
    by: Object.freeze(Object.fromEntries(Object.entries(by).map(([id, on]) => [id, Object.freeze([...on])]))),
  };
}

/** The first goal, need or other thing that a finding leads to. @param {import("./record.js").Record_} here @param {readonly string[]} on */
export function leadsTo(here, on) {
  const known = (/** @type {any} */ thing) => Object.keys(thing).length > 0;
  for (const id of on) {
    if (known(here.look("objective", id))) return { kind: "goal", id };
    if (known(here.look("result", id))) return { kind: "goal", id: here.look("result", id).objective ?? "" };
    if (known(here.look("dependency", id))) return { kind: "need", id };
    if (known(here.look("feedback", id))) return { kind: "goal", id: here.look("feedback", id).objective ?? "" };
    if (known(here.look("team", id))) {
      const [goal = ""] = here.objectives(id);
      return goal ? { kind: "goal", id: goal } : { kind: "part", id: "teams-title" };
    }
  }
  return { kind: "part", id: "direction-title" };
}

/** One finding: going where it leads, and saying what one thinks of it. @param {{here: import("./record.js").Record_, sift: import("./sift.js").Sift, needs: import("../needs/needs.js").Needs}} ports */
export function worthRow({ here, sift, needs }) {
  return (/** @type {string} */ key) => ({
    /** What is being said: that it is waived, or does not apply. */
    saying: "",
    reason: "",
    name: "",
    get it() { return here.look("finding", key); },
    get on() { return this.it.on ?? []; },
    get settledBy() { return this.it.state === "fine" ? "All right as it is" : `${this.it.state === "waived" ? "Waived" : "Does not apply"}, says ${this.it.name}: ${this.it.reason}`; },
    go() {
      const { kind, id } = leadsTo(here, this.on);
      if (kind === "goal") sift.reach(id);
      if (kind === "need") needs.opened = id;
      const place = { goal: `goal-${id}`, need: `need-${id}`, part: id }[kind] ?? id;
      requestAnimationFrame(() => document.getElementById(place)?.scrollIntoView({ block: "start" }));
    },
    /** @param {string} what */
    begin(what) { this.saying = this.saying === what ? "" : what; },
    get ready() { return this.reason.trim() !== "" && this.name.trim() !== ""; },
    say() {
      if (!this.ready) return;
      here.send(this.saying === "waived" ? "waive_finding" : "dismiss_finding", { finding: key, reason: this.reason, name: this.name }, [`finding.${key}`, `finding.name.${key}`]);
      this.saying = "";
    },
    open() { here.send("reopen_finding", { finding: key }); },
    confirm() { here.send("confirm_link", { objective: this.on[0], parent: this.on[1] }); },
    /** @param {string} kind */
    choose(kind) { here.send("link_objective", { objective: this.on[0], parent: this.on[1], kind }); },
  });
}
