"""Keep the period that is evaluated, what went back for a file, and the templates an office brings."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them, empty: no period is known, and nothing that went back was kept."""
    op.add_column("campaign", sa.Column("evaluated_from", sa.Date(), nullable=True))
    op.add_column("campaign", sa.Column("evaluated_until", sa.Date(), nullable=True))
    op.add_column(
        "received_file",
        sa.Column("returned_sha256", sa.String(), nullable=False, server_default=""),
    )
    op.create_table(
        "paper_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("paper_template_of_kind", "paper_template", ["campaign_id", "kind"])


def downgrade() -> None:
    """Forget them; what lies in the vault stays."""
    op.drop_table("paper_template")
    op.drop_column("received_file", "returned_sha256")
    op.drop_column("campaign", "evaluated_until")
    op.drop_column("campaign", "evaluated_from")
