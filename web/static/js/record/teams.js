// @ts-check
/** The teams of a room: named, described, added and taken off. */

/** @param {{here: import("./record.js").Record_}} ports */
export function teams({ here }) {
  return () => ({
    get teams() { return here.ids("team").filter((team) => here.look("team", team).kind !== "leadership" || here.objectives(team).length); },
    /** @param {string} team @param {string} kind */
    setKind(team, kind) { here.send("change_team", { team, kind }); },
    /** @param {string} team @param {string} name */
    rename(team, name) { if (name.trim() && name !== here.look("team", team).name) here.send("change_team", { team, name }, ["team." + team]); },
    /** @param {string} team */
    takeOff(team) { here.send("take_team_off", { team }); },
    /** @param {string} team */
    facts(team) {
      const { kind = "", size = 0 } = here.look("team", team);
      const { length } = here.objectives(team);
      return [kind, size ? `${size} people` : "", length === 1 ? "1 goal" : `${length} goals`].filter(Boolean).join(" · ");
    },
  });
}
