"""Who is gone is not told: what waits for a post without holder or of a retired unit is taken back."""

from sqlmodel import Session

from models.database import run
from models.notices.seats import GONE, USABLE

POST_GONE = "post-gone"  # why a notice was dropped; it waits again when the post is held again

# Tags that only posts which are gone have, whatever campaign they are of.
_DEAF = f"""
    SELECT p.tag FROM post p WHERE p.id IN ({GONE.format(of="p.campaign_id = :campaign")})
    EXCEPT SELECT p.tag FROM post p WHERE p.id NOT IN ({GONE.format(of="true")})"""  # noqa: S608

_SEND_NO_MORE = f"""
    UPDATE delivery SET state = 'superseded'
    WHERE state = 'waiting' AND lease_until IS NULL AND message_id IN (
        SELECT g.id FROM message g WHERE NOT g.settled AND g.tag IN ({_DEAF})
          AND (g.secret OR EXISTS (SELECT 1 FROM notice n WHERE n.message_id = g.id
                                   AND NOT (n.urgent AND n.words <> ''))))"""  # noqa: S608

_UNSENT = f"""
    SELECT g.id FROM message g WHERE NOT g.settled AND g.tag IN ({_DEAF})
      AND EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id AND d.state = 'superseded')
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id
          AND d.state NOT IN ('superseded', 'dead'))"""  # noqa: S608
_TAKE_BACK = (
    f"""UPDATE notice SET state = 'waiting', reason = '', message_id = NULL
        WHERE message_id IN ({_UNSENT})""",  # noqa: S608
    f"UPDATE message SET settled = true WHERE id IN ({_UNSENT})",  # noqa: S608
)

# What was done in a leader's name is told to that leader even on leaving.
_UNSAID = """notice.campaign_id = :campaign AND notice.message_id IS NULL
             AND notice.state IN ('waiting', 'unsendable', 'over-budget')
             AND NOT (notice.urgent AND notice.words <> '')"""

# What is about no item is said nowhere else: the next filled post of the campaign hears it instead,
# once, however many of those that are gone would have heard the same.
_HAND_ON = f"""
    UPDATE notice SET post_id = heir.id
    FROM (SELECT min(notice.id) AS notice, (
              SELECT p.id FROM post p WHERE p.campaign_id = :campaign AND p.unit_id IS NULL
                  AND {USABLE} AND p.level >= notice.level ORDER BY p.level, p.id LIMIT 1) AS id
          FROM notice WHERE {_UNSAID} AND notice.words <> ''
              AND notice.post_id IN ({GONE.format(of="p.campaign_id = :campaign")})
          GROUP BY notice.subject_kind, notice.subject_id, notice.rule, notice.level,
              notice.occurrence) AS heir
    WHERE notice.id = heir.notice AND heir.id IS NOT NULL AND {_UNSAID}
      AND NOT EXISTS (SELECT 1 FROM notice o WHERE o.campaign_id = notice.campaign_id
          AND o.subject_kind = notice.subject_kind AND o.subject_id = notice.subject_id
          AND o.rule = notice.rule AND o.level = notice.level
          AND o.occurrence = notice.occurrence AND o.post_id = heir.id)"""  # noqa: S608

_DROP = f"""
    UPDATE notice SET state = 'dropped', reason = '{POST_GONE}'
    WHERE {_UNSAID} AND notice.post_id IN ({GONE.format(of="p.campaign_id = :campaign")})"""  # noqa: S608

_BACK = f"""
    UPDATE notice SET state = 'waiting', reason = ''
    WHERE campaign_id = :campaign AND state = 'dropped' AND reason = '{POST_GONE}'
      AND post_id NOT IN ({GONE.format(of="p.campaign_id = :campaign")})"""  # noqa: S608


def tell_nobody_who_is_gone(session: Session, campaign_id: int) -> int:
    """Take back what waits for posts that are gone; return how many notices are dropped.

    Call it after every change of units or posts, in its transaction. What is on its way to a provider
    stays; the next patrol tells whoever hears in the post's place. A post that is held again hears
    what is still open. Repeatable.
    """
    values = {"campaign": campaign_id}
    for sql in (_SEND_NO_MORE, *_TAKE_BACK, _HAND_ON):
        run(session, sql, values)
    dropped = run(session, _DROP, values).rowcount
    run(session, _BACK, values)
    return dropped
