// @ts-check
/** The cycle as a row of cells: sessions before it begins, its weeks, where it stands today, and what comes next. */

/** @typedef {{code: string, title: string, format: string, format_name: string, state: string, planned: string, opened: number}} Held */
/** @typedef {{name: string, start: string, end: string}} Cycle */

const DAY = 86_400_000;
/** The most weeks that are drawn. */
const MOST_WEEKS = 53;

/** A day as a number that can be counted with. @param {string} iso */
const day = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY);
/** A moment's day where the reader is. @param {number} at */
export const today = (at) => {
  const now = new Date(at);
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
};
/** The day a session is on, or was opened. @param {Held} held */
export const dayOf = (held) => held.planned || today(held.opened);

/** @param {string} iso @param {string} [locale] */
export function said(iso, locale) {
  return iso ? new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`)) : "";
}

/** The weeks of a cycle, whether each is over or now, and what is held in it; none without its days. @param {Cycle} cycle @param {Held[]} sessions @param {string} now */
export function weeks({ start, end }, sessions, now) {
  if (!start || !end) return [];
  const first = day(start);
  const count = Math.min(MOST_WEEKS, Math.ceil((day(end) - first + 1) / 7));
  const at = day(now);
  return Array.from({ length: count }, (_, week) => {
    const [from, to] = [first + 7 * week, first + 7 * week + 6];
    const within = sessions.filter((held) => day(dayOf(held)) >= from && day(dayOf(held)) <= to);
    const state = to < at ? "over" : from <= at ? "now" : "ahead";
    return { week: week + 1, state, names: within.map((held) => held.title) };
  });
}

/** Sessions before the first day of the cycle, those of one format together, in their order. @param {Cycle} cycle @param {Held[]} sessions */
export function steps({ start }, sessions) {
  /** @type {Map<string, Held[]>} */
  const found = new Map();
  const before = sessions.filter((held) => !start || dayOf(held) < start);
  for (const held of [...before].sort((a, b) => dayOf(a).localeCompare(dayOf(b)))) {
    found.set(held.format_name, [...(found.get(held.format_name) ?? []), held]);
  }
  return [...found].map(([name, group]) => {
    const over = group.filter((held) => held.state === "closed").length;
    const state = over === group.length ? "over" : over || group.some((held) => held.state === "open") ? "now" : "ahead";
    return { name, count: group.length, state, days: span(dayOf(group[0]), dayOf(group[group.length - 1])) };
  });
}

/** @param {string} from @param {string} to */
function span(from, to) { return from === to ? said(from) : `${said(from)} to ${said(to)}`; }

/** The session that goes on, or else the next to come, or else one whose day is over. @param {Held[]} sessions @param {string} now */
export function next(sessions, now) {
  const left = sessions.filter((held) => held.state !== "closed");
  const turn = (/** @type {Held} */ held) => (held.state === "open" ? 0 : !held.planned ? 2 : held.planned >= now ? 1 : 3);
  const order = (/** @type {Held} */ held) => `${turn(held)}${held.planned}${String(held.opened).padStart(15, "0")}`;
  return left.sort((a, b) => order(a).localeCompare(order(b)))[0];
}

/** Whether a session goes on, has no day yet, or has one that is not more than a week ahead. @param {Held} held @param {string} now */
export function isNear(held, now) {
  return held.state === "open" || !held.planned || day(held.planned) - day(now) <= 7;
}

/** Where the cycle stands, in a sentence. @param {Cycle} cycle @param {string} now */
export function standing({ name, start, end }, now) {
  const called = name || "The cycle";
  if (!start || !end) return name ? `${name} has no days yet.` : "";
  const ahead = day(start) - day(now);
  if (ahead === 1) return `${called} begins tomorrow.`;
  if (ahead > 1) return ahead <= 21 ? `${called} begins in ${ahead} days.` : `${called} begins on ${said(start)}.`;
  if (now > end) return `${called} ended on ${said(end)}.`;
  const count = Math.ceil((day(end) - day(start) + 1) / 7);
  return `${called} is in week ${Math.floor(-ahead / 7) + 1} of ${count}.`;
}

/** What comes next, in a sentence. @param {Held[]} sessions @param {string} now */
export function coming(sessions, now) {
  const held = next(sessions, now);
  if (!held) return sessions.length ? "No further session is planned." : "No session yet.";
  if (held.state === "open") return `“${held.title}” goes on right now.`;
  if (!held.planned) return `Next: “${held.title}”, on a day still to be set.`;
  if (held.planned < now) return `“${held.title}” was planned for ${said(held.planned)}, and has not begun.`;
  if (held.planned === now) return `Next: “${held.title}”, today.`;
  return `Next: “${held.title}”, on ${said(held.planned)}.`;
}

/** @param {{here: import("./record.js").Record_, clock?: () => number}} ports */
export function cycle({ here, clock = Date.now }) {
  return () => ({
    get today() { return today(clock()); },
    /** @returns {Cycle} */
    get cycle() { return { name: "", start: "", end: "", ...here.room.cycle }; },
    /** @returns {Held[]} */
    get sessions() { return here.ids("session").map((code) => /** @type {any} */ ({ code, ...here.look("session", code) })); },
    get standing() { return standing(this.cycle, this.today); },
    /** In a record that is only read nothing is to come. */
    get ahead() { return here.look("cycles", "").read_only ? this.sessions.filter((held) => held.state === "closed") : this.sessions; },
    get coming() { return coming(this.ahead, this.today); },
    get next() { return next(this.ahead, this.today); },
    /** What is facilitated with one tap; of what is far ahead the list speaks. */
    get atHand() { return this.next && isNear(this.next, this.today) ? this.next : null; },
    get steps() { return steps(this.cycle, this.sessions); },
    get weeks() { return weeks(this.cycle, this.sessions, this.today); },
    get isEmpty() { return !this.steps.length && !this.weeks.length; },
    get lastDay() { return said(this.cycle.end); },
    get firstDay() { return said(this.cycle.start); },
    get weeksInWords() {
      const held = this.weeks.filter((week) => week.names.length).map((week) => `week ${week.week}: ${week.names.join(", ")}`);
      return [`${this.weeks.length} weeks, from ${this.firstDay} to ${this.lastDay}`, ...held].join("; ");
    },
    /** @param {{week: number, names: string[]}} week */
    hint(week) { return [`Week ${week.week}`, ...week.names].join(": "); },
  });
}
