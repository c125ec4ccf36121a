// @ts-check
/** Needs as the record has them: where they are looked up, and how a step is sent. */

/** @param {{here: import("./record.js").Record_, ours: string[], keeps: boolean}} ports @returns {import("../needs/needs.js").Source} */
export function ofRecord({ here, ours, keeps }) {
  return {
    look: (kind, id) => here.look(kind, id),
    ids: (kind) => here.ids(kind),
    all: () => /** @type {any} */ (here.thing("needs")),
    teams: () => here.ids("team").map((id) => ({ id, name: here.look("team", id).name ?? "" })),
    results: (team) => here.objectives(team).flatMap((goal) => here.results(goal)).map((id) => ({ id, text: here.look("result", id).text ?? "" })),
    send: (name, fields, from = []) => here.send(name, fields, from),
    ours: () => ours,
    keeps: () => keeps,
    deciders: () => here.ids("leader").map((id) => here.look("leader", id).name ?? ""),
  };
}
