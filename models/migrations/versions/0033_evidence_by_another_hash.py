"""Keep of a revision of evidence its hash by another algorithm than the one that names its file."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the hash; what was handed in so far has none but the SHA-256 that names its file."""
    digest = sa.Column("digest", sa.String(), nullable=False, server_default="")
    op.add_column("evidence_revision", digest)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("evidence_revision", "digest")
