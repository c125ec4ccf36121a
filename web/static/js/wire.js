// @ts-check
/** The wire: one socket that comes back by itself, says where it stands, and never sends a command twice. */

/** @import {Command, FirstPaint, Status} from "./types.js" */
/** @import {Typed} from "./words.js" */

const SLOW = 2000;
const ECHO = 5000;
/** The server says every twenty seconds that it is there: after this long without a word a line is dead. */
const DEAD = 45_000;
/** Bytes a message may have; the server takes 64 KiB. */
export const LARGEST = 60_000;
/** Commands at once, and how long until there is room for one more, in milliseconds. The server takes more. */
const BURST = 60;
const PACE = 40;
/** How long *too fast* waits before it is tried again. */
const LATER = 1500;
/** What the server says when it closes, and one may come back at once. */
const COMES_BACK = ["restart", "too_slow", "too_fast", "bad_frame", "merged"];

/**
 * @param {{
 *   url: string,
 *   from: {number: number, epoch: string},
 *   outbox: import("./outbox.js").Outbox,
 *   onFrame: (frame: any) => void,
 *   onStatus: (status: Status) => void,
 *   onBye: (bye: {bye: string, say: string}) => void,
 *   socket?: (url: string) => WebSocket,
 *   wait?: (work: () => void, ms: number) => any,
 *   now?: () => number,
 *   chance?: () => number,
 * }} ports
 */
