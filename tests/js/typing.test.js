// An Enter that ends a conversion never sends, in whichever order a browser tells it.

import assert from "node:assert/strict";
import test from "node:test";

import { sends } from "../../web/static/js/typing.js";

const key = (more = {}) => /** @type {any} */ ({ key: "Enter", isComposing: false, keyCode: 13, shiftKey: false, ...more });

test("an Enter sends, and nothing else does", () => {
  assert.equal(sends(key()), true);
  assert.equal(sends(key({ key: "a", keyCode: 65 })), false);
  assert.equal(sends(key({ shiftKey: true })), false);
});

test("an Enter that ends a conversion does not, in Safari's order too", () => {
  assert.equal(sends(key({ isComposing: true, keyCode: 229 })), false);
  assert.equal(sends(key({ isComposing: false, keyCode: 229 })), false);
});
