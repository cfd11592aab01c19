"""Make the tables of briefings and annual reports."""

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, empty."""


def downgrade() -> None:
    """Drop them."""
