"""Let a campaign end: closed and archived ones stay to be looked at, nothing is sent for them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns; every campaign so far is under way."""
    op.add_column(
        "campaign", sa.Column("state", sa.String(), nullable=False, server_default="open")
    )
    op.add_column("campaign", sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Forget that campaigns had ended."""
    op.drop_column("campaign", "closed_on")
    op.drop_column("campaign", "state")
