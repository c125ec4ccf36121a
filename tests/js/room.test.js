// What a browser makes of frames: entities assigned, lists kept, nothing worked out by a rule.
import assert from "node:assert/strict";
import test from "node:test";

import { room, sentence } from "../../web/static/js/room.js";

/** @param {Record<string, any>} set @param {string[]} [drop] @param {boolean} [full] */
const frame = (set, drop = [], full = false, topic = "session") => ({ topic, number: 1, full, set, drop });

function opened() {
  const sent = [];
  let count = 0;
  const here = room({ newId: () => `id${++count}`, soon: (work) => work() });
  here.post = (command) => sent.push(command);
  return { here, sent };
}

test("entities are set and dropped, and walls hold them in order", () => {
  const { here } = opened();
  here.take(frame({ "note:a": { pile: "ideas", text: "a", rank: 2 }, "note:b": { pile: "ideas", text: "b", rank: 1 } }));
  assert.deepEqual(here.wall("ideas"), ["b", "a"]);
  here.take(frame({}, ["note:b"]));
  assert.deepEqual(here.wall("ideas"), ["a"]);
});

test("a change of words leaves the list alone, so that only one card is drawn again", () => {
  const { here } = opened();
  here.take(frame({ "note:a": { pile: "ideas", text: "a", rank: 1 } }));
  const before = here.walls.ideas;
  here.take(frame({ "note:a": { pile: "ideas", text: "changed", rank: 1 } }));
  assert.equal(here.walls.ideas, before);
  assert.equal(here.wording("a"), "changed");
});

test("a note in a cluster stands inside it, and what is set aside stands apart", () => {
  const { here } = opened();
  here.take(frame({
    "note:a": { pile: "ideas", text: "a", rank: 1, cluster: "c" },
    "cluster:c": { pile: "ideas", title: "C", notes: ["a"], rank: 1 },
    "note:b": { pile: "ideas", text: "b", rank: 2, aside: true },
  }));
  assert.deepEqual(here.wall("ideas"), ["c"]);
  assert.deepEqual(here.aside("ideas"), ["b"]);
});

test("a full frame replaces its own topic and leaves the facilitators' alone", () => {
  const { here } = opened();
  here.take(frame({ main: { label: "Show" }, crew: { here: [] } }, [], true, "helm"));
  here.take(frame({ "note:a": { pile: "p", text: "a", rank: 1 } }, [], true));
  here.take(frame({ session: { title: "T" } }, [], true));
  assert.equal(here.main.label, "Show");
  assert.equal(here.things["note:a"], undefined);
  here.take({ gone: "helm" });
  assert.equal(here.things.main, undefined);
});

test("of one's own, what changed comes alone", () => {
  const { here } = opened();
  here.take(frame({ me: { person: "p" }, "note:x": { pile: "pad", text: "mine" } }, [], true, "me"));
  here.take(frame({ "note:y": { pile: "pad", text: "too" } }, [], false, "me"));
  assert.deepEqual(here.own("pad"), ["x", "y"]);
  here.take(frame({ "note:y": { pile: "pad", text: "otherwise" } }, ["note:x"], false, "me"));
  assert.deepEqual(here.own("pad"), ["y"]);
  assert.equal(here.item("y").text, "otherwise");
  assert.equal(here.me.person, "p");
});

test("one's own topic comes whole", () => {
  const { here } = opened();
  here.take(frame({ me: { person: "p" }, "note:x": { pile: "pad", text: "mine" } }, [], true, "me"));
  assert.deepEqual(here.own("pad"), ["x"]);
  here.take(frame({ me: { person: "p" } }, [], true, "me"));
  assert.deepEqual(here.own("pad"), []);
});

test("a command names the run it was made for", () => {
  const { here, sent } = opened();
  here.take(frame({ step: { run: "r7", activity: "vote" } }));
  here.send("place_dot", { item: "a" });
  assert.deepEqual(sent, [{ id: "id1", do: "place_dot", phase: "r7", item: "a" }]);
});

test("a refusal is said, and its words go back to their field", () => {
  const back = [];
  const words = { take: () => [], back: (...said) => back.push(said) };
  const here = room({ newId: () => "id", soon: (work) => work(), words });
  const typed = { field: "note", run: "r1", text: "my words", title: "", at: 0 };
  here.take({ refused: "x", code: "phase_over", say: "The session has moved on.", words: [typed] });
  assert.equal(here.notice, "The session has moved on.");
  assert.deepEqual(back, [[typed, "The session has moved on."]]);
});

test("a note reads as a sentence", () => {
  assert.equal(sentence({ text: "Days", baseline: "61", target: "42" }), "Days, 61 to 42");
  assert.equal(sentence({ text: "Days", target: "42" }), "Days, to 42");
  assert.equal(sentence({ text: "Days" }), "Days");
  assert.equal(sentence({ text: "أيام", baseline: "61 days", target: "42" }), "أيام, \u206861\u00a0days\u2069 to \u206842\u2069");
});
