"""Count wrong codes per source; keep objections, and delegations that wait for the leader's code."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; every code so far is for a decision, every delegation so far stands."""
    op.create_table(
        "wrong_codes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("matter", "source"),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("registrar", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("asked_again", sa.Integer(), sa.ForeignKey("decision.id"), nullable=True),
        sa.Column("audit_id", sa.Integer(), sa.ForeignKey("audit_entry.id"), nullable=False),
    )
    op.create_index("ix_objection_decision_id", "objection", ["decision_id"])
    op.add_column(
        "delegation", sa.Column("agreed", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    with op.batch_alter_table("decision_code") as batch:
        batch.add_column(sa.Column("purpose", sa.String(), nullable=False, server_default="decide"))
        batch.add_column(sa.Column("delegation_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "decision_code_delegation", "delegation", ["delegation_id"], ["id"]
        )
        batch.alter_column("decision_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Forget what this version added; the entries of the audit stay."""
    op.execute("DELETE FROM decision_code WHERE decision_id IS NULL")
    op.execute("DELETE FROM delegation WHERE NOT agreed")
    with op.batch_alter_table("decision_code") as batch:
        batch.alter_column("decision_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_constraint("decision_code_delegation", type_="foreignkey")
        batch.drop_column("delegation_id")
        batch.drop_column("purpose")
    op.drop_column("delegation", "agreed")
    op.drop_table("objection")
    op.drop_table("wrong_codes")
