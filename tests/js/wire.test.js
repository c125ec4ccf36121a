// The wire: it comes back, asks for what it missed, sends what was not answered, and says where it stands.
import assert from "node:assert/strict";
import test from "node:test";

import { LARGEST } from "../../web/static/js/wire.js";
import { stage } from "./stage.js";

test("the first word says where the page stands", () => {
  const { lines } = stage();
  lines[0].onopen();
  assert.deepEqual(lines[0].sent, [{ since: 7, epoch: "e1" }]);
});

test("what is sent without a connection goes out after the next welcome, once more until it is answered", () => {
  const { lines, line, welcome, hear, box, timers } = stage();
  line.send({ id: "a", do: "add_note", text: "kept" });
  assert.equal(lines[0].sent.length, 0);
  welcome();
  assert.equal(lines[0].sent.at(-1).id, "a");
  lines[0].onclose();
  timers.filter((t) => t.ms < 1000).at(-1).work();
  welcome();
  assert.equal(lines[1].sent.at(-1).id, "a");
  hear({ done: "a" });
  assert.deepEqual(box.waiting(), []);
});

test("what waits survives a reload", () => {
  const { line, kept } = stage();
  line.send({ id: "a", do: "add_note", text: "kept" });
  const again = stage({ kept });
  again.welcome();
  assert.equal(again.lines[0].sent.at(-1).text, "kept");
});

test("it asks for what came after the last number it heard", () => {
  const { lines, welcome, hear, timers } = stage();
  welcome(9);
  hear({ topic: "session", number: 12, full: false, set: {}, drop: [] });
  lines[0].onclose();
  timers.filter((t) => t.ms < 1000).at(-1).work();
  lines[1].onopen();
  assert.deepEqual(lines[1].sent[0], { since: 12, epoch: "e1" });
});

test("it says honestly whether it is in step", () => {
  const { lines, welcome, told, timers } = stage();
  lines[0].onopen();
  timers.find((t) => t.ms === 2000).work();
  welcome();
  lines[0].onclose();
  assert.deepEqual(told.status, ["behind", "step", "lost"]);
});

test("it says that it is behind while its room moves, and what it is then", () => {
  const { line, welcome, hear, told } = stage();
  welcome();
  hear({ behind: true });
  hear({ behind: false });
  assert.deepEqual(told.status.slice(-3), ["step", "behind", "step"]);
  line.send({ id: "a", do: "add_note", text: "under way" });
  hear({ behind: false });
  assert.equal(told.status.at(-1), "sending");
});

test("a line that said it is there and says nothing any more is dropped, another is left alone", () => {
  const quiet = stage();
  quiet.welcome();
  assert.equal(quiet.timers.some((t) => t.ms > 40_000), false);
  const { welcome, hear, told, timers, clock } = stage();
  welcome();
  hear({ beat: 1 });
  hear({ beat: 1 });
  const looks = () => timers.filter((t) => t.ms > 15_000);
  assert.equal(looks().length, 1);
  clock.now += 30_000;
  hear({ beat: 1 });
  clock.now += 15_000;
  looks().at(-1).work();
  assert.equal(told.status.at(-1), "step");
  assert.deepEqual(looks().map((t) => t.ms), [45_000, 30_000]);
  clock.now += 30_000;
  looks().at(-1).work();
  assert.equal(told.status.at(-1), "lost");
});

test("after a last bye it does not come back, after a restart it does", () => {
  const removed = stage();
  removed.welcome();
  removed.hear({ bye: "removed", say: "You are no longer part of this session." });
  removed.lines[0].onclose();
  assert.equal(removed.told.byes.length, 1);
  assert.equal(removed.told.status.includes("lost"), false);
  const restarted = stage();
  restarted.welcome();
  restarted.hear({ bye: "restart", say: "" });
  restarted.lines[0].onclose();
  assert.equal(restarted.told.status.at(-1), "lost");
});

test("tries get further apart and never miss a beat by more than fifteen seconds", () => {
  const { lines, timers } = stage();
  for (let count = 0; count < 9; count += 1) {
    lines.at(-1).onclose();
    timers.at(-1).work();
  }
  const waits = timers.map((t) => t.ms).filter((ms) => ![2000, 5000].includes(ms));
  assert.ok(waits.every((ms) => ms <= 15000));
  assert.ok(waits.at(-1) > waits[0]);
});

