"""The first tables: rooms, sessions, events, pens, what was heard, keys and rings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("opened", sa.BigInteger, nullable=False),
        sa.Column("held", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("code", sa.String, primary_key=True, nullable=False),
        sa.Column("room", sa.String, nullable=False),
        sa.Column("opened", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger, nullable=False),
        sa.Column("rehearsal_of", sa.String, nullable=False),
    )
    op.create_index("ix_session_room", "session", ["room"])
    op.create_table(
        "event",
        sa.Column("room", sa.String, primary_key=True, nullable=False),
        sa.Column("number", sa.Integer, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("session", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "pen",
        sa.Column("pen", sa.String, primary_key=True, nullable=False),
        sa.Column("room", sa.String, nullable=False),
        sa.Column("session", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("pile", sa.String, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("pen_by_session", "pen", ["session"])
    op.create_table(
        "heard",
        sa.Column("session", sa.String, primary_key=True, nullable=False),
        sa.Column("digest", sa.LargeBinary, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "key",
        sa.Column("digest", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("room", sa.String, nullable=False),
        sa.Column("session", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
    )
    op.create_index("ix_key_session", "key", ["session"])
    op.create_table(
        "ring",
        sa.Column("ring", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("room", sa.String, primary_key=True, nullable=False),
        sa.Column("session", sa.String, primary_key=True, nullable=False),
        sa.Column("person", sa.String, primary_key=True, nullable=False),
        sa.Column("role", sa.String, primary_key=True, nullable=False),
    )
