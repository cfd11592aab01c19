"""Find a stage's and a work item's milestones, an indicator's and a campaign's parts, dead letters."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes; no row changes."""
    op.create_index("milestone_of_stage", "milestone", ["stage_id"])
    op.create_index("milestone_of_work", "milestone", ["work_item_id"])
    op.create_index("indicator_of_parent", "indicator", ["parent_id"])
    op.create_index("campaign_of_parent", "campaign", ["parent_id"])
    op.create_index(
        "delivery_dead",
        "delivery",
        ["message_id"],
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("delivery_dead", "delivery")
    op.drop_index("campaign_of_parent", "campaign")
    op.drop_index("indicator_of_parent", "indicator")
    op.drop_index("milestone_of_work", "milestone")
    op.drop_index("milestone_of_stage", "milestone")