test("a message that can never succeed is not sent, blocks nothing, and gives its words back", () => {
  const { line, welcome, told, lines, box } = stage();
  welcome();
  const words = [{ field: "prepare.context", run: "lobby", text: "x", title: "", at: 0 }];
  line.send({ id: "huge", do: "prepare", text: "x".repeat(70_000) }, words);
  line.send({ id: "next", do: "prepare", text: "short" });
  assert.deepEqual(lines[0].sent.slice(1).map((frame) => frame.id), ["next"]);
  const refused = told.frames.find((frame) => frame.refused === "huge");
  assert.equal(refused.code, "too_large");
  assert.match(refused.say, /71 KB/);
  assert.deepEqual(refused.words, words);
  assert.deepEqual(box.waiting().map((command) => command.id), ["next"]);
});

test("what is measured is bytes, not letters", () => {
  const { line, welcome, told } = stage();
  welcome();
  line.send({ id: "a", do: "prepare", text: "語".repeat(LARGEST / 2.5) });
  assert.equal(told.frames.at(-1).code, "too_large");
});

test("one that was queued by an older page alone leaves the queue, also after a reload", () => {
  const { box, welcome, lines, told } = stage();
  box.keep({ id: "huge", do: "prepare", text: "x".repeat(70_000) });
  box.keep({ id: "next", do: "prepare", text: "short" });
  welcome();
  assert.deepEqual(lines[0].sent.slice(1).map((frame) => frame.id), ["next"]);
  assert.equal(told.frames.find((frame) => frame.refused).refused, "huge");
});

test("a queue of 150 after an outage goes out in its order, no faster than the server takes it, and loses nothing", () => {
  const { line, welcome, lines, hear, later, box } = stage();
  for (let count = 0; count < 150; count += 1) line.send({ id: `n${count}`, do: "add_note", text: `${count}` });
  welcome();
  assert.ok(lines[0].sent.length <= 61);
  for (let turn = 0; turn < 200 && lines[0].sent.length < 151; turn += 1) later(200);
  assert.deepEqual(lines[0].sent.slice(1).map((frame) => frame.id), Array.from({ length: 150 }, (_, n) => `n${n}`));
  for (let count = 0; count < 150; count += 1) hear({ done: `n${count}` });
  assert.deepEqual(box.waiting(), []);
});

test("too fast means later: it stays, and is sent again slowly", () => {
  const { line, welcome, lines, hear, later, box, told } = stage();
  welcome();
  line.send({ id: "a", do: "add_note", text: "kept" });
  hear({ refused: "a", code: "too_fast", say: "That was too fast." });
  assert.deepEqual(box.waiting().map((command) => command.id), ["a"]);
  assert.equal(told.frames.some((frame) => frame.refused), false);
  assert.equal(lines[0].sent.length, 2);
  later(1500);
  assert.equal(lines[0].sent.at(-1).id, "a");
});

test("a socket that closes over a damaged frame gives the largest back and returns", () => {
  const { line, welcome, lines, hear, told, timers } = stage();
  welcome();
  line.send({ id: "small", do: "add_note", text: "a" }, []);
  line.send({ id: "large", do: "add_note", text: "x".repeat(50_000) }, [{ field: "note", run: "r", text: "x", title: "", at: 0 }]);
  hear({ bye: "bad_frame", say: "This message was too large." });
  lines[0].onclose();
  assert.deepEqual(told.frames.filter((frame) => frame.refused).map((frame) => frame.refused), ["large"]);
  timers.filter((timer) => timer.ms < 1000).at(-1).work();
  welcome();
  assert.deepEqual(lines[1].sent.slice(1).map((frame) => frame.id), ["small"]);
  assert.equal(told.byes.length, 0);
});

test("what is long under way is said to be sent", () => {
  const { line, welcome, told, later } = stage();
  welcome();
  line.send({ id: "a", do: "add_note", text: "a" });
  later(2000);
  assert.equal(told.status.at(-1), "sending");
});

test("it says how far it is once something was told, and nothing while nothing is", () => {
  const { lines, welcome, hear, timers } = stage();
  const echoes = () => lines[0].sent.filter((frame) => "at" in frame).map((frame) => frame.at);
  const ring = () => timers.splice(0).filter((timer) => timer.ms === 5000).forEach((timer) => timer.work());
  welcome(9);
  ring();
  ring();
  assert.deepEqual(echoes(), []);
  for (const number of [10, 11, 12]) hear({ topic: "session", number, full: false, set: {}, drop: [] });
  ring();
  ring();
  assert.deepEqual(echoes(), [12]);
  hear({ done: "a" });
  ring();
  assert.deepEqual(echoes(), [12]);
  hear({ topic: "session", number: 13, full: false, set: {}, drop: [] });
  ring();
  assert.deepEqual(echoes(), [12, 13]);
});
