// @ts-check
/** The page of a room: puts together what its parts need. */

import { drawings } from "../drawing.js";
import { fingers } from "../fingers.js";
import { unfolds } from "../folds.js";
import { needsOn } from "../needs/on-page.js";
import { outbox } from "../outbox.js";
import { record } from "../record/record.js";
import { cycle } from "../record/cycle.js";
import { direction } from "../record/direction.js";
import { files } from "../record/files.js";
import { adder, answerForm, feedback, feedbackForm } from "../record/forms.js";
import { goals } from "../record/goals.js";
import { invitations } from "../record/invitations.js";
import { alignment, linkLines } from "../record/map.js";
import { sessions } from "../record/sessions.js";
import { ofRecord } from "../record/needs.js";
import { inAddress, sift } from "../record/sift.js";
import { teams } from "../record/teams.js";
import { cycles, turning } from "../record/turning.js";
import { recordThemes, themeRow } from "../record/themes.js";
import { worth, worthRow } from "../record/worth.js";
import { ask, keepWords, newId, tradeKey } from "../session-page.js";
import { shelf as shelved } from "../shelf.js";
import { keepAwake } from "../waking.js";
import { wire } from "../wire.js";

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  void tradeKey();
  const { room: id = "", keeps = "", parts = "", speaks = "" } = document.documentElement.dataset;
  const paint = JSON.parse(document.getElementById("state")?.textContent ?? "{}");
  const shelf = shelved();
  const sent = outbox(shelf, id);
  const words = keepWords(Alpine, shelf, id, { run: () => "", title: () => "", sent: sent.words });
  Alpine.store("record", record({ newId, words }));
  /** @type {import("../record/record.js").Record_} */
  const here = Alpine.store("record");
  here.begin(paint);
  const hands = fingers();
  const line = wire({
    url: `${location.protocol.replace("http", "ws")}//${location.host}/api/rooms/${id}/live`,
    from: paint,
    outbox: sent,
    onFrame: (frame) => hands.lifted(() => here.take(frame)),
    onStatus: (status) => { here.status = status; },
    onBye: (bye) => { here.over = bye.say; },
  });
  here.post = (command, typed) => line.send(command, typed);
  keepAwake(line);

  Alpine.store("sift", sift({ here, place: inAddress }));
  /** @type {import("../record/sift.js").Sift} */
  const found = Alpine.store("sift");
  Alpine.effect(() => found.look());
  const needs = needsOn(Alpine, ofRecord({ here, ours: speaks.split(" ").filter(Boolean), keeps: keeps === "1" }));
  Alpine.store("worth", worth({ here }));
  /** @type {import("../record/worth.js").Worth} */
  const asked = Alpine.store("worth");
  Alpine.effect(() => asked.look());
  addEventListener("beforeprint", () => { found.printing = true; });
  addEventListener("afterprint", () => { found.printing = false; });

  const [page, called] = [document.title, here.room.name ?? ""];
  Alpine.effect(() => { document.title = page.replace(called, here.room.name || called); });
  Alpine.magic("record", () => here);
  Alpine.magic("sift", () => found);
  Alpine.magic("worth", () => asked);
  Alpine.data("worthRow", worthRow({ here, sift: found, needs }));
  drawings(Alpine);
  linkLines(Alpine);
  unfolds(Alpine);
  Alpine.data("recordThemes", recordThemes({ here }));
  Alpine.data("themeRow", themeRow({ here }));
  Alpine.data("turning", turning({ here, words, id }));
  Alpine.data("cycles", cycles({ here }));
  Alpine.data("cycle", cycle({ here }));
  Alpine.data("direction", direction({ here, parts: parts.split(" ") }));
  Alpine.data("alignment", alignment({ here, sift: found }));
  Alpine.data("goals", goals({ here, words, sift: found, keeps: keeps === "1" }));
  Alpine.data("feedback", feedback({ here, sift: found }));
  Alpine.data("sessions", sessions({ here, words, id }));
  Alpine.data("teams", teams({ here }));
  Alpine.data("invitations", invitations({ here, id }));
  Alpine.data("files", files({ here, words, id }));
  Alpine.data("feedbackForm", feedbackForm({ here }));
  Alpine.data("answerForm", answerForm({ here }));
  Alpine.data("adder", adder({ here }));

  Alpine.data("record", () => ({
    typed: "",
    get status() {
      return { step: "In step", behind: "Catching up", sending: "Sending what you wrote", lost: "No connection" }[here.status];
    },
    get cycleName() { return here.room.cycle?.name ?? ""; },
    async deleteRoom() {
      const answer = await ask(`/api/rooms/${id}/deletion`, { name: this.typed });
      if (answer.ok) location.assign(answer.go);
      else here.notice = answer.say;
    },
    hush() { here.notice = ""; },
    print() { window.print(); },
  }));
});
