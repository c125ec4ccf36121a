import assert from "node:assert/strict";
import { test } from "node:test";

import { bell } from "../../web/static/js/bell.js";

const memory = () => {
  const kept = new Map();
  return { read: (name) => kept.get(name) ?? null, write: (name, thing) => kept.set(name, thing) };
};

test("a browser chooses its bell, or none, and finds it again", () => {
  const shelf = memory();
  const heard = [0, 1, 2, 3].map(() => {
    const { word } = bell(shelf);
    bell(shelf).choose();
    return word;
  });
  assert.deepEqual(heard, ["two tones", "a knock", "none", "two tones"]);
});

test("what was kept under another name is no bell", () => {
  const shelf = memory();
  shelf.write("waggle.bell", "gong");
  assert.equal(bell(shelf).word, "two tones");
});
