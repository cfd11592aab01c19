"""Say which database this is and how often it was written to; refuse REPLACE on the chain."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# NEW.id is -1 while a number is still to be given.
NO_REPLACE = (
    "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry WHEN EXISTS"
    " (SELECT 1 FROM audit_entry WHERE id = NEW.id OR previous = NEW.previous OR hash = NEW.hash)"
    " BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
    "CREATE TRIGGER audit_head_no_replace BEFORE INSERT ON audit_head WHEN EXISTS"
    " (SELECT 1 FROM audit_head WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'audit_head is append-only'); END",
)


def upgrade() -> None:
    """Add it; heads of before name no database."""
    state = op.create_table(
        "database_state",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mark", sa.String(), nullable=False),
    )
    mark = f"shifan-state:{secrets.token_hex(8)}:{'0' * 8}:{1:012d}"
    op.bulk_insert(state, [{"id": 1, "mark": mark}])
    op.add_column(
        "audit_head", sa.Column("database", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "audit_head", sa.Column("counter", sa.Integer(), nullable=False, server_default="0")
    )
    if op.get_bind().dialect.name == "sqlite":
        for trigger in NO_REPLACE:
            op.execute(trigger)


def downgrade() -> None:
    """Forget which database it is; the chain stays."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_no_replace")
        op.execute("DROP TRIGGER audit_head_no_replace")
    op.drop_column("audit_head", "counter")
    op.drop_column("audit_head", "database")
    op.drop_table("database_state")
