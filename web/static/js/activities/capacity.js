// @ts-check
/** For how much each team that is asked has room. */

import { brings } from "../brought.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {{room: Room, needs: import("../needs/needs.js").Needs}} Ports */

/** @param {Ports} ports */
export function capacities({ room }) {
  return () => ({
    get step() { return { rooms: /** @type {any[]} */ ([]), shown: false, missing: 0, ...room.stepOf("capacity") }; },
    get mine() { return { team: "", count: -1, ...room.mineOf("capacity") }; },
    /** What others ask the own team for. */
    get asked() { return this.step.rooms.find(({ team }) => team === this.mine.team)?.asks ?? 0; },
    get choices() { return [0, 1, 2, 3, 4, 5, 6]; },
    /** @param {number} count */
    say(count) { room.send("say_capacity", { count }); },
    /** @param {{asks: number, room: number}} team */
    isOver({ asks, room: left }) { return this.step.shown && left >= 0 && asks > left; },
    /** What it is asked for as cells: full up to what it has room for, the rest beyond it, or free. @param {{asks: number, room: number}} team */
    cellsOf({ asks, room: left }) { return this.step.shown && left >= 0 ? [Math.min(asks, left), Math.max(asks, left)] : [asks, asks]; },
    /** @param {{asks: number, said: boolean, room: number}} team */
    wordsOf({ asks, said, room: left }) {
      if (!this.step.shown) return said ? "has said" : "has not said yet";
      const asked = asks === 1 ? "1 ask" : `${asks} asks`;
      if (left < 0) return `${asked}; it has not said`;
      return asks > left ? `${asked}, room for ${left}: ${asks - left} too many` : `${asked}, room for ${left}`;
    },
  });
}

brings({ capacities });
