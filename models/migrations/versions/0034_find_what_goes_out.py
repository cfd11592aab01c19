"""Find a window's messages and a stage's decisions by an index, however many there ever were."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_REGULAR = sa.text("NOT urgent")


def _make(*columns: str) -> None:
    op.drop_index("message_of_window", "message")
    op.create_index(
        "message_of_window",
        "message",
        columns,
        unique=True,
        sqlite_where=_REGULAR,
        postgresql_where=_REGULAR,
    )


def upgrade() -> None:
    """Turn the one round, which refuses what it refused before, and make the other; no row changes."""
    _make("window", "tag", "campaign_id")
    op.create_index("decision_of_stage", "decision", ["stage_id"])


def downgrade() -> None:
    """Turn it back, and take the other away."""
    op.drop_index("decision_of_stage", "decision")
    _make("campaign_id", "tag", "window")
