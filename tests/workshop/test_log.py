"""The log: nobody who comes waits for the room to fall silent."""

from sessions.running.attention import Hand
from tests.server import Server

ENOUGH = 5_000


async def test_somebody_can_come_while_commands_never_stop(server: Server) -> None:
    opened = await server.open()
    ann, _ = await opened.people("Ann Bob")
    room = server.room(opened.code)

    pressed = 0

    def press(_answered: object = None) -> None:
        """Two are always under way, so there is never a moment without something to store."""
        nonlocal pressed
        pressed += 1
        if pressed < ENOUGH:
            room.turns.take(opened.code, ann.person, Hand(id=f"h{pressed}", on=pressed % 2 == 1), press)

    press()
    press()
    cy = await server.join(opened.code, "Cy")
    assert pressed < ENOUGH, "Cy came in only when the pressing had ended."
    pressed = ENOUGH
    assert cy.person in {key.partition(":")[2] for key in cy.session if key.startswith("person:")}