export function wire({
  url, from, outbox, onFrame, onStatus, onBye,
  socket = (address) => new WebSocket(address),
  wait = (work, ms) => setTimeout(work, ms),
  now = Date.now,
  chance = Math.random,
}) {
  let number = from.number;
  let epoch = from.epoch;
  /** @type {WebSocket | null} */
  let open = null;
  let welcomed = false;
  let tries = 0;
  let ended = false;
  let heard = now();
  /** What is under way, by id, since when. @type {Map<string, number>} */
  const flying = new Map();
  let room = BURST;
  let filled = now();
  let held = 0;
  let pumping = false;
  /** How far the server was last told that this page is, and whether it is about to be told. */
  let echoed = from.number;
  let echoing = false;
  /** @type {any} */
  let retry = null;
  /** Whether this line has said by itself that somebody is there. @type {WebSocket | null} */
  let beating = null;

  function connect() {
    retry = null;
    if (ended || open) return;
    const line = socket(url);
    open = line;
    welcomed = false;
    flying.clear();
    line.onopen = () => line.send(JSON.stringify({ since: number, epoch }));
    line.onmessage = (event) => {
      heard = now();
      take(JSON.parse(event.data));
    };
    line.onclose = () => {
      if (open !== line) return;
      open = null;
      if (ended) return;
      onStatus("lost");
      again();
    };
    wait(() => { if (open === line && !welcomed && !ended) onStatus("behind"); }, SLOW);
  }

  function again() {
    if (retry !== null || ended) return;
    const most = Math.min(15000, 400 * 2 ** tries);
    tries += 1;
    retry = wait(connect, most / 2 + chance() * most / 2);
  }

  /** @param {any} frame */
  function take(frame) {
    if (frame.welcome) {
      welcomed = true;
      tries = 0;
      epoch = frame.welcome.epoch;
      number = echoed = frame.welcome.number;
      onFrame(frame);
      onStatus("step");
      pump();
    } else if (frame.topic) {
      number = Math.max(number, frame.number);
      onFrame(frame);
      echo_soon();
    } else if (frame.done || frame.refused !== undefined) {
      answered(frame);
    } else if (frame.behind !== undefined) {
      onStatus(frame.behind ? "behind" : outbox.waiting().length ? "sending" : "step");
    } else if (frame.beat) {
      watch();
    } else if (frame.bye) {
      ended = !COMES_BACK.includes(frame.bye);
      if (frame.bye === "bad_frame") giveBackTheLargest(frame.say);
      if (ended) onBye(frame);
    } else {
      onFrame(frame);
    }
  }

  /** @param {any} frame */
  function answered(frame) {
    const id = frame.done || frame.refused;
    flying.delete(id);
    if (frame.code === "too_fast") {
      // Too fast means later: it stays, and is sent again slowly.
      [held, room] = [now() + LATER, 1];
      wait(pump, LATER);
      return;
    }
    const sent = outbox.settle(id);
    onFrame(frame.done ? frame : { ...frame, words: sent?.words ?? [], asked: sent?.command });
    if (outbox.waiting().length) pump();
    else onStatus("step");
  }

  /** Something here can never pass: it alone goes, and its words go back. @param {string} say */
  function giveBackTheLargest(say) {
    const largest = outbox.waiting().filter((command) => flying.has(command.id)).sort((a, b) => size(b) - size(a)).at(0);
    if (largest) answered({ refused: largest.id, code: "bad_frame", say });
  }

  /** Send what waits, in its order and no faster than the server takes it. */
  function pump() {
    if (!open || !welcomed || open.readyState !== 1 || now() < held) return;
    room = Math.min(BURST, room + (now() - filled) / PACE);
    filled = now();
    for (const command of outbox.waiting()) {
      if (flying.has(command.id)) continue;
      if (size(command) > LARGEST) { answered(tooLarge(command)); return; }
      if (room < 1) { again_soon(); break; }
      room -= 1;
      flying.set(command.id, now());
      open.send(JSON.stringify(command));
    }
    wait(() => { if ([...flying.values()].some((since) => now() - since >= SLOW)) onStatus("sending"); }, SLOW);
  }

  function again_soon() {
    if (pumping) return;
    pumping = true;
    onStatus("sending");
    wait(() => { pumping = false; pump(); }, 5 * PACE);
  }

  /** Ask at once instead of waiting for the next try: on waking, on focus, when the network is back. */
  function wake() {
    if (ended) return;
    if (open && open.readyState === 1) {
      const line = open;
      const asked = now();
      line.send(JSON.stringify({ since: number, epoch }));
      wait(() => { if (open === line && heard < asked) drop(line); }, 4000);
    } else if (!open) {
      if (retry !== null) { clearTimeout(retry); retry = null; }
      connect();
    }
  }

  /** Drop the line once nothing comes on it any more; a server that says nothing by itself is not waited for. */
  function watch() {
    const line = open;
    if (!line || beating === line) return;
    beating = line;
    const look = () => {
      if (open !== line || ended) return;
      const silent = now() - heard;
      if (silent >= DEAD) drop(line);
      else wait(look, DEAD - silent);
    };
    wait(look, DEAD);
  }

  /** @param {WebSocket} line */
  function drop(line) {
    open = null;
    line.close();
    onStatus("lost");
    again();
  }

  /** Say how far this page is, some time after something was told: a silent room costs nothing. */
  function echo_soon() {
    if (echoing || number === echoed) return;
    echoing = true;
    wait(() => { echoing = false; echo(); }, ECHO);
  }

  function echo() {
    if (ended || !open || !welcomed || open.readyState !== 1 || number === echoed) return;
    open.send(JSON.stringify({ at: number }));
    echoed = number;
  }

  connect();
  return {
    /** @param {Command} command @param {Typed[]} [words] what was typed for it */
    send(command, words = []) {
      if (size(command) > LARGEST) {
        onFrame({ ...tooLarge(command), words });
        return;
      }
      outbox.keep(command, words);
      pump();
    },
    wake,
    lost() { if (open) drop(open); },
  };
}

/** Bytes on the wire. @param {Command} command */
function size(command) { return new TextEncoder().encode(JSON.stringify(command)).length; }

/** @param {Command} command */
function tooLarge(command) {
  const kilobytes = Math.ceil(size(command) / 1000);
  const say = `This is ${kilobytes} KB, and ${LARGEST / 1000} KB is the most that can be sent at once. It was not sent: shorten it.`;
  return { refused: command.id, code: "too_large", say };
}
