"""Make the tables of publicity."""

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, empty."""


def downgrade() -> None:
    """Drop them."""
