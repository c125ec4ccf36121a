// Work comes with the next picture, and once, and also where no picture comes.
import assert from "node:assert/strict";
import { test } from "node:test";

import { withNextPicture } from "../../web/static/js/next-picture.js";

function stage(hidden = false) {
  const pictures = [];
  const timers = [];
  const soon = withNextPicture({ picture: (work) => pictures.push(work), later: (work, after) => timers.push({ work, after }), hidden: () => hidden });
  const done = [];
  soon(() => done.push("done"));
  return { done, draw: () => pictures.splice(0).forEach((work) => work()), pass: (time) => timers.filter(({ after }) => after <= time).forEach(({ work }) => work()) };
}

test("work comes with the next picture, once", () => {
  const { done, draw, pass } = stage();
  assert.deepEqual(done, []);
  draw();
  pass(1000);
  assert.deepEqual(done, ["done"]);
});

test("where no picture comes it is done nevertheless, and not again with a late one", () => {
  const { done, draw, pass } = stage();
  pass(100);
  assert.deepEqual(done, []);
  pass(250);
  draw();
  assert.deepEqual(done, ["done"]);
});

test("a page that nobody sees does not wait for a picture", () => {
  const { done, pass } = stage(true);
  pass(50);
  assert.deepEqual(done, ["done"]);
});
