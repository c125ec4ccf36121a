import assert from "node:assert/strict";
import { test } from "node:test";

import { dots, hive } from "../../web/static/js/cells.js";
import { columns, paging } from "../../web/static/js/pages-of-items.js";

const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

test("no two cells of a hive lie on each other, however many there are", () => {
  for (const count of [0, 1, 2, 7, 13, 19, 20, 60, 121]) {
    const places = hive(count);
    assert.equal(places.length, count);
    places.forEach((one, at) => places.slice(at + 1).forEach((other) => assert.ok(apart(one, other) > 1.7, `${count}`)));
  }
});

test("seven make a flower: six around one", () => {
  const [middle, ...around] = hive(7);
  around.forEach((one) => assert.ok(Math.abs(apart(middle, one) - Math.sqrt(3)) < .01));
});

test("dots are measured against what all who voted could give, and not against the largest", () => {
  const cells = dots({ now: 2, unsaid: 0, later: 1 }, 14);
  assert.equal(cells.nowPath.match(/M/g).length, 2);
  assert.equal(cells.laterPath.match(/M/g).length, 2, "a cell and the hole in it");
  assert.equal(cells.ground, "");
  const bar = dots({ now: 30, unsaid: 0, later: 0 }, 120);
  assert.match(bar.nowPath, /^M0 1h25v/);
});

test("a wall's columns leave no note alone in a row, and its pages say which notes they show", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 8, 9, 12].map(columns), [1, 2, 3, 2, 3, 3, 4, 3, 4]);
  const turned = [["a", "b"], ["c"]];
  assert.equal(paging(turned, 0), "1 to 2 of 3");
  assert.equal(paging(turned, 1), "3 to 3 of 3");
  assert.equal(paging([["a"]], 0), "");
});
