// The record in the browser: the cycle in words and cells, and finding goals.
import assert from "node:assert/strict";
import { test } from "node:test";

import { madeOf } from "../../web/static/js/record/made-of.js";
import { record } from "../../web/static/js/record/record.js";
import { coming, cycle, isNear, next, standing, steps, weeks } from "../../web/static/js/record/cycle.js";
import { fold } from "../../web/static/js/folds.js";
import { FIRST, growing } from "../../web/static/js/growing.js";
import { way } from "../../web/static/js/record/goals.js";
import { sift } from "../../web/static/js/record/sift.js";

const Q3 = { name: "Q3", start: "2026-07-01", end: "2026-09-30" };
const held = (title, planned, state = "lobby", format_name = title) => ({ code: title, title, format_name, state, planned, opened: 0 });

test("the cycle says where it stands on every side of its days", () => {
  assert.equal(standing(Q3, "2026-06-30"), "Q3 begins tomorrow.");
  assert.equal(standing(Q3, "2026-06-19"), "Q3 begins in 12 days.");
  assert.match(standing(Q3, "2026-05-01"), /^Q3 begins on .*1/);
  assert.equal(standing(Q3, "2026-07-01"), "Q3 is in week 1 of 14.");
  assert.equal(standing(Q3, "2026-07-08"), "Q3 is in week 2 of 14.");
  assert.equal(standing(Q3, "2026-09-30"), "Q3 is in week 14 of 14.");
  assert.match(standing(Q3, "2026-10-01"), /^Q3 ended on /);
  assert.equal(standing({ name: "Q3", start: "", end: "" }, "2026-10-01"), "Q3 has no days yet.");
  assert.equal(standing({ name: "", start: "", end: "" }, "2026-10-01"), "");
});

test("weeks are over, now or ahead, and hold the sessions of their days", () => {
  const found = weeks(Q3, [held("Forum", "2026-08-13")], "2026-07-09");
  assert.deepEqual(found.map((week) => week.state).slice(0, 3), ["over", "now", "ahead"]);
  assert.deepEqual(found.filter((week) => week.names.length).map((week) => week.week), [7]);
  assert.deepEqual(weeks({ name: "", start: "", end: "" }, [], "2026-07-09"), []);
});

test("sessions before the cycle stand once for each format, with how many there were", () => {
  const before = [held("Team A", "2026-06-15", "closed", "Team draft"), held("Team B", "2026-06-19", "closed", "Team draft"), held("Walk", "2026-06-23"), held("Forum", "2026-08-13")];
  assert.deepEqual(steps(Q3, before).map(({ name, count, state }) => [name, count, state]), [["Team draft", 2, "over"], ["Walk", 1, "ahead"]]);
});

test("in a record that is only read nothing is to come", () => {
  const sessions = { A: held("Pulse", "2026-08-05"), B: held("Draft", "2026-06-15", "closed") };
  const here = (read_only) => ({ room: { cycle: Q3 }, ids: () => Object.keys(sessions), look: (kind, id) => (kind === "cycles" ? { read_only } : sessions[id]) });
  const clock = () => Date.parse("2026-07-10T12:00:00Z");
  assert.match(cycle({ here: here(false), clock })().coming, /^Next: “Pulse”/);
  assert.equal(cycle({ here: here(true), clock })().coming, "No further session is planned.");
  assert.equal(cycle({ here: here(true), clock })().atHand, null);
});

test("what goes on comes before what is planned, and that before what has been missed", () => {
  const sessions = [held("missed", "2026-06-01"), held("some day", ""), held("later", "2026-08-01"), held("soon", "2026-07-10")];
  assert.equal(next(sessions, "2026-07-01")?.title, "soon");
  assert.equal(next([...sessions, held("now", "", "open")], "2026-07-01")?.title, "now");
  assert.equal(next(sessions.slice(0, 2), "2026-07-01")?.title, "some day");
  assert.match(coming(sessions.slice(0, 1), "2026-07-01"), /was planned for .*, and has not begun/);
  assert.equal(coming([held("soon", "2026-07-10")], "2026-07-10"), "Next: “soon”, today.");
  assert.deepEqual(["", "2026-07-08", "2026-06-01", "2026-07-09"].map((planned) => isNear(held("x", planned), "2026-07-01")), [true, true, true, false]);
  assert.equal(isNear(held("x", "2026-09-01", "open"), "2026-07-01"), true);
  assert.equal(coming([held("x", "", "closed")], "2026-07-10"), "No further session is planned.");
});

test("the way of a result is counted from where it was, also downwards, and never beyond its ends", () => {
  assert.equal(way({ baseline: 61, target: 42, current: 52 }), 47);
  assert.equal(way({ baseline: 0, target: 10, current: 40 }), 100);
  assert.equal(way({ baseline: 0, target: 10, current: -3 }), 0);
  assert.equal(way({ baseline: 5, target: 5, current: 5 }), -1);
  assert.equal(way({ baseline: 0, target: 10, current: null }), -1);
});

function kept() {
  const here = record({ newId: () => "id" });
  const set = {
    "team:a": { name: "Alpha", order: 0 }, "team:b": { name: "Beta", order: 1 },
    "objective:t": { text: "Top", team: "", status: "final", serves: [], order: 2 },
    "objective:x": { text: "Warm homes", team: "b", status: "shared", serves: [{ parent: "t", kind: "shared" }], order: 0 },
    "objective:y": { text: "Quick visits", team: "a", status: "draft", serves: [], order: 1 },
    "result:r": { objective: "x", text: "Fewer days", leads: ["i"], lead_names: ["Ines Calder"], order: 0 },
  };
  here.apply({ topic: "record", number: 1, full: true, set, drop: [] });
  const found = sift({ here });
  const look = () => found.goals;
  return { here, found, look };
}

