"""Make codes at the moment they are sent, and keep what seals them; no code of before counts any more."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WIPED = "验证码已失效,正文不保留。"


def upgrade() -> None:
    """Void the codes that are out (the next patrol sends new ones) and wipe what still holds one."""
    op.add_column("decision_code", sa.Column("delivery_id", sa.Integer(), nullable=True))
    op.execute("UPDATE decision_code SET state = 'void' WHERE state = 'open'")
    wipe = sa.text("UPDATE message SET body = :wiped WHERE secret").bindparams(wiped=WIPED)
    op.execute(wipe)
    op.execute(
        "UPDATE delivery SET state = 'dead' WHERE state = 'waiting'"
        " AND message_id IN (SELECT id FROM message WHERE secret)"
    )


def downgrade() -> None:
    """Forget which delivery made a code; codes sealed by this version open nothing there."""
    op.execute("UPDATE decision_code SET state = 'void' WHERE state = 'open'")
    op.drop_column("decision_code", "delivery_id")
