"""Plans made ahead, for anybody: the groups of a walk, the line-up of a festival, the stalls of a marketplace."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from sessions.rules.line_up.placing import LineUp
from sessions.rules.line_up.wish import Wish
from sessions.rules.refusal import Refused
from sessions.rules.rotation import rotate
from sessions.rules.stalls.wish import Stalls, StallsWish
from web.budgets import budgets
from workshop.plans.process import for_anybody

router = APIRouter(prefix="/api/plans", tags=["plans"])


class WalkWish(BaseModel):
    """Who would walk: people a team, rounds, consumers with their providers, guests, and hosts a team."""

    teams: dict[str, int]
    rounds: int
    pairs: list[tuple[str, str]] = []
    guests: int = 0
    hosts: int = 0


class FestivalWish(BaseModel):
    """Who would play: people a team, stages and slots, headliners with how often, consumers with their providers.

    ``LEAD`` among the headliners is leadership.
    """

    teams: dict[str, int]
    stages: int
    slots: int
    headliners: dict[str, int] = {}
    pairs: list[tuple[str, str]] = []


class MarketWish(BaseModel):
    """Who would trade: consumers with their providers, people a team, and rounds."""

    marks: list[tuple[str, str]]
    reps: dict[str, int]
    rounds: int


@router.post("/walk")
async def plan_walk(request: Request, wish: WalkWish) -> dict[str, Any]:
    """Groups, routes and who walks where, planned ahead; ``unmet`` pairs have nobody to send."""
    budgets(request).spend(request, "plan")
    if wish.hosts < 0:
        raise Refused("no_rotation", "There cannot be fewer than no hosts.")
    visitors = {team: size - wish.hosts for team, size in wish.teams.items()}
    came = await asyncio.to_thread(rotate, visitors, wish.rounds, wish.pairs, wish.guests)
    return {
        "groups": [{"route": group.route, "people": group.people} for group in came.groups],
        "unmet": [list(pair) for pair in came.unmet],
    }


@router.post("/festival")
async def plan_festival(request: Request, wish: FestivalWish) -> dict[str, Any]:
    """A line-up by every rule; ``unmet`` pairs are as few as can be, unless it says ``proven`` false: time ran out."""
    budgets(request).spend(request, "plan")
    came = await for_anybody(Wish(**wish.model_dump()))
    assert isinstance(came, LineUp)
    acts = [{"slot": act.slot, "stage": act.stage, "team": act.team} for act in came.acts]
    return {"acts": acts, "unmet": [list(pair) for pair in came.unmet], "proven": came.proven}


@router.post("/stalls")
async def plan_stalls(request: Request, wish: MarketWish) -> dict[str, Any]:
    """Stalls by every rule; ``unmatched`` marks are as few as can be, unless it says ``proven`` false: time ran out."""
    budgets(request).spend(request, "plan")
    came = await for_anybody(StallsWish(**wish.model_dump()))
    assert isinstance(came, Stalls)
    rounds = [[list(mark) for mark in stalls] for stalls in came.rounds]
    return {"rounds": rounds, "unmatched": [list(mark) for mark in came.unmatched], "proven": came.proven}
