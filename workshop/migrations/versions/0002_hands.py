"""Keys and pens know the hand they were made for; rings are renewed; rooms know which process held them last."""

from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("pen", "key", "ring"):
        op.add_column(table, sa.Column("hand", sa.String, nullable=False, server_default=""))
    op.add_column("room", sa.Column("keeper", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "renewed",
        sa.Column("ring", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("before", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "process",
        sa.Column("id", sa.Integer, primary_key=True, nullable=False),
        sa.Column("alive", sa.BigInteger, nullable=False),
    )
    _keep_answers_apart()


def _keep_answers_apart() -> None:
    """Who has answered an exit pulse is kept as a digest, and under no pen."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("select session, person from pen where pile = 'pulse'")).all()
    for session, person in rows:
        digest = blake2b(f"{person}\0\0pulse".encode(), digest_size=12).digest()
        kept = sa.text("insert or ignore into heard (session, digest) values (:session, :digest)")
        connection.execute(kept, {"session": session, "digest": digest})
    connection.execute(sa.text("delete from pen where pile = 'pulse'"))


def downgrade() -> None:
    raise NotImplementedError("Data of a newer program is not made older.")
