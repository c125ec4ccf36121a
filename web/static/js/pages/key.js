// @ts-check
/** Trades the key in a link's fragment; without one, says where to go. */

import { tradeKey } from "../session-page.js";

// A link pasted into this very page changes nothing but what stands behind its hash.
addEventListener("hashchange", () => { if (location.hash.startsWith("#key=")) location.reload(); });

const say = document.getElementById("say");
const answer = await tradeKey();
if (!answer.ok) {
  document.getElementById("without")?.removeAttribute("hidden");
  if (say) say.textContent = answer.say || "This page opens with a personal link, or after joining.";
}
