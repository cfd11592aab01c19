"""Find the campaigns under way without their plans, which SQLite reads to come to what stands behind."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

COLUMNS = ["state", "is_demo", "loaded_at", "slug"]


def upgrade() -> None:
    """Make the index; no row changes."""
    op.create_index("campaign_under_way", "campaign", COLUMNS)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("campaign_under_way", "campaign")
