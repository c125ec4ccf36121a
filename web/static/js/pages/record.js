// @ts-check
/** The page of a room: puts together what its parts need. */

import { addressOf } from "../here.js";
import { drawings } from "../drawing.js";
import { fold, unfolds } from "../folds.js";
import { needsOn } from "../needs/on-page.js";
import { cycle } from "../record/cycle.js";
import { direction } from "../record/direction.js";
import { cameBack, growing, whenIdle } from "../growing.js";
import { files } from "../record/files.js";
import { adder, answerForm, feedback, feedbackForm } from "../record/forms.js";
import { goals } from "../record/goals.js";
import { hooks } from "../record/hooks.js";
import { invitations } from "../record/invitations.js";
import { liveRecord, statusWords } from "../record/live.js";
import { alignment, linkLines } from "../record/map.js";
import { sessions } from "../record/sessions.js";
import { ofRecord } from "../record/needs.js";
import { inAddress, sift } from "../record/sift.js";
import { teams } from "../record/teams.js";
import { cycles, turning } from "../record/turning.js";
import { recordThemes, themeRow } from "../record/themes.js";
import { worth, worthRow } from "../record/worth.js";
import { ask } from "../session-page.js";

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const { here, id, words, keeps, speaks, lifted } = liveRecord(Alpine);
  const { parts = "" } = document.documentElement.dataset;

  Alpine.store("sift", sift({ here, place: inAddress }));
  /** @type {import("../record/sift.js").Sift} */
  const found = Alpine.store("sift");
  found.cover();
  // Whoever comes back, or to another part of the page, finds it where it stood.
  if (cameBack() || (location.hash && !found.opened)) found.made = Infinity;
  else growing(found, (then) => whenIdle(() => lifted(then)));
  const needs = needsOn(Alpine, ofRecord({ here, ours: speaks, keeps }));
  Alpine.store("worth", worth({ here }));
  /** @type {import("../record/worth.js").Worth} */
  const asked = Alpine.store("worth");
  addEventListener("beforeprint", () => { found.printing = true; });
  addEventListener("afterprint", () => { found.printing = false; });

  const [page, called] = [document.title, here.room.name ?? ""];
  Alpine.effect(() => { document.title = page.replace(called, here.room.name || called); });
  Alpine.magic("sift", () => found);
  Alpine.magic("worth", () => asked);
  Alpine.data("worthRow", worthRow({ here, sift: found, needs }));
  drawings(Alpine);
  linkLines(Alpine);
  unfolds(Alpine);
  Alpine.data("fold", fold(() => found.printing));
  Alpine.data("recordThemes", recordThemes({ here }));
  Alpine.data("themeRow", themeRow({ here }));
  Alpine.data("turning", turning({ here, words, id }));
  Alpine.data("cycles", cycles({ here }));
  Alpine.data("cycle", cycle({ here }));
  Alpine.data("direction", direction({ here, parts: parts.split(" ") }));
  Alpine.data("alignment", alignment({ here, sift: found }));
  Alpine.data("goals", goals({ here, words, sift: found, keeps }));
  Alpine.data("feedback", feedback({ here, sift: found }));
  Alpine.data("sessions", sessions({ here, words, id }));
  Alpine.data("teams", teams({ here }));
  Alpine.data("invitations", invitations({ here, id }));
  Alpine.data("hooks", hooks({ id, words }));
  Alpine.data("files", files({ here, words, id }));
  Alpine.data("feedbackForm", feedbackForm({ here }));
  Alpine.data("answerForm", answerForm({ here }));
  Alpine.data("adder", adder({ here }));

  Alpine.data("record", () => ({
    typed: "",
    get status() { return statusWords(here); },
    get cycleName() { return here.room.cycle?.name ?? ""; },
    async deleteRoom() {
      const answer = await ask(`/api/rooms/${id}/deletion`, { name: this.typed });
      if (answer.ok) location.assign(addressOf(answer.go));
      else here.notice = answer.say;
    },
    hush() { here.notice = ""; },
    /** Everything is made and laid open before the page is taken. */
    async print() {
      found.printing = true;
      await Alpine.nextTick();
      setTimeout(() => window.print());
    },
  }));
});
