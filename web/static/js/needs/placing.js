// @ts-check
/** Where everything on the board stands: rows of teams, columns of weeks, a line from provider to consumer for each need. */

import { lanes, sideBySide } from "./lanes.js";
import { dateOf } from "./saying.js";
import { worded } from "./wording.js";

/**
 * @typedef {{id: string, consumer: string, provider: string, day: string, mark: string, words: string}} Line
 * @typedef {{lines: Line[], names: Record<string, string>, loads: Record<string, [number, number]>, circles: string[][],
 *   start: string, end: string, width: number, font: number, row: number}} Wanted
 * @typedef {{id: string, mark: string, x: number, from: number, to: number, words: string, side: "start" | "end" | "", at: number, over: boolean}} Placed
 */

const WEEK = 7 * 86_400_000;
const MONTHS = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });
/** The most weeks that are drawn. */
const MOST_WEEKS = 53;
/** From so many needs on, words would cover each other: they stand in the list, and at the one that is chosen. */
export const MANY = 36;

/** @param {Wanted} wanted */
export function placed(wanted) {
  const { width, font, row } = wanted;
  const teams = ordered(wanted.lines);
  const top = font * 3.1;
  const rows = teams.map((team, at) => ({ team, name: wanted.names[team] ?? team, y: top + (at + .5) * row, load: wanted.loads[team] ?? [0, 0] }));
  const y = Object.fromEntries(rows.map(({ team, y: middle }) => [team, middle]));
  const label = Math.min(width * .2, Math.max(...rows.map(({ name }) => name.length), 8) * font * .56);
  const left = label + font * 4.6;
  const weeks = weeksOf(wanted);
  const dated = wanted.lines.filter((line) => dateOf(line.day));
  const undated = lanes(wanted.lines.filter((line) => !dateOf(line.day)), y);
  const beside = undated.length ? Math.min(width * .36, Math.max(width * .18, (undated.length + 6) * font * 1.9)) : 0;
  const right = width - beside;
  const column = (right - left) / weeks.count;
  /** @type {(Line & {x: number})[]} */
  const at = [];
  /** @type {Record<number, Line[]>} */
  const byWeek = {};
  for (const line of dated) (byWeek[weeks.of(line.day)] ??= []).push(line);
  for (const [week, lines] of Object.entries(byWeek)) {
    const { of, count } = sideBySide(lanes(lines, y), y, column, font);
    of.forEach(([line, nth]) => at.push({ ...line, x: left + column * (Number(week) + (nth + 1) / (count + 1)) }));
  }
  // The last lanes have room for their words.
  const { of, count } = sideBySide(undated, y, beside - font * 10, font);
  const step = beside ? (beside - font * 1.4) / (count + Math.min(5, count)) : 0;
  of.forEach(([line, nth]) => at.push({ ...line, x: right + font * 1.4 + step * nth }));
  const height = top + rows.length * row + font * .4;
  const spread = { font, left, right, width, many: wanted.lines.length > MANY };
  return {
    width, height, top, font, row, rows, label, left, right, column, beside,
    weeks: Array.from({ length: weeks.count }, (_, nth) => ({ n: nth + 1, x: left + column * nth, month: weeks.month(nth) })),
    lines: worded(at.map((line) => ({ id: line.id, mark: line.mark, x: line.x, from: y[line.provider], to: y[line.consumer], words: line.words, side: "", at: 0, over: false })), spread),
    bands: wanted.circles.flatMap((circle) => band(circle, at, y)),
  };
}

/** Which weeks there are: those of the cycle, or from the first day to the last. @param {Wanted} wanted */
function weeksOf({ start, end, lines }) {
  const days = lines.map((line) => dateOf(line.day)?.getTime()).filter((day) => day !== undefined);
  const first = dateOf(start)?.getTime() ?? (days.length ? Math.min(...days) : 0);
  const last = dateOf(end)?.getTime() ?? (days.length ? Math.max(...days) : first + 12 * WEEK);
  const count = Math.max(1, Math.min(MOST_WEEKS, Math.round((last - first + 86_400_000) / WEEK)));
  const months = (/** @type {number} */ nth) => new Date(first + nth * WEEK).getUTCMonth();
  return {
    count,
    /** @param {string} day */
    of: (day) => Math.max(0, Math.min(count - 1, Math.floor(((dateOf(day)?.getTime() ?? first) - first) / WEEK))),
    /** The month that begins with a week, else nothing. @param {number} nth */
    month: (nth) => (first && (nth === 0 || months(nth) !== months(nth - 1)) ? MONTHS.format(first + nth * WEEK) : ""),
  };
}

/** The order of the same lines is found once. @type {{key: string, teams: string[]}} */
const last = { key: "", teams: [] };

/** @param {Line[]} lines */
function ordered(lines) {
  const key = lines.map(({ consumer, provider }) => `${consumer} ${provider}`).join("|");
  if (key !== last.key) Object.assign(last, { key, teams: order(lines) });
  return last.teams;
}

/** Teams from top to bottom, so that lines are short; the same lines have the same order. @param {Line[]} lines @returns {string[]} */
export function order(lines) {
  const teams = [...new Set(lines.flatMap(({ consumer, provider }) => [provider, consumer]))].sort();
  /** @type {Record<string, string[]>} */
  const beside = {};
  for (const { consumer, provider } of lines) { (beside[consumer] ??= []).push(provider); (beside[provider] ??= []).push(consumer); }
  const place = Object.fromEntries(teams.map((team, at) => [team, at]));
  const length = (/** @type {string} */ team) => (beside[team] ?? []).reduce((sum, other) => sum + Math.abs(place[team] - place[other]), 0);
  const swap = (/** @type {number} */ a, /** @type {number} */ b) => {
    [teams[a], teams[b]] = [teams[b], teams[a]];
    place[teams[a]] = a;
    place[teams[b]] = b;
  };
  for (let pass = 0, moved = true; moved && pass < 30; pass += 1) {
    moved = false;
    for (let reach = 1; reach < Math.min(teams.length, 8); reach += 1) {
      for (let at = 0; at + reach < teams.length; at += 1) {
        const before = length(teams[at]) + length(teams[at + reach]);
        swap(at, at + reach);
        if (length(teams[at]) + length(teams[at + reach]) < before) moved = true;
        else swap(at, at + reach);
      }
    }
  }
  return teams;
}

/** The way round a circle: along a line, along a row to the next one, and so on. @param {string[]} circle @param {(Line & {x: number})[]} lines @param {Record<string, number>} y */
function band(circle, lines, y) {
  const round = circle.map((team, at) => lines.find((line) => line.consumer === team && line.provider === circle[(at + 1) % circle.length]));
  if (round.some((line) => !line)) return [];
  return [`${round.map((line, at) => (line ? `${at ? "L" : "M"}${line.x} ${y[line.consumer]}L${line.x} ${y[line.provider]}` : "")).join("")}Z`];
}
