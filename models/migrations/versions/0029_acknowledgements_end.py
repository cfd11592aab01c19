"""Keep of an acknowledgement the entry of the audit that said it, and whether it was withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three; what was acknowledged so far stands, and knows no entry."""
    op.add_column("acknowledgement", sa.Column("audit_id", sa.Integer()))
    op.add_column("acknowledgement", sa.Column("ended_at", sa.DateTime(timezone=True)))
    ended_by = sa.Column("ended_by", sa.String(), nullable=False, server_default="")
    op.add_column("acknowledgement", ended_by)


def downgrade() -> None:
    """Take the three away."""
    for name in ("ended_by", "ended_at", "audit_id"):
        op.drop_column("acknowledgement", name)
