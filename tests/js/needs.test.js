// @ts-check
/** The board of needs: where lines and words stand, and that marks and sentences say how far a need is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { order, placed } from "../../web/static/js/needs/placing.js";
import { isOver, markOf, overdue, sentence, standingWords, weekOf } from "../../web/static/js/needs/saying.js";
import { needs } from "../../web/static/js/needs/needs.js";
import { steady } from "../../web/static/js/steady.js";

/** @param {string} pairs */
const lines = (pairs) => pairs.split(" ").map((pair, at) => {
  const [consumer, provider, day = ""] = pair.split(">");
  return { id: `D${at}`, consumer, provider, day, mark: "proposed", words: `what ${consumer} needs` };
});
/** @param {any[]} of @param {any} [more] */
const board = (of, more = {}) => placed({ lines: of, names: {}, loads: {}, circles: [], start: "2026-07-01", end: "2026-09-30", width: 1200, font: 15, row: 36, ...more });

test("every line goes from its provider's row to its consumer's, in the week of its day", () => {
  const found = board(lines("INS>SUP>2026-07-17 PAR>INW>2026-08-03 APP>PLA"));
  const y = Object.fromEntries(found.rows.map(({ team, y: middle }) => [team, middle]));
  assert.equal(found.weeks.length, 13);
  const [first, , undated] = ["D0", "D1", "D2"].map((id) => found.lines.find((line) => line.id === id));
  assert.deepEqual([first?.from, first?.to], [y.SUP, y.INS]);
  const week = Math.floor(((first?.x ?? 0) - found.left) / found.column);
  assert.equal(week, 2);
  assert.ok((undated?.x ?? 0) > found.right);
});

test("the same needs stand in the same order, whoever lists them", () => {
  const some = lines("INS>SUP INW>SUP INS>PLA INW>PLA HOM>PLA APP>PLA CAR>PLA QUA>PLA PLA>SUR SUR>QUA SUR>PEO GRO>HOM PAR>INW PAR>QUA");
  assert.deepEqual(order([...some].reverse()), order(some));
  const length = (/** @type {string[]} */ teams) => some.reduce((sum, { consumer, provider }) => sum + Math.abs(teams.indexOf(consumer) - teams.indexOf(provider)), 0);
  assert.ok(length(order(some)) < length([...order(some)].sort()));
});

test("no line crosses the words of an undated need", () => {
  const found = board(lines("A>B C>B A>D E>B F>D G>A B>G C>F"));
  for (const line of found.lines.filter(({ words }) => words)) {
    const reach = line.words.length * 15 * .54;
    const [from, to] = line.side === "start" ? [line.at, line.at + reach] : [line.at - reach, line.at];
    for (const other of found.lines) {
      const spans = Math.min(other.from, other.to) <= line.to && line.to <= Math.max(other.from, other.to);
      assert.ok(other === line || !spans || other.x < from || other.x > to, `${other.id} crosses ${line.words}`);
    }
  }
});

test("a circle is a way round that closes; one that is not all there is not drawn", () => {
  const some = lines("PLA>SUR>2026-07-17 SUR>QUA>2026-07-22 QUA>PLA>2026-07-24");
  assert.match(board(some, { circles: [["PLA", "SUR", "QUA"]] }).bands[0], /^M.*Z$/);
  assert.deepEqual(board(some.slice(1), { circles: [["PLA", "SUR", "QUA"]] }).bands, []);
});

test("half a yes is no yes, and a day that is over is seen", () => {
  const need = { state: "accepted", agreed: false, provider_name: "Supply", consumer_name: "Install" };
  assert.equal(markOf(need), "accepted");
  assert.equal(standingWords(need), "Supply said yes; Install has to confirm");
  assert.equal(markOf({ ...need, agreed: true }), "agreed");
  const noon = Date.UTC(2026, 6, 20, 12);
  assert.deepEqual([isOver("2026-07-19", noon), isOver("2026-07-20", noon), isOver("soon", noon)], [true, false, false]);
  assert.ok(overdue({ state: "undecided", decide_by: "2026-07-19" }, noon));
  assert.ok(!overdue({ state: "accepted", decision_date: "2026-07-19" }, noon));
  assert.equal(sentence({ consumer_name: "Install", provider_name: "Supply", need: "stock", need_by: "2026-07-17" }), "Install needs stock from Supply by Fri 17 July");
});

