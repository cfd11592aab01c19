"""Name beside each entry of the audit the algorithm that its hash was made by."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the name; what was sealed so far was sealed by SHA-256, and stays as it is to the byte."""
    algorithm = sa.Column("algorithm", sa.String(), nullable=False, server_default="sha256")
    op.add_column("audit_entry", algorithm)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("audit_entry", "algorithm")
