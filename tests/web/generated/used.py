"""Uses a client that was generated: python used.py ADDRESS, with its folder on the path. Says what came."""

import sys
from io import BytesIO

from waggle_client import AuthenticatedClient, Client  # type: ignore[import-not-found]
from waggle_client.api.rooms import add_hook, findings, list_hooks, open_room, take_in  # type: ignore[import-not-found]
from waggle_client.api.sessions import (  # type: ignore[import-not-found]
    export_outcome,
    join,
    open_session,
    session,
)
from waggle_client.models import (  # type: ignore[import-not-found]
    ExportOutcomeAs,
    HookWish,
    Joined,
    Joining,
    Opening,
    Refusal,
    RoomWish,
    SessionSeen,
)
from waggle_client.types import File  # type: ignore[import-not-found]

address = sys.argv[1]
with Client(address) as anybody:
    opened = open_session.sync(client=anybody, body=Opening(format_="ideas_and_dots", title="What shall we stop?"))
    joined = join.sync(opened.code, client=anybody, body=Joining(name="Ann"))
    assert isinstance(joined, Joined)
    taken = join.sync(opened.code, client=anybody, body=Joining(name="Ann"))
    assert isinstance(taken, Refusal)
    seen = session.sync(opened.code, client=anybody)
    assert isinstance(seen, SessionSeen)
    print(seen.title, seen.people, taken.code)
    nobody = findings.sync_detailed(opened.room, client=anybody)
    assert (nobody.status_code, isinstance(nobody.parsed, Refusal)) == (403, True)
    made = open_room.sync(client=anybody, body=RoomWish())
with AuthenticatedClient(address, token=opened.helm_token) as helm:
    print(
        export_outcome.sync_detailed(opened.code, client=helm, as_=ExportOutcomeAs.MD).content.decode().splitlines()[0]
    )
with AuthenticatedClient(address, token=made.room_token) as keeper:
    file = File(BytesIO(b"team,objective,key result\nCare,Warm homes,No complaints\n"), mime_type="text/csv")
    brought = take_in.sync(made.room, client=keeper, body=file)
    print(type(brought).__name__, brought.anything, len(brought.goals))
    hook = add_hook.sync(made.room, client=keeper, body=HookWish(url="https://program.invalid/x"))
    print([one.host for one in list_hooks.sync(made.room, client=keeper).hooks], hook.secret[:6])
