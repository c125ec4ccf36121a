// @ts-check
/** The printed line-up: hours in the reader's own time. */

import { hour } from "../clock.js";

document.querySelectorAll("time[data-at]").forEach((time) => {
  time.textContent = hour(Number(/** @type {HTMLElement} */ (time).dataset.at));
});
