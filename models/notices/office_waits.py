"""What waits for the office of a campaign on a day: counted in one statement, each list in one of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from models.campaign.about import ABOUT, CODE, ITEM, TITLE, UNIT
from models.database import found_as, run
from models.notices.seats import LEFT_BEHIND
from models.notices.unacknowledged import NOT_LONGER_THAN, UNACKNOWLEDGED
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.findings.days import LOOK_BACK_DAYS
from models.rules.notices.ladder_table import Ladder

AGAIN_OR_RISEN = ("", "again:", "unanswered:", "again:unanswered:")

# A message is of a campaign when it was made for it, or says a notice of it.
_OF_CAMPAIGN = """(g.campaign_id = :campaign OR EXISTS (SELECT 1 FROM notice n
        WHERE n.message_id = g.id AND n.campaign_id = :campaign))"""
_NOWHERE_ELSE = """NOT EXISTS (SELECT 1 FROM delivery o WHERE o.message_id = g.id
          AND o.state IN ('delivered', 'waiting'))"""
_COUNTS = f"""
    SELECT (SELECT count(*) FROM decision WHERE campaign_id = :campaign AND status = 'asked')
               AS decisions,
           (SELECT count(*) FROM decision WHERE campaign_id = :campaign AND status = 'asked'
               AND due < :today) AS decisions_late,
           (SELECT count(*) FROM delivery d JOIN message g ON g.id = d.message_id
               WHERE d.state = 'dead' AND {_OF_CAMPAIGN}) AS dead,
           (SELECT count(DISTINCT g.id) FROM delivery d JOIN message g ON g.id = d.message_id
               WHERE d.state = 'dead' AND {_OF_CAMPAIGN} AND {_NOWHERE_ELSE}) AS lost,
           (SELECT count(*) FROM notice WHERE campaign_id = :campaign AND state = 'unsendable')
               AS without_channel,
           (SELECT count(*) FROM notice WHERE campaign_id = :campaign AND state = 'over-budget')
               AS over_budget,
           (SELECT count(*) FROM silence WHERE campaign_id = :campaign AND ended_on IS NULL
               AND until >= :today) AS silences,
           (SELECT count(*) FROM silence WHERE campaign_id = :campaign AND ended_on IS NULL
               AND until >= :today AND until <= :soon) AS silences_ending,
           (SELECT count(*) FROM finding WHERE campaign_id = :campaign
               AND state IN ('raised', 'declined')) AS to_hand_out,
           (SELECT count(*) FROM finding WHERE campaign_id = :campaign AND state = 'rectified')
               AS to_verify,
           (SELECT count(*) FROM finding f JOIN finding_cycle c ON c.finding_id = f.id
               AND c.number = f.cycle WHERE f.campaign_id = :campaign AND f.state = 'watched'
               AND c.watch_until < :today) AS to_close,
           (SELECT count(*) FROM finding f JOIN finding_cycle c ON c.finding_id = f.id
               AND c.number = f.cycle WHERE f.campaign_id = :campaign AND f.kind = 'problem'
               AND f.state = 'closed' AND c.looked_on IS NULL AND c.closed_on <= :look_back)
               AS to_look_back,
           (SELECT count(*) FROM visit WHERE campaign_id = :campaign AND state = 'planned'
               AND day < :today) AS visits_late,
           (SELECT count(*) FROM unit_group g WHERE g.campaign_id = :campaign AND NOT EXISTS (
               SELECT 1 FROM unit_group_member m WHERE m.group_id = g.id)) AS open_groups,
           (SELECT count(*) FROM ({LEFT_BEHIND}) AS l) AS left_behind"""  # noqa: S608
_UNANSWERED = f"""
    SELECT {{columns}}
    FROM notice n {{joins}} {UNACKNOWLEDGED}"""  # noqa: S608
_UNANSWERED_LIST = (
    f"{CODE} AS code, {TITLE} AS title, {UNIT} AS unit, max(n.told_on) AS told_on,"
    " coalesce(m.due, a.due) AS due, count(*) AS times"
)
_UNHEARD = f"""
    SELECT g.id AS message, g.tag AS to_whom, g.subject, g.secret, d.target_kind AS channel, d.code,
           d.answer AS reply, d.attempts AS tries, NOT ({_NOWHERE_ELSE}) AS reached
    FROM delivery d JOIN message g ON g.id = d.message_id
    WHERE d.state = 'dead' AND {_OF_CAMPAIGN}
    ORDER BY reached, g.id DESC, d.id LIMIT :most"""  # noqa: S608
_WITHOUT_CHANNEL = """
    SELECT coalesce(u.name, '') AS unit, p.title AS post, n.reason, count(*) AS notices,
           min(n.day) AS since
    FROM notice n JOIN post p ON p.id = n.post_id LEFT JOIN unit u ON u.id = p.unit_id
    WHERE n.campaign_id = :campaign AND n.state = 'unsendable'
    GROUP BY u.id, u.name, p.id, p.title, p.level, n.reason
    ORDER BY CASE WHEN u.id IS NULL THEN 0 ELSE 1 END, p.level DESC, u.id, p.id, n.reason"""


@dataclass(frozen=True, slots=True)
class OfficeCounts:
    """How many of each thing wait for the office.

    ``dead`` counts what channels refused for good, as the patrol does, ``lost`` the messages that reached
    nobody at all; ``silences_ending`` is among ``silences``, ``decisions_late`` among ``decisions``. Of the findings ``to_hand_out`` are without a unit, or declined by theirs.
    """

    decisions: int
    decisions_late: int
    dead: int
    lost: int
    without_channel: int
    over_budget: int
    silences: int
    silences_ending: int
    to_hand_out: int
    to_verify: int
    to_close: int
    to_look_back: int
    visits_late: int
    open_groups: int
    left_behind: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An item that was told long enough ago and that nobody acknowledged; ``unit`` is empty for the office's own."""

    code: str
    title: str
    unit: str
    told_on: date
    due: date | None
    times: int


