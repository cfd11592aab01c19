"""Look again at the messages that a server settled while their notices still said that they were on their way.

A yes that came between two statements left its notices so for ever, and nobody was asked again who had
not acknowledged; what was taken back while somebody was about to send it was said by nobody.
"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_NO_WORD = """
    UPDATE notice SET state = 'waiting', reason = '', message_id = NULL
    WHERE state = 'posted' AND message_id IN (SELECT g.id FROM message g WHERE g.settled)
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = notice.message_id
                      AND d.state <> 'superseded')"""
_TOLD = """
    UPDATE message SET settled = false
    WHERE settled AND (
        id IN (SELECT n.message_id FROM notice n WHERE n.state = 'posted')
        OR id IN (SELECT n.message_id FROM notice n JOIN delivery d ON d.message_id = n.message_id
                  WHERE n.state = 'dead' AND d.state = 'delivered'))"""


def upgrade() -> None:
    """Let the next round of delivery settle or say them; where all is as it should be nothing changes."""
    op.execute(_NO_WORD)
    op.execute(_TOLD)


def downgrade() -> None:
    """Leave them: what was right stays right."""
