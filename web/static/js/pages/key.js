// @ts-check
/** Trades the key in a link's fragment, or asks for what this browser may open anyway; else says where to go. */

import { addressOf } from "../here.js";
import { ask, tradeKey } from "../session-page.js";

// A link pasted into this very page changes nothing but what stands behind its hash.
addEventListener("hashchange", () => { if (location.hash.startsWith("#key=")) location.reload(); });

const say = document.getElementById("say");
const takes = document.querySelector("main")?.dataset.takes;
let answer = await tradeKey();
if (takes && !answer.ok) {
  answer = await ask(takes, {});
  if (answer.ok) location.replace(addressOf(answer.go));
}
if (!answer.ok) {
  const without = document.getElementById("without");
  without?.removeAttribute("hidden");
  if (say) say.textContent = answer.say || without?.dataset.say || "This page opens with a personal link, or after joining.";
}