@dataclass(frozen=True, slots=True)
class Unheard:
    """A message that a channel refused for good, in the provider's own words.

    ``reached`` says that another channel took it, or may still.
    """

    message: int
    to_whom: str
    subject: str
    secret: bool
    channel: str
    code: str
    reply: str
    tries: int
    reached: bool


@dataclass(frozen=True, slots=True)
class WithoutChannel:
    """How many notices for a post have no channel to go out by, and since when; ``unit`` is empty for a leader's."""

    unit: str
    post: str
    reason: str
    notices: int
    since: date


def office_counts(session: Session, campaign_id: int, today: date, soon: date) -> OfficeCounts:
    """Return what waits for the office in one statement; a silence ends soon when it ends up to ``soon``."""
    look_back = today - timedelta(days=LOOK_BACK_DAYS)
    values = {"campaign": campaign_id, "these": (campaign_id,), "today": today, "soon": soon}
    values["look_back"] = look_back
    [found] = found_as(session, OfficeCounts, _COUNTS, values)
    return found


def unanswered(
    session: Session, campaign_id: int, ladder: Ladder, calendar: WorkCalendar, moment: Moment
) -> list[Unanswered]:
    """Return the items told ``acknowledge_within`` working days ago or earlier and not acknowledged, the oldest first."""
    if not ladder.asking:
        return []
    sql, values = _asking(_UNANSWERED_LIST, ABOUT, ladder, calendar, moment)
    sql += " GROUP BY n.subject_kind, n.subject_id, 1, 2, 3, 5 ORDER BY told_on, code, unit"
    return found_as(
        session, Unanswered, sql, {"campaign": campaign_id, "these": (campaign_id,), **values}
    )


def count_unanswered(
    session: Session, campaign_id: int, ladder: Ladder, calendar: WorkCalendar, moment: Moment
) -> int:
    """Return how many items `unanswered` lists."""
    if not ladder.asking:
        return 0
    sql, values = _asking("DISTINCT n.subject_kind, n.subject_id", ITEM, ladder, calendar, moment)
    counted = f"SELECT count(*) FROM ({sql}) AS s"  # noqa: S608
    return int(
        run(
            session, counted, {"campaign": campaign_id, "these": (campaign_id,), **values}
        ).scalar_one()
    )


def _asking(
    columns: str, joins: str, ladder: Ladder, calendar: WorkCalendar, moment: Moment
) -> tuple[str, dict[str, object]]:
    """Return the SQL that finds what was told long enough ago, and its values."""
    late = calendar.late_since(moment.today, ladder.acknowledge_within)
    rules = [prefix + rule for prefix in AGAIN_OR_RISEN for rule in ladder.asking]
    named = {f"rule{n}_": rule for n, rule in enumerate(rules)}
    sql = _UNANSWERED.format(
        columns=columns, joins=joins, rules=", ".join(f":{name}" for name in named)
    )
    days = {"today": moment.today, "late": late, "oldest": late - NOT_LONGER_THAN}
    return sql, {**named, **days}


def unheard(session: Session, campaign_id: int, most: int) -> Sequence[Unheard]:
    """Return what channels refused for good, what reached nobody first, then the newest."""
    return found_as(session, Unheard, _UNHEARD, {"campaign": campaign_id, "most": most})


def without_channel(session: Session, campaign_id: int) -> list[WithoutChannel]:
    """Return the posts whose notices have no channel: the campaign's own, then units in the plan's order."""
    return found_as(session, WithoutChannel, _WITHOUT_CHANNEL, {"campaign": campaign_id})
