"""How long the queues are: what waits to be said, sent, taken in; one statement at any size."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models.database import found_as
from models.rules.notices.rule_words import RIDING_RULES

LONG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Queues:
    """What waits, and what is stuck.

    ``notices_waiting`` may go out and have not, ``notices_old`` of them for longer than a day (their
    hours of silence do not count, nor does what rides in a message that goes anyway, however long it waits
    for one), ``notices_unsendable`` have no channel; ``notices_sent`` and ``notices_dead`` ever. Of
    deliveries: ``due`` are to be tried now, ``leased`` are being tried, ``lapsed`` were claimed by somebody
    who never answered, ``delivered`` and ``dead`` ever. Of mails: ``mails_open`` are being taken in or owe an
    answer, ``mails_lapsed`` were claimed and left.
    """

    notices_waiting: int
    notices_old: int
    notices_unsendable: int
    notices_sent: int
    notices_dead: int
    due: int
    leased: int
    lapsed: int
    delivered: int
    dead: int
    mails_open: int
    mails_lapsed: int


_RIDING = ", ".join(f"'{rule}'" for rule in RIDING_RULES)
# Demonstrations send nothing, and what has ended waits for nobody.
_QUEUES = f"""
    SELECT n.notices_waiting, n.notices_old, n.notices_unsendable, n.notices_sent, n.notices_dead,
           d.due, d.leased, d.lapsed, d.delivered, d.dead, m.mails_open, m.mails_lapsed
    FROM (SELECT count(CASE WHEN n.state = 'waiting' AND n.hold_until <= :now THEN 1 END)
                     AS notices_waiting,
                 count(CASE WHEN n.state = 'waiting' AND n.hold_until <= :long_ago
                            AND n.rule NOT IN ({_RIDING}) THEN 1 END)
                     AS notices_old,
                 count(CASE WHEN n.state = 'unsendable' THEN 1 END) AS notices_unsendable,
                 count(CASE WHEN n.state = 'sent' THEN 1 END) AS notices_sent,
                 count(CASE WHEN n.state = 'dead' THEN 1 END) AS notices_dead
          FROM notice n JOIN campaign c ON c.id = n.campaign_id
          WHERE c.state = 'open' AND NOT c.is_demo) n
    CROSS JOIN (SELECT
                 count(CASE WHEN state = 'waiting' AND lease_until IS NULL AND next_try_at <= :now THEN 1 END) AS due,
                 count(CASE WHEN state = 'waiting' AND lease_until >= :now THEN 1 END) AS leased,
                 count(CASE WHEN state = 'waiting' AND lease_until < :lapsed THEN 1 END) AS lapsed,
                 count(CASE WHEN state = 'delivered' THEN 1 END) AS delivered,
                 count(CASE WHEN state = 'dead' THEN 1 END) AS dead
          FROM delivery) d
    CROSS JOIN (SELECT count(CASE WHEN answer IN ('open', 'owed') THEN 1 END) AS mails_open,
                 count(CASE WHEN answer IN ('open', 'owed') AND lease_until < :lapsed THEN 1 END) AS mails_lapsed
          FROM received_mail) m"""  # noqa: S608 - names of our own rules
# A claim that ran out this long ago was seen by two rounds, and none took it over.
LAPSED = timedelta(minutes=30)


def queues(session: Session, now: datetime) -> Queues:
    """Return how long every queue is at ``now`` (UTC)."""
    values = {"now": now, "long_ago": now - LONG, "lapsed": now - LAPSED}
    [found] = found_as(session, Queues, _QUEUES, values)
    return found
