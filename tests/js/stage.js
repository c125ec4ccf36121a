// A browser's storage that can be full or closed, a clock that is set, and a line whose other end is ours.
import { outbox } from "../../web/static/js/outbox.js";
import { shelf } from "../../web/static/js/shelf.js";
import { wire } from "../../web/static/js/wire.js";

/** @param {Map<string, string>} kept @param {{most?: number}} [how] */
export function storage(kept, { most = Infinity } = {}) {
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => {
      if (text.length > most) throw new Error("full");
      kept.set(name, text);
    },
    removeItem: (name) => kept.delete(name),
    key: (place) => [...kept.keys()][place] ?? null,
    get length() { return kept.size; },
  };
}

export function stage({ kept = new Map() } = {}) {
  const clock = { now: 1000 };
  const box = outbox(shelf(() => storage(kept)), "box", () => clock.now);
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
    now: () => clock.now,
    chance: () => 0.5,
  });
  const hear = (frame) => lines.at(-1).onmessage({ data: JSON.stringify(frame) });
  const welcome = (number = 9, epoch = "e1") => {
    lines.at(-1).onopen();
    hear({ welcome: { number, epoch, now: 0 } });
  };
  /** Let every timer set so far ring, `ms` later. */
  const later = (ms) => {
    clock.now += ms;
    timers.splice(0).filter((timer) => timer.ms <= ms).forEach((timer) => timer.work());
  };
  return { box, lines, told, timers, line, hear, welcome, kept, clock, later };
}
