"""Keep of an indicator how it is assessed and what material is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both, empty."""
    for name in ("methods", "proofs"):
        op.add_column("indicator", sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take both away."""
    for name in ("methods", "proofs"):
        op.drop_column("indicator", name)
