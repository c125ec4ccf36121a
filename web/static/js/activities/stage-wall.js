// @ts-check
/** The wall of a festival: one stage with its goal and the question that is up, or all of them side by side. */

import { brings } from "../brought.js";
import { programme } from "./programme.js";

/** @param {{room: import("../room.js").Room}} ports */
export function stageWall({ room }) {
  const fair = programme(room);
  const wanted = new URLSearchParams(location.search).get("stage") ?? "";
  return () => ({
    get one() { return this.acts.find((act) => act.letter === wanted) ?? null; },
    get part() { return fair.part; },
    get slot() { return fair.next || fair.slot; },
    get slots() { return fair.slots; },
    /** @param {number} slot */
    when(slot) { return fair.whenOf(slot); },
    /** @param {number} slot */
    playing(slot) { return fair.playing(slot); },
    get acts() { return fair.part === "home" ? [] : fair.playing(this.slot); },
    get columns() { return this.acts.length > 6 ? 4 : this.acts.length > 4 ? 3 : Math.min(2, this.acts.length); },
    /** @param {any} act */
    up(act) { return fair.open ? fair.stage(act.letter).up ?? "" : ""; },
    /** @param {any} act */
    line(act) { return fair.stage(act.letter).line ?? ""; },
    /** The next slot's stages, in one line. */
    get after() {
      const slot = fair.open ? fair.slot + 1 : 0;
      return fair.playing(slot).map((act) => `${act.letter} ${act.name}`).join(" · ");
    },
    get counted() { return `Slot ${this.slot} of ${fair.slots.length}`; },
    get live() { return fair.live; },
  });
}

brings({ stageWall });
