// @ts-check
/** The small scripts of activities that behave, registered by name. */

import { gather } from "./gather.js";
import { group } from "./group.js";
import { polish } from "./phrase.js";
import { align } from "./align.js";
import { confidence } from "./confidence.js";
import { narrative } from "./narrative.js";
import { card } from "./refine.js";
import { revise } from "./revise.js";
import { say } from "./say_change.js";
import { thumbs } from "./thumbs.js";
import { visits } from "./visits.js";
import { tally, vote } from "./vote.js";
import { floor } from "./floor.js";
import { host, walk } from "./walk.js";

/** @param {any} Alpine @param {any} ports */
export function register(Alpine, ports) {
  for (const [name, make] of Object.entries({
    gather, group, vote, tally, card, polish, thumbs, visits, walk, host, floor, revise, say, confidence, narrative, align,
  })) {
    Alpine.data(name, /** @type {any} */ (make)(ports));
  }
}
