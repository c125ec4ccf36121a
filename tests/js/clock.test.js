// The clock, the words in braces, and pages of the big screen.
import assert from "node:assert/strict";
import test from "node:test";

import { fill, finish, left, leftOpen, spell } from "../../web/static/js/clock.js";
import { pages } from "../../web/static/js/pages-of-items.js";

test("time is spelled out and counts on after the bell", () => {
  assert.equal(spell(222_000), "3:42");
  assert.equal(spell(0), "0:00");
  assert.equal(spell(-40_000), "+0:40");
});

test("a held clock stands still", () => {
  assert.equal(left({ deadline: 1000, left: 500 }, 900), 500);
  assert.equal(left({ deadline: 1000, left: null }, 900), 100);
  assert.equal(left({}, 900), null);
});

test("the end counts what is left now and every later step that is not left out", () => {
  const plan = [
    { key: "a", minutes: 5, left_out: false },
    { key: "b", minutes: 8, left_out: false },
    { key: "c", minutes: 3, left_out: true },
  ];
  assert.equal(finish(plan, { key: "a", deadline: 60_000, left: null }, 0), 60_000 + 8 * 60_000);
});

test("braces are filled from the step and never with nothing", () => {
  assert.equal(fill("You have {budget} dots", { budget: 6 }, {}, 0), "You have 6 dots");
  assert.equal(fill("Waiting for {waiting}.", {}, { people: 7, done: 5 }, 0), "Waiting for 2.");
  assert.equal(fill("{unknown}", {}, {}, 0), "{unknown}");
});

test("the big screen shows at most twelve short items and fewer long ones", () => {
  const ids = Array.from({ length: 30 }, (_, place) => `n${place}`);
  const short = pages(ids, () => "short", 3, 26, 15);
  assert.ok(short.every((page) => page.length <= 12));
  const long = pages(ids, () => "x".repeat(200), 3, 26, 15);
  assert.ok(long[0].length < 12);
  assert.deepEqual(long.flat(), ids);
});

test("of a step still to come, what nobody knows yet is left open", () => {
  assert.equal(leftOpen("We end at {ends}: 6 dots."), "We end at …: 6 dots.");
  assert.equal(leftOpen(undefined), "");
});
