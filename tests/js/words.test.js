// Words that outlive everything: a reload, a bell, a refusal, a second tab, and a browser that keeps nothing.
import assert from "node:assert/strict";
import test from "node:test";

import { outbox } from "../../web/static/js/outbox.js";
import { shelf } from "../../web/static/js/shelf.js";
import { words } from "../../web/static/js/words.js";
import { storage } from "./stage.js";

let pages = 0;
/** A page of one browser, whose storage is `kept`. */
function page(kept, how = {}) {
  let now = 0;
  const ports = { holds: how.holds, sent: how.sent, shelf: shelf(() => storage(kept, how)), scope: "K7Q.ann", page: `page${(pages += 1)}`, now: () => (now += 1) };
  return words(ports);
}
const typed = (text, field = "note", run = "r1") => ({ field, run, text, title: "Ideas", at: 0 });
const soon = () => new Promise((done) => queueMicrotask(() => done(undefined)));

test("a reload finds what was typed", () => {
  const kept = new Map();
  page(kept).keep(typed("half a thought"));
  assert.equal(page(kept).find("note", "r1").text, "half a thought");
  assert.equal(page(kept).find("note", "r2"), undefined);
});

test("what was typed in a field that is gone is offered, and put away by hand alone", async () => {
  const here = page(new Map());
  here.show("note", "r1", true);
  here.keep(typed("half a thought"));
  await soon();
  assert.deepEqual(here.loose, []);
  here.show("note", "r1", false);
  await soon();
  assert.deepEqual(here.loose.map((one) => one.text), ["half a thought"]);
  here.putAway(here.loose[0].id);
  assert.deepEqual(here.loose, []);
});

test("two tabs keep their own, and neither erases the other's", () => {
  const kept = new Map();
  const [one, two] = [page(kept), page(kept)];
  one.keep(typed("from the first"));
  two.keep(typed("from the second"));
  two.keep(typed("from the second, longer"));
  const texts = [...kept.values()].map((text) => JSON.parse(text).text).sort();
  assert.deepEqual(texts, ["from the first", "from the second, longer"]);
});

test("what one tab sends or empties takes nothing from another", () => {
  const kept = new Map();
  const [one, two] = [page(kept), page(kept, { holds: () => "" })];
  one.keep(typed("from the first"));
  two.keep(typed("from the second"));
  assert.deepEqual(two.take(["note"], "r1").map((sent) => sent.text), ["from the second"]);
  assert.deepEqual(two.take(["note"], "r1"), []);
  two.keep(typed("again"));
  two.keep(typed(""));
  assert.equal(one.find("note", "r1").text, "from the first");
});

test("what stands in one tab is kept there, whatever another does", async () => {
  const kept = new Map();
  const here = page(kept);
  here.show("note", "r1", true);
  here.keep(typed("half a thought"));
  kept.clear();
  here.heard();
  assert.equal(page(kept).find("note", "r1").text, "half a thought");
  here.show("note", "r1", false);
  await soon();
  kept.clear();
  here.heard();
  assert.equal(kept.size, 0);
});

test("a tab finds its own words before newer ones of another", () => {
  const kept = new Map();
  const [one, two] = [page(kept), page(kept)];
  one.keep(typed("from the first"));
  for (const text of ["b", "bb", "bbb"]) two.keep(typed(text));
  assert.equal(one.find("note", "r1").text, "from the first");
});

test("words that were offered leave when they are sent as they came, or written on", () => {
  const kept = new Map();
  page(kept).keep(typed("of a closed tab"));
  const sending = page(kept, { holds: () => "of a closed tab" });
  assert.deepEqual(sending.take(["note"], "r1").map((sent) => sent.text), ["of a closed tab"]);
  assert.equal(kept.size, 0);
  page(kept).keep(typed("of a closed tab"));
  const writing = page(kept);
  writing.keep({ ...typed("of a closed tab, longer"), over: ["of a closed tab"] });
  assert.equal(kept.size, 2);
  writing.take(["note"], "r1");
  assert.equal(kept.size, 0);
});

test("what is sent and not answered is known by its field", () => {
  const here = page(new Map(), { sent: () => [typed("old"), typed("new"), typed("other", "title")] });
  assert.equal(here.underWay("note", "r1"), "new");
  assert.equal(here.underWay("note", "r2"), undefined);
});

test("a field that was emptied keeps nothing", () => {
  const kept = new Map();
  const here = page(kept);
  here.keep(typed("a"));
  here.keep(typed("  "));
  assert.equal(kept.size, 0);
});

test("words leave with their command, and come back to an empty field when it is refused", () => {
  const here = page(new Map());
  here.keep(typed("too long"));
  const sent = here.take(["note"], "r1");
  assert.equal(here.find("note", "r1"), undefined);
  here.back(sent[0], "Too long.");
  assert.equal(here.find("note", "r1").text, "too long");
  assert.equal(here.find("note", "r1").say, "Too long.");
});

test("where the field holds other words by now, they are offered beside it", () => {
  const here = page(new Map(), { holds: () => "second" });
  here.show("note", "r1", true);
  here.keep(typed("first"));
  const sent = here.take(["note"], "r1");
  here.keep(typed("second"));
  here.back(sent[0], "The session has moved on.");
  assert.equal(here.find("note", "r1").text, "second");
  assert.deepEqual(here.loose.map((one) => [one.text, one.say]), [["first", "The session has moved on."]]);
});

test("a browser that keeps nothing keeps it while the page is open, and says so", () => {
  const closed = words({ shelf: shelf(() => { throw new Error("closed"); }), scope: "s", page: "p" });
  assert.equal(closed.keeps, false);
  closed.keep(typed("in memory"));
  assert.equal(closed.find("note", "r1").text, "in memory");
});

test("a storage that is full keeps the rest in memory, and says so", () => {
  const here = page(new Map(), { most: 200 });
  here.keep(typed("short"));
  assert.equal(here.keeps, true);
  here.keep(typed("x".repeat(500)));
  assert.equal(here.keeps, false);
  assert.equal(here.find("note", "r1").text.length, 500);
});

test("what a closed tab had still to send is sent by the next one", () => {
  const kept = new Map();
  outbox(shelf(() => storage(kept)), "K7Q.ann").keep({ id: "a", do: "add_note", text: "offline" });
  const next = outbox(shelf(() => storage(kept)), "K7Q.ann");
  assert.deepEqual(next.waiting().map((command) => command.id), ["a"]);
  next.keep({ id: "b", do: "add_note" });
  assert.equal(next.settle("a").command.text, "offline");
  assert.deepEqual(next.waiting().map((command) => command.id), ["b"]);
});
