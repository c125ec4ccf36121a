"""What the API answers, as models: what is described is what comes, and nothing besides."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """An answer has no field that is not described."""

    model_config = ConfigDict(extra="forbid")


class Refusal(BaseModel):
    """A no: ``code`` never changes, ``say`` is a sentence for a person, ``values`` are what varies in ``sentence``."""

    code: str
    say: str
    sentence: str | None = None
    values: dict[str, Any] | None = None


class PhaseListed(Answer):
    """A step of a format."""

    key: str
    name: str
    title: str
    activity: str
    minutes: float


class FormatListed(Answer):
    """A format a session can be opened with."""

    key: str
    name: str
    purpose: str
    people: str
    minutes: int
    phases: list[PhaseListed]


class AgendaKept(Answer):
    """What a session is opened with to follow it."""

    format: str


class SessionOpened(Answer):
    """Every link and key of a session just opened; they are kept nowhere else."""

    code: str
    room: str
    person: str
    join_url: str
    helm_url: str
    screen_url: str
    helm_token: str
    room_token: str


class Joined(Answer):
    """Who one is in the session, and the key that speaks for them."""

    person: str
    token: str


class PhaseNow(Answer):
    """The step a session is in."""

    run: str
    key: str
    title: str


class Named(Answer):
    """Something with an id and what it is called."""

    id: str
    name: str


class SessionSeen(Answer):
    """Where a session stands; ``deadline`` in Unix milliseconds."""

    code: str
    title: str
    format: str
    state: Literal["lobby", "open", "closed"]
    phase: PhaseNow | None
    deadline: int | None
    here: int
    people: int
    teams: list[Named]


class HookAdded(Answer):
    """A program that is told what happens, and the secret that signs it; shown this once."""

    hook: str
    kind: Literal["program", "slack", "teams"]
    secret: str


class HookSeen(Answer):
    """A program that is told what happens; times in Unix milliseconds, 0 for never."""

    hook: str
    kind: Literal["program", "slack", "teams"]
    host: str
    made: int
    tried: int
    told: int
    failing: int
    said: str


class HooksSeen(Answer):
    """Every program that is told what happens."""

    hooks: list[HookSeen]


class OfHook(Answer):
    """Which program this was about."""

    hook: str


class Rehearsed(Answer):
    """The copy, and where it is facilitated."""

    go: str
    code: str


class Going(Answer):
    """Where this browser goes on."""

    go: str


class HelmTaken(Answer):
    """The key to facilitate with; for a browser, where it goes on."""

    helm_token: str | None = None
    go: str | None = None


class Link(Answer):
    """A link, and its QR code as SVG."""

    url: str
    qr: str


class Address(Answer):
    """A link."""

    url: str


class Claimed(Answer):
    """The secret to ask for the answer with."""

    claim: str


class ClaimAnswer(Answer):
    """How a claim was answered, and for whom."""

    answer: Literal["waiting", "yes", "no"]
    person: str | None = None


class RoomOpened(Answer):
    """A room and its key; with a demonstration, where its sessions are facilitated."""

    room: str
    room_token: str
    url: str
    session_url: str | None = None
    festival_url: str | None = None
    market_url: str | None = None
    leads_url: str | None = None


class BadRow(Answer):
    """A row that cannot be read, and why."""

    line: int
    say: str


class Unused(Answer):
    """Something of a file that is not used, and why."""

    line: int
    what: str
    say: str


class Brought(Answer):
    """What a file brings, or would bring; see ``docs/protocol.md``."""

    brings: dict[str, dict[str, int]]
    goals: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    anything: bool
    unused: list[Unused]
    columns: list[str]
    bad: list[BadRow]
    bad_rows: int


class FindingSeen(Answer):
    """Something the record asks; ``on`` are ids of the record."""

    finding: str
    code: str
    on: list[str]
    say: str
    blocks: bool
    state: Literal["open", "fine", "dismissed", "waived"]
    family: str
    fix: str
    sharp: Literal["told", "warned", "blocks"]
    name: str
    reason: str


class FindingsSeen(Answer):
    """All it asks."""

    findings: list[FindingSeen]


class OfTeam(Answer):
    """The team it was for; empty for everybody."""

    team: str


class OfSession(Answer):
    """The session it was."""

    code: str


class Said(Answer):
    """A sentence for whoever asked."""

    say: str


class ChatSeen(Answer):
    """A chat of one's own."""

    id: str
    with_: str
    mine: bool
    line: str
    text: str
    at: int
    agreed: bool
    other_agreed: bool
    shared: bool

    model_config = ConfigDict(extra="forbid", alias_generator=lambda name: name.rstrip("_"))


class ChatsSeen(Answer):
    """Chats of whom the request speaks for, and whom they could have talked with."""

    chats: list[ChatSeen]
    people: list[Named]


class GroupPlanned(Answer):
    """A group of a walk: the posters it goes to, and how many people of each team."""

    route: list[str]
    people: dict[str, int]


class WalkPlanned(Answer):
    """Groups of a walk, and pairs that have nobody to send."""

    groups: list[GroupPlanned]
    unmet: list[tuple[str, str]]


class ActPlanned(Answer):
    """Who plays when and where."""

    slot: int
    stage: int
    team: str


class FestivalPlanned(Answer):
    """A line-up; ``proven`` where nothing better is possible."""

    acts: list[ActPlanned]
    unmet: list[tuple[str, str]]
    proven: bool


class StallsPlanned(Answer):
    """Rounds of stalls; ``proven`` where nothing better is possible."""

    rounds: list[list[tuple[str, str]]]
    unmatched: list[tuple[str, str]]
    proven: bool


class Health(Answer):
    """How the server is."""

    status: Literal["alive", "ready"]
