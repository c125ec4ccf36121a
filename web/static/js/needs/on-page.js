// @ts-check
/** Needs on a page: one look at them that its parts share, and what draws and changes them. */

import { askNeed, needRow } from "./asking.js";
import { needsBoard } from "./board.js";
import { needCard } from "./card.js";
import { choices } from "../choices.js";
import { boards } from "./drawing.js";
import { conflictCard, raidRow, shareCard } from "./joins.js";
import { needs } from "./needs.js";

/** @param {any} Alpine @param {import("./needs.js").Source} from @param {() => number} [now] */
export function needsOn(Alpine, from, now) {
  Alpine.store("needs", needs({ from, now }));
  const found = Alpine.store("needs");
  Alpine.effect(() => found.refresh());
  boards(Alpine);
  choices(Alpine);
  Alpine.magic("needs", () => found);
  const ports = { needs: found };
  Alpine.data("needsBoard", needsBoard(ports));
  Alpine.data("needCard", needCard(ports));
  Alpine.data("needRow", needRow(ports));
  Alpine.data("askNeed", askNeed(ports));
  Alpine.data("shareCard", shareCard(ports));
  Alpine.data("conflictCard", conflictCard(ports));
  Alpine.data("raidRow", raidRow(ports));
  return /** @type {import("./needs.js").Needs} */ (found);
}

/** Needs as a session has them. @param {import("../room.js").Room} room @returns {import("./needs.js").Source} */
export function ofSession(room) {
  const takesPart = () => room.me.roles?.includes("participant") ?? false;
  return {
    look: (kind, id) => room.look(kind, id),
    ids: (kind) => room.ids(kind),
    all: () => room.look("needs"),
    teams: () => room.ids("team").map((id) => ({ id, name: room.look("team", id).name ?? "" })),
    results: (team) => {
      const own = room.lookMine("trading");
      return own.team === team ? own.results ?? [] : (room.stepOf("shared_results").own ?? []).filter((line) => line.team === team);
    },
    send: (name, fields, from = []) => room.send(name, fields, from),
    ours: () => (takesPart() && room.me.team ? [room.me.team] : []),
    keeps: () => room.me.roles?.includes("facilitator") ?? false,
    deciders: () => room.ids("person").filter((id) => room.look("person", id).team === "leadership").map((id) => room.name(id)),
  };
}
