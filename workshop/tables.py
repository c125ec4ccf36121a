"""The tables everything is kept in."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel


class RoomRow(SQLModel, table=True):
    """A room. ``held`` is when a process last held it (Unix milliseconds)."""

    __tablename__ = "room"
    id: str = Field(primary_key=True)
    name: str = ""
    opened: int = Field(sa_type=BigInteger)
    held: int = Field(sa_type=BigInteger)
    #: The process that held it last; what it was alive until is in its own row.
    keeper: int = 0


class SessionRow(SQLModel, table=True):
    """A session's code and the room it is in. ``ended`` is 0 while it is open."""

    __tablename__ = "session"
    code: str = Field(primary_key=True)
    room: str = Field(index=True)
    opened: int = Field(sa_type=BigInteger)
    ended: int = Field(default=0, sa_type=BigInteger)
    rehearsal_of: str = ""


class EventRow(SQLModel, table=True):
    """One event of a room's stream; ``session`` is empty for the record, ``at`` for unsigned acts."""

    __tablename__ = "event"
    room: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    session: str = ""
    at: int | None = Field(default=None, sa_type=BigInteger)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class PenRow(SQLModel, table=True):
    """Who holds which pen. Stands apart from the stream and is emptied when a session closes."""

    __tablename__ = "pen"
    __table_args__ = (Index("pen_by_session", "session"), {"sqlite_with_rowid": False})
    pen: str = Field(primary_key=True)
    room: str
    session: str
    person: str
    pile: str
    hand: str = ""


class HeardRow(SQLModel, table=True):
    """The digest of a person and a command id that was done; in no order that could tell when."""

    __tablename__ = "heard"
    __table_args__ = ({"sqlite_with_rowid": False},)
    session: str = Field(primary_key=True)
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))


#: The role of a key that opens one read-out, and nothing else.
READER = "reader"
#: The role of a key that reads one person's calendar, and nothing else.
CALENDAR = "calendar"


#: The role of a key that shows whoever runs the server how it stands, and nothing else.
OPERATOR = "operator"


class KeyRow(SQLModel, table=True):
    """The digest of a key and whom it speaks for. ``role``: person, facilitator, screen or room."""

    __tablename__ = "key"
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    room: str
    session: str = Field(default="", index=True)
    person: str = ""
    role: str
    #: Empty for a person's own; else what was made for them, and can be refused and withdrawn.
    hand: str = ""


class RingRow(SQLModel, table=True):
    """One key on a browser's ring, found by the digest of its cookie."""

    __tablename__ = "ring"
    ring: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    room: str = Field(primary_key=True)
    session: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    hand: str = ""


class RenewedRow(SQLModel, table=True):
    """A ring that took the place of another, until a browser shows that it has it."""

    __tablename__ = "renewed"
    ring: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    before: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class HookRow(SQLModel, table=True):
    """Another program that a room tells what happens. Times are Unix milliseconds, 0 for never.

    The ``secret`` signs what is told; it was ``tried`` last then, ``told`` is when it last listened, ``failing`` since
    when it does not.
    """

    __tablename__ = "hook"
    id: str = Field(primary_key=True)
    room: str = Field(index=True)
    url: str
    kind: str
    secret: str
    made: int = Field(sa_type=BigInteger)
    tried: int = Field(default=0, sa_type=BigInteger)
    told: int = Field(default=0, sa_type=BigInteger)
    failing: int = Field(default=0, sa_type=BigInteger)
    #: What went wrong last.
    said: str = ""


class CallRow(SQLModel, table=True):
    """Something that waits to be told to one program; ``due`` (Unix milliseconds) is when it is tried next."""

    __tablename__ = "call"
    id: str = Field(primary_key=True)
    hook: str = Field(index=True)
    room: str = Field(index=True)
    session: str = Field(default="", index=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    due: int = Field(sa_type=BigInteger, index=True)
    tries: int = 0


class ProcessRow(SQLModel, table=True):
    """A process that worked with the data: until when it was alive (Unix milliseconds), and whether it has ended."""

    __tablename__ = "process"
    id: int = Field(primary_key=True)
    alive: int = Field(sa_type=BigInteger)
    ended: bool = False
