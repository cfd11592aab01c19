"""What nobody acknowledged: said again, then told to the next level up; a statement each."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from models.campaign.about import DUE, ITEM, STATE, UNIT_ID
from models.notices.seats import GONE
from models.notices.writing import write_notices_of
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.notices.ladder_table import Ladder

AGAIN, RISEN = "again:", "unanswered:"
NOT_LONGER_THAN = timedelta(days=60)  # older silence is history, not news

# Told long enough ago, still the last word to that post, unfinished, due on the same day, and no
# acknowledgement of it counts.
UNACKNOWLEDGED = f"""
    WHERE n.campaign_id IN :these AND n.state = 'sent' AND n.told_on BETWEEN :oldest AND :late
      AND n.rule IN ({{rules}}) AND {STATE} IN ('open', 'started')
      AND NOT coalesce(m.withdrawn, a.withdrawn) AND CAST({DUE} AS VARCHAR(10)) = n.occurrence
      AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.campaign_id = n.campaign_id
          AND k.subject_kind = n.subject_kind AND k.subject_id = n.subject_id
          AND k.runs_out >= :today AND k.ended_at IS NULL)"""  # noqa: S608

_AGAIN = f"""
    SELECT n.subject_kind, n.subject_id, '{AGAIN}' || n.rule, n.level, n.occurrence, n.post_id,
           n.meant_for, n.urgent, '', '', n.campaign_id
    FROM notice n {ITEM} {UNACKNOWLEDGED}
      AND n.post_id NOT IN ({GONE.format(of="p.campaign_id IN :these")})
      AND NOT EXISTS (SELECT 1 FROM notice l WHERE l.campaign_id = n.campaign_id
          AND l.subject_kind = n.subject_kind AND l.subject_id = n.subject_id
          AND l.post_id = n.post_id AND l.id > n.id)"""  # noqa: S608

# What rose already is left out before anybody's seat is looked for: it is nearly all there is.
_RISEN = f"""
    SELECT n.subject_kind, n.subject_id, '{RISEN}' || substr(n.rule, {{skip}}), s.post_level,
           n.occurrence, s.post_id, NULLIF(n.level + 1, s.post_level), s.post_level = 5, '', '',
           n.campaign_id
    FROM notice n {ITEM}
    JOIN seat s ON s.campaign_id = n.campaign_id AND s.unit_id = coalesce({UNIT_ID}, 0)
         AND s.level = n.level + 1
    {UNACKNOWLEDGED}
      AND NOT EXISTS (SELECT 1 FROM notice r WHERE r.campaign_id = n.campaign_id
          AND r.subject_kind = n.subject_kind AND r.subject_id = n.subject_id
          AND r.rule = '{RISEN}' || substr(n.rule, {{skip}}) AND r.level > n.level
          AND r.occurrence = n.occurrence AND r.created_at >= n.created_at)
      AND NOT EXISTS (SELECT 1 FROM notice l WHERE l.campaign_id = n.campaign_id
          AND l.subject_kind = n.subject_kind AND l.subject_id = n.subject_id
          AND l.post_id = s.post_id AND l.occurrence = n.occurrence
          AND l.created_at >= n.created_at)"""  # noqa: S608


def write_unacknowledged(
    session: Session,
    campaign_ids: Sequence[int],
    ladder: Ladder,
    calendar: WorkCalendar,
    moment: Moment,
) -> Counter[int]:
    """Repeat what was not acknowledged in time, and raise what was repeated in vain.

    Return how many notices are new in each campaign. Two statements at any size; each repeats and rises once.
    """
    if not ladder.asking:
        return Counter()
    late = calendar.late_since(moment.today, ladder.acknowledge_within)

    def write(asked: Sequence[tuple[str, Sequence[str], int]]) -> Counter[int]:
        values: dict[str, str] = {}
        found: list[str] = []
        for sql, rules, skip in asked:
            named = {f"rule{len(values) + n}_": rule for n, rule in enumerate(rules)}
            found.append(sql.format(rules=", ".join(f":{name}" for name in named), skip=skip))
            values |= named
        days = {"late": late, "oldest": late - NOT_LONGER_THAN}
        return write_notices_of(
            session, campaign_ids, " UNION ALL ".join(found), moment, **values, **days
        )

    new = write([(_AGAIN, [*ladder.asking, *(RISEN + rule for rule in ladder.asking)], 0)])
    risen = (
        (prefix, [prefix + rule for rule in ladder.asking]) for prefix in (AGAIN, AGAIN + RISEN)
    )
    return new + write([(_RISEN, rules, len(prefix) + 1) for prefix, rules in risen])
