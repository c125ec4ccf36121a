// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting } from "../../web/static/js/fitting.js";

test("what has room grows to fill it, and no further than a wall looks good", () => {
  assert.equal(fitting(() => true), 1.4);
  const found = fitting((size) => size <= 1.2);
  assert.ok(found <= 1.2 && found > 1.17, `${found}`);
});

test("what is too much gets the largest size at which it fits", () => {
  for (const most of [.55, .7, .93]) {
    const found = fitting((size) => size <= most);
    assert.ok(found <= most && found > most - .03, `${found} for ${most}`);
  }
});

test("letters get no smaller than half, whatever there is", () => {
  assert.equal(fitting(() => false), .5);
});
