"""Keep of a step of an incident whether it was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; every step that was registered so far stands."""
    op.add_column(
        "incident_deed",
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Take the mark away."""
    op.drop_column("incident_deed", "withdrawn")
