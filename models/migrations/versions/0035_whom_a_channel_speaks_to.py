"""Keep of each channel for whom it was last spoken to, so that one of thousands is found again by that."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tag; of what was heard so far it is not known."""
    op.add_column("channel_health", sa.Column("tag", sa.String(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("channel_health", "tag")
