"""Both kinds of store keep the same promises: one suite, asked of each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typer
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tests.cluster.engines import Postgres as Engine
from web.commands.server import chosen
from workshop.statements import Rows, table
from workshop.store import Fenced, NoData, Store
from workshop.storing.one_file import OneFile
from workshop.storing.postgres import ALIVE, Postgres
from workshop.tables import EventRow, HeardRow, KeyRow, PenRow, ProcessRow, RingRow, RoomRow, SessionRow

Opens = Callable[[], Store]


@pytest.fixture(params=["one file", "postgres"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opens]:
    """Opens a store on the same data again and again; a file only once the one before is closed."""
    made: list[Store] = []

    def again() -> Store:
        if request.param == "one file":
            for store in made:
                store.close()
            made.append(OneFile(tmp_path))
        else:
            made.append(Postgres(database))
        return made[-1]

    database = "" if request.param == "one file" else request.getfixturevalue("database")
    yield again
    for store in made:
        store.close()


@pytest.fixture
def store(opens: Opens) -> Store:
    return opens()


def room(store: Store, id: str = "room", process: int = 0) -> int:
    """A room with a session that a process holds; the number of that process."""
    keeper = process or store.begin_process()
    now = store.now()
    store.write(
        {
            RoomRow: [{"id": id, "name": "Kestrel", "opened": now, "held": now, "keeper": keeper}],
            SessionRow: [{"code": f"C-{id}", "room": id, "opened": now, "ended": 0, "rehearsal_of": ""}],
        },
        rooms=[id],
    )
    return keeper


def event(number: int, body: bytes = b"{}", id: str = "room") -> dict[str, Any]:
    return {"room": id, "number": number, "session": f"C-{id}", "at": None, "body": body}


def test_the_tables_are_those_the_code_uses(store: Store) -> None:
    with store.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    assert found == []


def test_what_was_written_is_there_when_it_is_opened_again(opens: Opens) -> None:
    store = opens()
    room(store)
    store.write({EventRow: [event(1, b"one"), event(2, b"\x00two")]}, rooms=["room"])
    again = opens()
    assert list(again.events("room", ["C-room"])) == [(1, "C-room", b"one"), (2, "C-room", b"\x00two")]
    assert again.last_number("room") == 2
    assert again.session("C-room") is not None
    assert [row["code"] for row in again.sessions_of("room")] == ["C-room"]


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    room(store)
    store.write({EventRow: [event(1)]}, rooms=["room"])
    heard = {"session": "C-room", "digest": b"d"}
    with pytest.raises(IntegrityError):
        store.write({HeardRow: [heard], EventRow: [event(2), event(1)]}, rooms=["room"])
    assert store.heard(["C-room"]) == set()
    assert store.last_number("room") == 1
    store.write({HeardRow: [heard], EventRow: [event(2)]}, rooms=["room"])
    assert store.heard(["C-room"]) == {b"d"}


def test_times_are_milliseconds_of_any_year(store: Store) -> None:
    later = 4_102_444_800_000
    store.write({RoomRow: [{"id": "r", "name": "", "opened": later, "held": later, "keeper": 0}]})
    found = store.room("r")
    assert found is not None
    assert found["opened"] == later


def test_a_key_of_ones_own_counts_more_on_a_ring(store: Store) -> None:
    one = {"ring": b"r", "room": "room", "session": "C", "person": "p", "role": "person"}
    store.write({RingRow: [{**one, "hand": "lent"}, {**one, "hand": ""}]})
    store.write({RingRow: [{**one, "hand": "lent"}]})
    assert [row["hand"] for row in store.ring(b"r")] == [""]


def test_a_ring_takes_the_place_of_another(store: Store) -> None:
    from workshop.tables import RenewedRow

    one = {"room": "room", "session": "C", "person": "p", "role": "person", "hand": ""}
    store.write({RingRow: [{**one, "ring": b"1"}, {**one, "ring": b"2"}], RenewedRow: [{"ring": b"2", "before": b"1"}]})
    assert store.renewed(b"2")
    store.drop_before(b"2")
    assert (store.ring(b"1"), store.renewed(b"2")) == ([], False)
    store.drop_ring(b"2")
    assert store.ring(b"2") == []


def test_a_deleted_room_leaves_nothing(store: Store) -> None:
    room(store)
    pen = {"pen": "p", "room": "room", "session": "C-room", "person": "a", "pile": "notes", "hand": ""}
    key = {"digest": b"k", "room": "room", "session": "C-room", "person": "a", "role": "person", "hand": ""}
    rows: dict[type[SQLModel], Rows] = {
        EventRow: [event(1)],
        PenRow: [pen],
        KeyRow: [key],
        HeardRow: [{"session": "room", "digest": b"d"}],
    }
    store.write(rows, rooms=["room"])
    store.drop_room("room")
    assert (store.room("room"), store.session("C-room"), store.key(b"k")) == (None, None, None)
    assert store.all_of("room") == []
    assert store.pens(["C-room"]) == []
    assert store.heard(["room"]) == set()


def test_a_stream_can_be_written_anew(store: Store) -> None:
    room(store)
    store.write({EventRow: [event(number, b"%d" % number) for number in range(1, 1203)]}, rooms=["room"])
    store.rewrite("room", list(range(1, 1201)), {1201: b"changed"})
    assert store.all_of("room") == [(1201, "C-room", b"changed"), (1202, "C-room", b"1202")]


def test_processes_have_numbers_of_their_own(opens: Opens) -> None:
    store = opens()
    assert (store.begin_process(), store.begin_process(), store.begin_process()) == (1, 2, 3)


def test_clocks_get_the_time_back_for_which_nobody_held_a_room(store: Store) -> None:
    room(store)
    later = store.begin_process()
    t = table(ProcessRow)
    with store.engine.begin() as connection:
        connection.execute(update(t).where(t.c.id == 1).values(alive=t.c.alive - 600_000))
    held = store.own("room", later)
    assert held.process == later
    assert 600_000 <= held.away < 660_000


def test_changes_are_stored_with_what_they_follow_from(store: Store) -> None:
    room(store)
    keys = table(KeyRow)
    store.write({KeyRow: [{"digest": b"k", "room": "room", "session": "", "person": "", "role": "room", "hand": ""}]})
    with pytest.raises(IntegrityError):
        store.write({EventRow: [event(1), event(1)]}, [lambda stored: stored.execute(delete(keys))], rooms=["room"])
    assert store.key(b"k") is not None
    store.write({EventRow: [event(1)]}, [lambda stored: stored.execute(delete(keys))], rooms=["room"])
    assert store.key(b"k") is None


def test_what_is_kept_for_repairs_forgets_the_order_digests_came_in(store: Store) -> None:
    room(store)
    order = [b"%d" % number for number in (5, 3, 9, 1, 7)]
    for digest in order:
        store.write({HeardRow: [{"session": "C-room", "digest": digest}]})
    assert store.forget({"C-room"})
    assert store.heard(["C-room"]) == set(order)
    if isinstance(store, Postgres):
        with store.engine.connect() as connection:
            lying = connection.exec_driver_sql("select digest, xmin::text from heard order by ctid").all()
        assert [bytes(digest) for digest, _ in lying] == sorted(order)
        assert len({xmin for _, xmin in lying}) == 1


# What only several processes can do to each other


@pytest.fixture
def two(database: str) -> Iterator[tuple[Postgres, Postgres]]:
    first, second = Postgres(database), Postgres(database)
    yield first, second
    first.close()
    second.close()


def test_a_room_is_written_by_who_holds_it_alone(two: tuple[Postgres, Postgres]) -> None:
    first, second = two
    mine, other = room(first), second.begin_process()
    assert second.own("room", other).process == mine
    with pytest.raises(Fenced):
        second.write({EventRow: [event(1)]}, rooms=["room"])
    first.write({EventRow: [event(1)]}, rooms=["room"])
    assert second.last_number("room") == 1


def test_who_gave_no_sign_of_life_is_fenced_off(two: tuple[Postgres, Postgres]) -> None:
    first, second = two
    mine, other = room(first), second.begin_process()
    t = table(ProcessRow)
    with first.engine.begin() as connection:
        connection.execute(update(t).where(t.c.id == mine).values(alive=t.c.alive - ALIVE - 1))
    assert second.own("room", other).process == other
    with pytest.raises(Fenced):
        first.write({EventRow: [event(1)]}, rooms=["room"])
    assert first.kept(["room"], mine) == set()
    # Awake again, it does not get the room back from who lives.
    first.beat(mine)
    assert first.own("room", mine).process == other


def test_who_has_ended_leaves_rooms_at_once(two: tuple[Postgres, Postgres]) -> None:
    first, second = two
    mine, other = room(first), second.begin_process()
    first.end_process(mine)
    assert second.own("room", other).process == other


def test_one_of_many_takes_a_room_over(two: tuple[Postgres, Postgres], database: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    first, _ = two
    mine = room(first)
    first.end_process(mine)
    others = [Postgres(database) for _ in range(6)]
    numbers = [store.begin_process() for store in others]
    with ThreadPoolExecutor(6) as threads:
        held = list(threads.map(lambda one: one[0].own("room", one[1]).process, zip(others, numbers, strict=True)))
    for store in others:
        store.close()
    assert len(set(held)) == 1
    assert held[0] in numbers


def test_a_database_that_is_restarted_loses_nothing_and_doubles_nothing() -> None:
    with Engine() as engine:
        assert isinstance(engine, Engine)
        store = Postgres(engine.database("restarted"))
        room(store)
        store.write({EventRow: [event(1)]}, rooms=["room"])
        engine.stop()
        import threading

        again = threading.Timer(1.0, engine.start)
        again.start()
        store.write({EventRow: [event(2)], HeardRow: [{"session": "C-room", "digest": b"d"}]}, rooms=["room"])
        again.join()
        assert [number for number, _, _ in store.all_of("room")] == [1, 2]
        store.close()


def test_a_batch_whose_end_was_not_heard_of_is_known_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    if not isinstance(store, Postgres):
        return
    room(store)
    lost = iter([True])
    holds = store.must_hold

    def cut_off_once(connection: Any, rooms: Any) -> None:
        holds(connection, rooms)
        if next(lost, False):
            # As if the answer to the commit had been lost: it is stored, and we hear of a broken connection.
            connection.commit()
            raise psycopg_lost()

    monkeypatch.setattr(store, "must_hold", cut_off_once)
    store.write({EventRow: [event(1, b"once")]}, rooms=["room"])
    assert store.all_of("room") == [(1, "C-room", b"once")]


def psycopg_lost() -> Exception:
    from sqlalchemy.exc import OperationalError

    return OperationalError("commit", {}, psycopg.OperationalError("lost"), connection_invalidated=True)


def test_a_database_that_cannot_be_reached_is_a_sentence_without_the_password() -> None:
    with pytest.raises(NoData) as said:
        Postgres("postgresql://waggle:secret@127.0.0.1:1/nothing")
    assert "postgresql://127.0.0.1:1/nothing cannot be used" in str(said.value)
    assert "secret" not in str(said.value)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_has_not_every_letter_is_a_sentence(postgres: Engine, encoding: str) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        made = f"create database \"in {encoding}\" template template0 encoding '{encoding}' locale 'C'"
        connection.execute(made.encode())
    with pytest.raises(NoData, match=f"keeps text as {encoding}.*createdb --encoding=UTF8"):
        Postgres(f"{postgres.url.removesuffix('postgres')}in%20{encoding}")


@pytest.mark.parametrize("password", ["p@ss", "p/ss", "p?ss", "p#ss", "p ss"])
def test_a_password_that_ends_too_early_is_a_sentence_and_is_not_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], password: str
) -> None:
    monkeypatch.setenv("WAGGLE_STORE", f"postgresql://waggle:{password}@db/waggle")
    with pytest.raises(typer.Exit):
        chosen()
    said = capsys.readouterr().err
    assert "as %40" in said
    assert "ss" not in said.replace("password", "")
