"""Keep which campaign was patrolled on which day."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; of days before nothing is known."""
    op.create_table(
        "patrol_round",
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notices", sa.Integer(), nullable=False, server_default="0"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("patrol_round")