test("a day is in its week of the cycle", () => {
  assert.deepEqual(["2026-07-01", "2026-07-08", "2026-06-01", "soon"].map((day) => weekOf(day, "2026-07-01")), [1, 2, 1, 0]);
});

test("what is laid open stays in its list until it is shut, whatever becomes of it", () => {
  /** @type {Record<string, any>} */
  const all = { a: { consumer: "INS", provider: "SUP", state: "proposed", waits_for: "provider" }, b: { consumer: "SUP", provider: "PLA", state: "proposed", waits_for: "provider" } };
  const from = { look: (/** @type {string} */ _kind, /** @type {string} */ id) => all[id], ids: () => Object.keys(all), all: () => ({ circles: [], loads: [] }), teams: () => [], results: () => [], send: () => {}, ours: () => ["SUP"], keeps: () => false, deciders: () => [] };
  const found = needs({ from });
  const stands = () => { found.refresh(); return Object.fromEntries(found.lists.map(({ key, ids }) => [key, ids])); };
  assert.deepEqual(stands(), { next: ["a"], need: ["b"] });
  found.toggle("b");
  assert.deepEqual(stands(), { next: ["a"], need: ["b"] });
  all.b.waits_for = "consumer";
  assert.deepEqual(stands(), { next: ["a"], need: ["b"] });
  found.choose("declined");
  assert.deepEqual(stands(), { need: ["b"] }, "what one writes in is there, whatever is looked for");
  found.clear();
  found.toggle("b");
  assert.deepEqual(stands(), { next: ["a", "b"] });
  found.toggle("a");
  stands();
  delete all.a;
  assert.deepEqual(stands(), { next: ["b"] });
});

test("a list in which one writes stands still", () => {
  let order = ["a", "b", "c"];
  const standing = steady(() => order);
  assert.deepEqual(standing(), ["a", "b", "c"]);
  order = ["new", "c", "b", "a"];
  assert.deepEqual(standing(), ["a", "b", "c", "new"]);
  order = ["new", "c", "a"];
  assert.deepEqual(standing(), ["a", "c", "new"]);
});

test("one's own needs come first, and what is looked for is found", () => {
  /** @type {Record<string, any>} */
  const all = { a: { consumer: "INS", provider: "SUP", state: "accepted", agreed: true, waits_for: "" }, b: { consumer: "SUP", provider: "PLA", state: "proposed", waits_for: "provider" }, c: { consumer: "QUA", provider: "PLA", state: "declined", waits_for: "" } };
  const from = { look: (/** @type {string} */ _kind, /** @type {string} */ id) => all[id], ids: () => Object.keys(all), all: () => ({ circles: [], loads: [] }), teams: () => [], results: () => [], send: () => {}, ours: () => ["SUP"], keeps: () => false, deciders: () => [] };
  const found = needs({ from });
  found.refresh();
  assert.deepEqual(found.lists.map(({ title, ids }) => [title, ids]), [["We need", ["b"]], ["We owe", ["a"]], ["Between others", ["c"]]]);
  all.a.agreed = false;
  all.b.provider = "SUP";
  found.refresh();
  assert.deepEqual(found.lists.map(({ title, ids }) => [title, ids])[0], ["Waits for you", ["b"]]);
  [all.a.agreed, all.b.provider] = [true, "PLA"];
  found.refresh();
  assert.equal(found.summary, "1 agreed, 1 no answer, 1 declined");
  found.choose("declined");
  found.refresh();
  assert.deepEqual(found.found, ["c"]);
  assert.deepEqual(found.lists.map(({ ids }) => ids), [["c"]]);
  found.clear();
  found.week = "none";
  found.refresh();
  assert.deepEqual(found.found, ["a", "b", "c"]);
  found.clear();
  found.team = "QUA";
  found.refresh();
  assert.deepEqual(found.found, ["c"]);
});

test("what was found is said once more after the turn in which it changed, and not for what did not", async () => {
  const told = [{ consumer: "A", provider: "B", need: "a feed" }];
  const from = { look: (_kind, id) => told[Number(id)] ?? {}, ids: () => told.map((_, at) => String(at)), all: () => ({}), teams: () => [], results: () => [], send: () => {}, ours: () => [], keeps: () => false, deciders: () => [] };
  const found = needs({ from });
  found.refresh();
  const { all } = found;
  await null;
  assert.deepEqual([found.all, found.all === all], [["0"], false]);
  const { all: again, late } = found;
  found.refresh();
  await null;
  assert.deepEqual([found.all === again, found.late === late], [true, true]);
});
