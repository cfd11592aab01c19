"""Keep whole years of holidays, each with its notice, and which unit took over from which."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both; a year of which only single days were entered is not known any more."""
    op.create_table(
        "holiday_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["audit_id"], ["audit_entry.id"]),
        sa.PrimaryKeyConstraint("year"),
    )
    op.add_column("unit", sa.Column("successor_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Forget the years; the chain keeps what they said."""
    op.drop_column("unit", "successor_id")
    op.drop_table("holiday_year")
