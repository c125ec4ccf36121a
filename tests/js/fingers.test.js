// Nothing moves under a finger, and nobody's finger holds a page up for ever.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fingers } from "../../web/static/js/fingers.js";

function stage() {
  const page = new EventTarget();
  const timers = [];
  const hands = fingers(page, (work, after) => timers.push({ work, after }));
  const done = [];
  const tell = (name) => page.dispatchEvent(new Event(name));
  const pass = (time) => timers.splice(0).forEach(({ work, after }) => { if (after <= time) work(); });
  return { hands, done, tell, pass };
}

test("without a finger on the page things change at once", () => {
  const { hands, done } = stage();
  hands.lifted(() => done.push("now"));
  assert.deepEqual(done, ["now"]);
});

test("what comes under a finger waits until its press was counted", () => {
  const { hands, done, tell, pass } = stage();
  tell("pointerdown");
  hands.lifted(() => done.push("later"));
  assert.deepEqual(done, []);
  tell("pointerup");
  assert.deepEqual(done, []);
  pass(100);
  assert.deepEqual(done, ["later"]);
});

test("what comes while a press is being counted stands behind what waits", () => {
  const { hands, done, tell, pass } = stage();
  tell("pointerdown");
  hands.lifted(() => done.push("first"));
  tell("pointerup");
  hands.lifted(() => done.push("second"));
  assert.deepEqual(done, []);
  pass(100);
  assert.deepEqual(done, ["first", "second"]);
});

test("of two fingers the last one counts, and a scroll lifts them", () => {
  const { hands, done, tell, pass } = stage();
  tell("pointerdown");
  tell("pointerdown");
  hands.lifted(() => done.push("later"));
  tell("pointerup");
  pass(100);
  assert.deepEqual(done, []);
  hands.lifted(() => {});
  tell("pointercancel");
  pass(100);
  assert.deepEqual(done, ["later"]);
});

test("a finger that is never seen to lift holds nothing up for longer than a second", () => {
  const { hands, done, tell, pass } = stage();
  tell("pointerdown");
  hands.lifted(() => done.push("at last"));
  pass(1000);
  assert.deepEqual(done, ["at last"]);
  hands.lifted(() => done.push("and on"));
  assert.deepEqual(done, ["at last", "and on"]);
});
