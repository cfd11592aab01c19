"""Keep what was foreseen of each campaign: its days, the last one's lines, and what was likely late."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def _days() -> list[sa.Column[object]]:
    names = ("half_first", "half_last", "most_first", "most_last")
    return [sa.Column(name, sa.Date(), nullable=True) for name in names]


def upgrade() -> None:
    """Make the tables; nothing was foreseen before."""
    op.create_table(
        "forecast",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enough", sa.Boolean(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("late", sa.Float(), nullable=True),
        *_days(),
        sa.UniqueConstraint("campaign_id", "day"),
    )
    op.create_table(
        "forecast_line",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("forecast_id", sa.Integer(), sa.ForeignKey("forecast.id"), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("late", sa.Float(), nullable=True),
        sa.Column("gain", sa.Float(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        *_days(),
    )
    op.create_index("forecast_line_of", "forecast_line", ["forecast_id", "what", "late"])
    op.create_table(
        "forecast_said",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("late", sa.Float(), nullable=False),
        sa.UniqueConstraint("campaign_id", "what", "subject_id", "due"),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("forecast_said", "forecast_line", "forecast"):
        op.drop_table(table)
