"""Keep what the office confirms of a gate's conditions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STANDS = sa.text("withdrawn_on IS NULL")


def upgrade() -> None:
    """Add the table; what is there keeps its meaning."""
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column("stage_id", sa.Integer(), sa.ForeignKey("stage.id"), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audit_id", sa.Integer(), sa.ForeignKey("audit_entry.id"), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("withdrawn_why", sa.Text(), nullable=False),
    )
    op.create_index("ix_confirmation_campaign_id", "confirmation", ["campaign_id"])
    op.create_index(
        "confirmation_standing",
        "confirmation",
        ["stage_id", "rule"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    """Forget what this version added; the entries of the audit stay."""
    op.drop_table("confirmation")
