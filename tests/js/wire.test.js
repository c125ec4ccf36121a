// The wire: it comes back, asks for what it missed, sends what was not answered, and says where it stands.
import assert from "node:assert/strict";
import test from "node:test";

import { outbox } from "../../web/static/js/outbox.js";
import { wire } from "../../web/static/js/wire.js";

function stage() {
  const shelf = new Map();
  const box = outbox({
    getItem: (name) => shelf.get(name) ?? null,
    setItem: (name, text) => shelf.set(name, text),
    removeItem: (name) => shelf.delete(name),
  }, "box");
  const lines = [];
  const told = { status: [], frames: [], byes: [] };
  const timers = [];
  const line = wire({
    url: "ws://here/live",
    from: { number: 7, epoch: "e1" },
    outbox: box,
    onFrame: (frame) => told.frames.push(frame),
    onStatus: (status) => told.status.push(status),
    onBye: (bye) => told.byes.push(bye),
    socket: () => {
      const socket = { sent: [], readyState: 1, send: (text) => socket.sent.push(JSON.parse(text)), close: () => {} };
      lines.push(socket);
      return socket;
    },
    wait: (work, ms) => timers.push({ work, ms }),
    chance: () => 0.5,
  });
  const hear = (frame) => lines.at(-1).onmessage({ data: JSON.stringify(frame) });
  const welcome = (number = 9, epoch = "e1") => {
    lines.at(-1).onopen();
    hear({ welcome: { number, epoch, now: 0 } });
  };
  return { box, lines, told, timers, line, hear, welcome, shelf };
}

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
  const { line, shelf } = stage();
  line.send({ id: "a", do: "add_note", text: "kept" });
  assert.match(shelf.get("box"), /kept/);
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