test("goals stand with the whole first and then in the order of the teams", () => {
  assert.deepEqual(kept().look(), ["t", "y", "x"]);
});

test("goals are found by words of theirs, of their results, of people and of teams", () => {
  const { found, look } = kept();
  for (const [words, goals] of [["warm", ["x"]], ["DAYS", ["x"]], ["ines warm", ["x"]], ["alpha", ["y"]], ["nothing", []]]) {
    found.words = words;
    assert.deepEqual(look(), goals, words);
  }
});

test("goals are found by team, person, status and link, and all are there again", () => {
  const { found, look } = kept();
  for (const [field, value, goals] of [["team", "b", ["x"]], ["team", "whole", ["t"]], ["person", "i", ["x"]], ["status", "draft", ["y"]], ["link", "none", ["y"]], ["link", "shared", ["x"]], ["link", "t", ["x"]]]) {
    found.clear();
    found[field] = value;
    assert.deepEqual(look(), goals, value);
  }
  found.clear();
  assert.equal(look().length, 3);
});

test("a goal that is sifted out is reached nevertheless", () => {
  const { found, look } = kept();
  found.words = "warm";
  look();
  found.reach("y");
  assert.deepEqual([found.opened, found.words], ["y", ""]);
});

test("a frame changes things in their place, and takes away what is gone", () => {
  const { here } = kept();
  const before = here.shared;
  here.apply({ topic: "record", number: 2, full: false, set: { "team:a": { name: "Aleph", order: 5 } }, drop: ["objective:y"] });
  assert.equal(here.shared, before);
  assert.deepEqual(here.ids("team"), ["b", "a"]);
  assert.deepEqual(here.objectives("a"), []);
});

test("what is made of many things is made again when one of its kinds is told or put elsewhere, and not for anything else", () => {
  const { here } = kept();
  let times = 0;
  const made = madeOf(() => here.stamps("objective"), () => { times += 1; return here.plainly().ids("objective").join(); });
  const tell = (/** @type {any} */ set, full = false, /** @type {string[]} */ drop = []) => here.apply({ topic: "record", number: 2, full, set, drop });
  assert.deepEqual([made(undefined), made(undefined), times], ["x,y,t", "x,y,t", 1]);
  tell({ "result:r": { ...here.thing("result:r"), text: "Other days" } });
  assert.deepEqual([made(undefined), times], ["x,y,t", 1]);
  tell({ "objective:x": { ...here.thing("objective:x"), text: "Warmer homes" } });
  assert.deepEqual([made(undefined), times], ["x,y,t", 2]);
  tell({}, false, ["objective:y"]);
  assert.deepEqual([made(undefined), times], ["x,t", 3]);
  tell({ "team:a": { name: "Alpha", order: 0 } }, true);
  assert.deepEqual([made(undefined), times], ["", 4]);
});

function long(opened = "") { return looking(opened).found; }

function looking(opened = "") {
  const here = record({ newId: () => "id" });
  const set = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`objective:${at}`, { text: `Goal ${at}`, team: "", status: "final", serves: [], order: at }]));
  here.apply({ topic: "record", number: 1, full: true, set, drop: [] });
  const found = sift({ here, place: { read: () => opened, write: () => {} } });
  return { here, found };
}

test("a long list is made a handful at a time, and in the end it is whole", () => {
  const found = long();
  const waiting = [];
  growing(found, (then) => waiting.push(then));
  const sizes = [found.listed.length];
  while (waiting.length) {
    waiting.pop()();
    sizes.push(found.listed.length);
  }
  assert.equal(sizes[0], FIRST);
  assert.ok(sizes.every((size, at) => at === 0 || size > sizes[at - 1]), `${sizes}`);
  assert.equal(sizes.at(-1), 40);
});

test("a list that is not whole yet goes as far as what is open, and is whole where something is looked for or printed", () => {
  const linked = long("30");
  linked.cover();
  assert.ok(linked.listed.includes("30"));
  const found = long();
  found.reach("35");
  assert.ok(found.listed.includes("35"));
  const sifting = long();
  sifting.words = "goal 39";
  assert.equal(sifting.listed.length, 40);
  const printed = long();
  printed.printing = true;
  assert.equal(printed.listed.length, 40);
});

test("a goal that is laid open stays found until something else is looked for", () => {
  const { here, found } = looking();
  found.status = "final";
  found.open("7");
  here.apply({ topic: "record", number: 2, full: false, set: { "objective:7": { ...here.look("objective", "7"), status: "draft" }, "objective:8": { ...here.look("objective", "8"), status: "draft" } }, drop: [] });
  assert.deepEqual([found.found["7"], found.found["8"]], [true, undefined]);
  found.open("7");
  assert.equal(found.found["7"], undefined);
  found.open("9");
  found.words = "goal 1";
  assert.equal(found.found["9"], undefined);
});

test("goals that come later stand in a list that was whole", () => {
  const { here, found } = looking();
  const waiting = [];
  growing(found, (then) => waiting.push(then));
  while (waiting.length) waiting.pop()();
  here.apply({ topic: "record", number: 2, full: false, set: { "objective:later": { ...here.thing("objective:39"), order: 40 } }, drop: [] });
  assert.ok(found.listed.includes("later"));
});

test("what stands in a fold is made when somebody opens it, stays, and is there on paper", () => {
  let printing = false;
  const part = fold(() => printing)();
  assert.deepEqual(part.laid(["a"]), []);
  printing = true;
  assert.deepEqual(part.laid(["a"]), ["a"]);
  printing = false;
  part.unfold({ open: true });
  part.unfold({ open: false });
  assert.deepEqual(part.laid(["a"]), ["a"]);
});
