"""Find a stage's and a work item's milestones, and an indicator's parts, without reading all campaigns'."""

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


def downgrade() -> None:
    """Take them away."""
    op.drop_index("indicator_of_parent", "indicator")
    op.drop_index("milestone_of_work", "milestone")
    op.drop_index("milestone_of_stage", "milestone")
