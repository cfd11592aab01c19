"""Keep the last sign that each machine left of a delivery and of an examination."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; of what was before nothing is known."""
    op.create_table(
        "machine_sign",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("machine", sa.String(255), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("machine_sign")
