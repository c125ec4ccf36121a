"""People who fill what lies between teams: marks, needs in every state, risks, shared results, conflicts."""

from typing import Any

from tests.layout.long_words import LONG
from tests.server import Client


async def _browse(person: Client, step: dict[str, Any], number: int) -> None:
    own = person.me["trading"]["team"]
    for turn, goal in enumerate(goal for goal in step["goals"] if goal["team"] != own):
        sort = ("dependency", "duplicate", "synergy")[(number + turn) % 3]
        await person.do("set_mark", goal=goal["id"], sort=sort)
        await person.do("set_mark", goal=goal["id"], sort="dependency")
    await person.do("set_stall_link", link="https://call.example/a-room-with-a-long-name/for-this-team")


#: Days and answers that leave a need in every state.
_DAYS = ("2026-07-17", "2026-08-03", "", "2026-09-30", "2026-08-21")


async def _needs(person: Client, step: dict[str, Any], number: int) -> None:
    own = person.me["trading"]["team"]
    others = [key[5:] for key in sorted(person.session) if key.startswith("team:") and key[5:] != own]
    if not own or not others:
        return
    said = {"text": f"{LONG[number % len(LONG)]} {number}", "because": LONG[(number + 1) % len(LONG)]}
    await person.do("say_need", provider=others[number % len(others)], need_by=_DAYS[number % len(_DAYS)], **said)
    await person.echo()
    for turn, (key, need) in enumerate(sorted(person.session.items())):
        if key.startswith("dependency:") and need["provider"] == own and need["state"] == "proposed":
            asked = {"dependency": key[11:], "version": need["version"]}
            answer = ("accepted", "conditional", "declined")[(number + turn) % 3]
            if (number + turn) % 4 == 3:
                await person.do("ask_decision", whose=LONG[4][:60], day="2026-07-20", **asked)
            else:
                await person.do("answer_need", answer=answer, words=LONG[1] if answer != "accepted" else "", **asked)
        elif key.startswith("dependency:") and need["consumer"] == own and need["state"] == "accepted":
            await person.do("confirm_need", dependency=key[11:], version=need["version"])


async def _trade(person: Client, step: dict[str, Any], number: int) -> None:
    if step["stage"] in ("talk", "write"):
        await _needs(person, step, number)
    stall = person.session.get("stall:" + person.me["mine"]["stall"])
    if stall and "duplicate" in stall["sorts"] and step["stage"] == "talk":
        end = {"team": stall["other"], "end": "both", "words": LONG[1]}
        await person.do("settle_duplicate", **end)
        await person.do("offer_help", goal=stall["other"], text=LONG[number % len(LONG)])


async def _needs_of_all(person: Client, step: dict[str, Any], number: int) -> None:
    own = person.me["me"]["team"]
    others = [key[5:] for key in sorted(person.session) if key.startswith("team:") and key[5:] != own]
    if own and others:
        said = {"text": f"{LONG[number % len(LONG)]} {number}", "because": LONG[(number + 1) % len(LONG)]}
        day = _DAYS[number % len(_DAYS)]
        await person.do("say_need", provider=others[number % len(others)], need_by=day, **said)


async def _raid(person: Client, step: dict[str, Any], number: int) -> None:
    if step["shown"]:
        for key in [key for key in person.session if key.startswith("raid:")][number : number + 1]:
            for field in ("owner", "impact", "response"):
                await person.do("change_raid", item=key[5:], field=field, value=LONG[number % len(LONG)][:60])
        return
    for turn in range(2):
        sort = ("risk", "assumption", "issue", "dependency")[(number + turn) % 4]
        await person.do("write_raid", sort=sort, text=f"{LONG[(number + turn) % len(LONG)]} watched {number}")


async def _capacity(person: Client, step: dict[str, Any], number: int) -> None:
    await person.do("say_capacity", count=number % 4)


async def _shared(person: Client, step: dict[str, Any], number: int) -> None:
    for line in step["lines"][:2]:
        await person.do("carry_share", result=line["id"], note=LONG[number % len(LONG)])
    if number == 0 and step["lines"]:
        team = person.me["me"]["team"]
        await person.do("lead_share", result=step["lines"][0]["id"], team=team, person=LONG[0][:60])


async def _conflicts(person: Client, step: dict[str, Any], number: int) -> None:
    lines = [line["id"] for line in step["lines"]]
    if number < 2 and len(lines) > 3:
        await person.do("raise_conflict", a=lines[number], b=lines[-1 - number], text=LONG[number])
    await person.echo()
    for key in [key for key in person.session if key.startswith("conflict:")]:
        for side in ("a", "b"):
            await person.do("say_conflict_need", conflict=key[9:], side=side, text=LONG[number % len(LONG)])


BETWEEN_TEAMS = {
    "needs_round": _needs_of_all,
    "four_fields": _needs_of_all,
    "raid_pass": _raid,
    "capacity": _capacity,
    "shared_results": _shared,
    "conflict_cards": _conflicts,
    "browse": _browse,
    "trade": _trade,
    "commit": _needs,
}
