// @ts-check
/** The start page keeps what a session is to be called until it is open. */

import { addressOf } from "../here.js";
import { keeping } from "../fields.js";
import { newId } from "../session-page.js";
import { shelf } from "../shelf.js";
import { words as kept } from "../words.js";

// Whoever asked to be forgotten leaves nothing here that was typed or sent.
if (new URLSearchParams(location.search).has("forgotten")) {
  const all = shelf();
  all.names("waggle").forEach((name) => all.remove(name));
  history.replaceState(null, "", addressOf("/"));
}
// The name of what is chosen says what its session could be called.
document.querySelector(".chooser")?.addEventListener("change", (event) => {
  const { example } = /** @type {HTMLElement} */ (event.target).dataset;
  const title = document.querySelector("#title");
  if (example && title) title.setAttribute("placeholder", example);
});
const words = kept({ shelf: shelf(), scope: "start", page: newId() });
for (const element of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-words]"))) {
  keeping(element, words, { run: () => "", title: () => "" }).name({ field: element.dataset.words ?? "" });
}
