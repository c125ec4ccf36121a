// @ts-check
/** Links into a room: one for everybody, and one a team; made, copied and taken back. */

import { copyLink } from "../copying.js";
import { ask } from "../session-page.js";

/** @param {{here: import("./record.js").Record_, id: string}} ports */
export function invitations({ here, id }) {
  return () => ({
    link: "",
    linkFor: "",
    linkTeam: "",
    copied: false,

    /** @param {string} team */
    async invite(team) {
      const answer = await ask(`/api/rooms/${id}/invitations`, { team });
      if (!answer.ok) { here.notice = answer.say; return; }
      this.link = answer.url;
      this.linkTeam = team;
      this.copied = false;
      requestAnimationFrame(() => { const place = document.getElementById("made-qr"); if (place) place.innerHTML = answer.qr; });
      this.linkFor = team ? here.look("team", team).name ?? "" : "everybody";
    },
    /** @param {string} team */
    async uninvite(team) {
      const answer = await ask(`/api/rooms/${id}/invitations/taken-back`, { team });
      const done = team ? "Every link for this team was taken back." : "Every link for all was taken back.";
      here.notice = answer.ok ? done : answer.say;
      if (answer.ok && this.linkTeam === team) this.fold();
    },
    fold() { this.link = ""; },
    async copy() { this.copied = await copyLink("made-link", this.link); },
  });
}
