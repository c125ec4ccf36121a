// @ts-check
/** Which line of the top-level goal a team's goal serves, and how; or why none. */

import { brings } from "../brought.js";

const KINDS = [
  { key: "directional", word: "As a guide", why: "It shows where to; we find our own way there." },
  { key: "explicit", word: "Taken over as it is", why: "It becomes our goal word for word: for a focus or a crisis." },
  { key: "shared", word: "A shared result", why: "We carry the same result together with another team." },
];

/** @param {{room: import("../room.js").Room}} ports */
export function align({ room }) {
  return () => ({
    parent: "",
    kind: "",
    reason: "",
    none: false,
    kinds: KINDS,
    get chosen() { return room.stepOf("align").parent ? room.stepOf("align").goal?.find((line) => line.id === room.stepOf("align").parent)?.text ?? "" : ""; },
    get chosenKind() { return KINDS.find((kind) => kind.key === room.stepOf("align").kind)?.word ?? ""; },
    /** @param {string} id */
    pick(id) { this.parent = id; this.none = false; },
    /** @param {string} kind */
    choose(kind) { this.kind = kind; },
    toggleNone() { this.none = !this.none; this.parent = ""; },
    get whole() { return this.none ? this.reason.trim() !== "" : this.parent !== "" && this.kind !== ""; },
    save() {
      if (!this.whole) return;
      const { parent, kind, reason } = this;
      room.send("align", this.none ? { reason } : { parent, kind, reason }, ["align.reason"]);
      Object.assign(this, { parent: "", kind: "", reason: "", none: false });
    },
  });
}

brings({ align });
