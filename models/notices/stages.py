"""Write notices about a stage: that a decision is asked, lies, was returned, postponed or made."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session

from models.database import run
from models.rules.calendar.moment import Moment
from models.rules.words import Level

# The rule of a notice -> how a letter begins. One per stage, post and occurrence, ever.
STAGE_RULES = {
    "stage_opened": "阶段启动",
    "decision_asked": "请审批",
    "decision_reminder": "请尽快审批",
    "decision_escalated": "逾期未决定，转请审批",
    "decision_unanswered": "审批逾期未决定",
    "stage_returned": "阶段退回",
    "opening_refused": "不提前启动",
    "stage_postponed": "阶段延期",
    "stage_closed": "阶段结束",
    "decision_overtaken": "审批已失效",
    "decision_objected": "决定有异议",
}

# What a leader hears at once, for it was done in the leader's name; no silence covers it. The rule of
# a notice -> how its subject names it.
AT_ONCE_RULES = {
    "receipt": "决定回执",
    "code_printed": "验证码单已打印",
    "code_worn": "验证码被反复试错",
    "delegated": "审批委托",
    "delegation_ended": "委托已结束",
    "objection": "对决定的异议",
    "asks_allowed": "已登记您的同意",
    "database_restored": "数据库已恢复",
}

_TELL = """
    INSERT INTO notice (campaign_id, subject_kind, subject_id, rule, level, occurrence, post_id,
                        day, created_at, hold_until, state, reason, detail)
    SELECT :campaign, 'stage', :stage, :rule, post.level, :occurrence, post.id,
           :today, :now, :hold, 'waiting', '', :detail
    FROM post WHERE post.campaign_id = :campaign AND NOT post.vacant AND post.id = :post
    ON CONFLICT DO NOTHING"""

_TELL_AT_ONCE = """
    INSERT INTO notice (campaign_id, subject_kind, subject_id, rule, level, occurrence, post_id,
                        day, created_at, hold_until, state, reason, detail, words, urgent)
    SELECT :campaign, :kind, :subject, :rule, post.level, :occurrence, post.id,
           :today, :now, :now, 'waiting', '', '', :words, true
    FROM post WHERE post.campaign_id = :campaign AND NOT post.vacant AND post.id = :post
    ON CONFLICT DO NOTHING"""

_OWNERS = """
    SELECT post.id, u.name AS unit, post.level FROM post LEFT JOIN unit u ON u.id = post.unit_id
    WHERE post.campaign_id = :campaign AND NOT post.vacant
      AND (post.level = 1 OR post.unit_id IS NULL) ORDER BY post.id"""


def tell(
    session: Session,
    campaign_id: int,
    stage_id: int,
    rule: str,
    posts: Iterable[int],
    occurrence: str,
    moment: Moment,
    detail: str = "",
) -> int:
    """Write one notice per post; return how many are new. The table refuses a second of the same."""
    if rule not in STAGE_RULES:
        raise KeyError(rule)
    values = {
        "campaign": campaign_id,
        "stage": stage_id,
        "rule": rule,
        "occurrence": occurrence,
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
        "detail": detail,
    }
    return sum(run(session, _TELL, values | {"post": post}).rowcount for post in posts)


def tell_at_once(
    session: Session,
    campaign_id: int,
    kind: str,
    subject_id: int,
    rule: str,
    words: Mapping[int, str],
    occurrence: str,
    moment: Moment,
) -> int:
    """Write a notice of free words to each post in ``words`` that waits for no morning and no window.

    Returns how many are new: the table refuses a second of the same ``occurrence``.
    """
    if rule not in AT_ONCE_RULES:
        raise KeyError(rule)
    values = {
        "campaign": campaign_id,
        "kind": kind,
        "subject": subject_id,
        "rule": rule,
        "occurrence": occurrence,
        "today": moment.today,
        "now": moment.now,
    }
    return sum(
        run(session, _TELL_AT_ONCE, values | {"post": post, "words": said}).rowcount
        for post, said in words.items()
    )


def owners(session: Session, campaign_id: int, units: Sequence[str]) -> list[int]:
    """Return the posts that answer for ``units`` (liaisons), and the office's, which answers for the rest."""
    wanted = set(units)
    return [
        row.id
        for row in run(session, _OWNERS, {"campaign": campaign_id})
        if row.unit in wanted or (row.unit is None and row.level == Level.OFFICE)
    ]


def leaders_and_office(session: Session, campaign_id: int) -> list[int]:
    """Return every post of the campaign's own."""
    rows = run(session, _OWNERS, {"campaign": campaign_id})
    return [row.id for row in rows if row.unit is None]


def heard_of(session: Session, stage_id: int, occurrence: str) -> list[int]:
    """Return the posts that were told something of a stage under ``occurrence`` (a decision's number)."""
    sql = """SELECT DISTINCT post_id FROM notice
             WHERE subject_kind = 'stage' AND subject_id = :stage AND occurrence = :occurrence
             ORDER BY post_id"""
    return [row.post_id for row in run(session, sql, {"stage": stage_id, "occurrence": occurrence})]
