// @ts-check
/** The clock: the server's time, counted on after the bell. */

const DAY = 86_400_000;
/** From here on hours are told, and no minutes. */
const HOURS = 6 * 3_600_000;

/** Milliseconds as m:ss, with a plus once the time is over; days, where there are some. @param {number} left */
export function spell(left) {
  const over = left < 0;
  if (!over && left >= DAY) return left < 2 * DAY ? "1 day" : `${Math.floor(left / DAY)} days`;
  if (!over && left >= HOURS) return `${Math.floor(left / 3_600_000)} hours`;
  const seconds = over ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return over ? `+${text}` : text;
}

/** Milliseconds left in a step at a time. @param {Record<string, any>} step @param {number} now */
export function left(step, now) {
  if (!step.deadline) return null;
  return step.left ?? step.deadline - now;
}

/** What part of a step is left, in per cent. @param {Record<string, any>} step @param {number} rest milliseconds */
export function part(step, rest) {
  const all = step.deadline - step.started;
  return all > 0 ? Math.max(0, Math.min(100, Math.round((1000 * rest) / all) / 10)) : 0;
}

/**
 * When the session will end if every later step takes its minutes: Unix milliseconds.
 * @param {{minutes: number, left_out: boolean, key: string}[]} plan
 * @param {Record<string, any>} step
 * @param {number} now
 */
export function finish(plan, step, now) {
  const at = plan.findIndex((phase) => phase.key === step.key);
  const later = plan.slice(at + 1).filter((phase) => !phase.left_out);
  const rest = later.reduce((sum, phase) => sum + phase.minutes * 60_000, 0);
  return now + Math.max(0, left(step, now) ?? 0) + (step.rest ?? 0) + rest;
}

/** @param {number} at */
export function hour(at) {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** Names as a sentence has them: “Growth, Supply and Surveys”. @param {string[]} names */
export function listed(names) { return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names); }

/** The Friday of the coming week, as people say it. @param {number} now */
export function friday(now) {
  const day = new Date(now);
  day.setDate(day.getDate() + (((5 - day.getDay() + 7) % 7) || 7));
  return day.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}

/**
 * Fill the words in braces.
 * @param {string} text
 * @param {Record<string, any>} step
 * @param {Record<string, any>} counts
 * @param {number} now
 */
export function fill(text, step, counts, now) {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "ends") return hour(now + Math.max(0, left(step, now) ?? 0));
    if (name === "friday") return friday(now);
    if (name === "waiting") return String(Math.max(0, (counts.people ?? 0) - (counts.done ?? 0)));
    return step[name] === undefined ? whole : String(step[name]);
  });
}

/** A sentence of a step that is still to come: what nobody knows yet is left open. @param {string | undefined} text */
export function leftOpen(text) { return (text ?? "").replace(/\{\w+\}/g, "…"); }
