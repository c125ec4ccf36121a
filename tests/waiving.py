"""Waiving what stands in the way of a lock, where a test is about something else."""

from sessions.record.checks.findings import in_the_way
from tests.server import Client, Server


async def clear_the_way(server: Server, room: str, keeper: Client, goal: str) -> None:
    """Waive all that blocks the lock of a goal."""
    for found in in_the_way(server.rooms.room(room).room, goal):
        await keeper.ok("waive_finding", finding=found.finding.key, name="Ines", reason="not what this is about")
