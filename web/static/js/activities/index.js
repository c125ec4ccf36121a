// @ts-check
/** The small scripts of activities that behave, registered by name. */

import { gather } from "./gather.js";
import { group } from "./group.js";
import { polish } from "./phrase.js";
import { card } from "./refine.js";
import { thumbs } from "./thumbs.js";
import { visits } from "./visits.js";
import { tally, vote } from "./vote.js";

/** @param {any} Alpine @param {any} ports */
export function register(Alpine, ports) {
  for (const [name, make] of Object.entries({ gather, group, vote, tally, card, polish, thumbs, visits })) {
    Alpine.data(name, /** @type {any} */ (make)(ports));
  }
}
