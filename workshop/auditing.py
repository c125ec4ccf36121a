"""A line in the log for every key that is made and for all that are withdrawn: of which room and for whom; no name."""

from typing import TYPE_CHECKING

import structlog

from workshop.tables import KeyRow

if TYPE_CHECKING:
    from workshop.log import Batch

logger = structlog.get_logger()


def say(batch: "Batch") -> None:
    """Say what of a batch, now that it is stored, made keys or withdrew them."""
    for row in batch.rows.get(KeyRow, ()):
        logger.info("key made", room=row["room"], role=row["role"].partition(":")[0])
    for change in batch.changes:
        if change.withdraws:
            logger.info("keys withdrawn", room=change.room, role=change.withdraws)
