// @ts-check
/** The wire: one socket that comes back by itself, says where it stands, and never sends a command twice. */

/** @import {Command, FirstPaint, Status} from "./types.js" */

const SLOW = 2000;
const ECHO = 5000;

/** What somebody typed goes back to them when it was not counted. @param {Command | undefined} command */
function typed(command) {
  const text = command && [command.text, command.value, command.title].find((word) => typeof word === "string");
  return text && command.do !== "prepare" ? { text } : {};
}

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
 *   chance?: () => number,
 * }} ports
 */
export function wire({
  url, from, outbox, onFrame, onStatus, onBye,
  socket = (address) => new WebSocket(address),
  wait = (work, ms) => setTimeout(work, ms),
  chance = Math.random,
}) {
  let number = from.number;
  let epoch = from.epoch;
  /** @type {WebSocket | null} */
  let open = null;
  let welcomed = false;
  let tries = 0;
  let ended = false;
  let heard = Date.now();
  /** @type {any} */
  let retry = null;

  function connect() {
    retry = null;
    if (ended || open) return;
    const line = socket(url);
    open = line;
    welcomed = false;
    line.onopen = () => line.send(JSON.stringify({ since: number, epoch }));
    line.onmessage = (event) => {
      heard = Date.now();
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
      number = frame.welcome.number;
      onFrame(frame);
      outbox.waiting().forEach(put);
      onStatus("step");
    } else if (frame.topic) {
      number = Math.max(number, frame.number);
      onFrame(frame);
    } else if (frame.done || frame.refused !== undefined) {
      const id = frame.done || frame.refused;
      const command = outbox.find(id);
      outbox.settle(id);
      onFrame(frame.done ? frame : { ...typed(command), ...frame });
    } else if (frame.bye) {
      const back = ["restart", "too_slow"].includes(frame.bye);
      ended = !back;
      if (!back) onBye(frame);
    } else {
      onFrame(frame);
    }
  }

  /** @param {Command} command */
  function put(command) {
    if (open && welcomed && open.readyState === 1) open.send(JSON.stringify(command));
  }

  /** Ask at once instead of waiting for the next try: on waking, on focus, when the network is back. */
  function wake() {
    if (ended) return;
    if (open && open.readyState === 1) {
      const line = open;
      const asked = Date.now();
      line.send(JSON.stringify({ since: number, epoch }));
      wait(() => { if (open === line && heard < asked) drop(line); }, 4000);
    } else if (!open) {
      if (retry !== null) { clearTimeout(retry); retry = null; }
      connect();
    }
  }

  /** @param {WebSocket} line */
  function drop(line) {
    open = null;
    line.close();
    onStatus("lost");
    again();
  }

  function echo() {
    if (ended) return;
    if (open && welcomed && open.readyState === 1) open.send(JSON.stringify({ at: number }));
    wait(echo, ECHO);
  }

  connect();
  wait(echo, ECHO);
  return {
    /** @param {Command} command */
    send(command) {
      outbox.keep(command);
      put(command);
    },
    wake,
    lost() { if (open) drop(open); },
  };
}
