"""What stands and must be said again: one statement a patrol, made of a branch for each room that has such a thing.

A room that must tell of something that stands adds a `StandingBranch` here. Its ``select`` finds it and who is
told, its ``say`` puts what was found into words; the patrol's statements stay as many as they were.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlmodel import Session

from models.cascade.handed_lines import MOVED
from models.database import as_day, run
from models.evidence.intake.looking_up import WAITS
from models.findings.waiting import WAITING
from models.groups.asked import ASKED
from models.inspection.uncovered import UNCOVERED
from models.notices.burden import monday_of
from models.notices.seats import GONE, LEFT_BEHIND, of_the_office
from models.notices.writing import Word, tell_all
from models.rules.calendar.moment import Moment
from models.rules.findings.days import LOOK_BACK_DAYS
from models.rules.notices import rule_words
from models.rules.notices.rule_words import (
    BRIEFING_WAITS,
    DOCUMENTS_ASKED,
    FILES_WAIT,
    FINDINGS_WAIT,
    HANDED_MOVED,
    SILENCE_STANDS,
    SUCCESSOR_WANTED,
    VISITS_MISSING,
)
from models.rules.publicity.missing import Missed, missing_in_words
from models.rules.visits.gaps import Gap, VisitGap, gaps_in_words
from models.rules.words import Level


@dataclass(frozen=True, slots=True)
class Found:
    """Something that stands: its id, the post that is told, and what the words need of it."""

    rule: str
    id: int
    post: int
    name: str
    author: str
    reason: str
    until: date | None
    flag: bool
    items: int
    campaign_id: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """When it is said: the campaign, and the Monday of the week, for what is said once a week."""

    campaign_id: int
    monday: str


@dataclass(frozen=True, slots=True)
class StandingBranch:
    """A branch: its rule, the SELECT of the ten columns of `Found`, and what is said of its rows.

    The SELECT may bind ``these`` (the campaigns), ``today``, ``monday``, ``look_back``, ``month_ago`` and ``week_ago``
    (an instant). ``say`` is given the rows of one post, oldest first, and yields the words of each notice;
    one that has the Monday for its occurrence is said once a week. Of text columns there is an empty text, never NULL.
    """

    rule: str
    select: str
    say: Callable[[list[Found], Week], Iterator[Word]]


# What units owe of recurring duties and did not send by its day.
_SUBMISSIONS = f"""
    SELECT '{rule_words.SUBMISSIONS_MISSING}', m.id, p.id, m.code, u.name, m.title, m.due, false, u.id,
           m.campaign_id
    FROM milestone m JOIN unit u ON u.id = m.unit_id JOIN {of_the_office("m.campaign_id")}
    WHERE m.campaign_id IN :these AND m.kind = 'submission' AND NOT m.withdrawn
      AND m.state IN ('open', 'started') AND m.due < :today AND NOT u.retired"""  # noqa: S608

# The silences that stand since yesterday, each with its author's post.
_SILENCES = f"""
    SELECT '{SILENCE_STANDS}' AS rule, s.id, p.id AS post, s.scope AS name, s.author, s.reason,
           s.until, false AS flag, 0 AS items, s.campaign_id
    FROM silence s JOIN post p ON p.id = (
        SELECT min(o.id) FROM post o WHERE o.campaign_id = s.campaign_id
            AND o.tag = s.author_tag
            AND o.id NOT IN ({GONE.format(of="p.campaign_id = s.campaign_id")}))
    WHERE s.campaign_id IN :these AND s.ended_on IS NULL AND s.begins < :today
      AND s.until >= :today"""  # noqa: S608

# The units that nobody answers for.
_LEFT = f"""
    SELECT '{SUCCESSOR_WANTED}', l.unit_id, p.id, l.name, '', '', NULL, l.retired,
           CAST(l.items AS INTEGER), l.campaign_id
    FROM ({LEFT_BEHIND}) AS l JOIN {of_the_office("l.campaign_id")}"""  # noqa: S608

# The evidence that waits for a week and was not told yet, where none was told this week.
_FILES = f"""
    SELECT '{FILES_WAIT}', f.id, p.id, f.name, coalesce(u.name, ''), '', NULL, false, 0,
           f.campaign_id
    FROM received_file f LEFT JOIN unit u ON u.id = f.unit_id JOIN {of_the_office("f.campaign_id")}
    WHERE f.campaign_id IN :these AND f.received_at < :week_ago AND {WAITS}
      AND NOT EXISTS (SELECT 1 FROM received_file y WHERE y.campaign_id = f.campaign_id AND y.id < f.id
          AND y.received_at >= :week_ago AND {WAITS.replace("f.", "y.")})
      AND f.id > coalesce((SELECT max(CAST(n.occurrence AS INTEGER)) FROM notice n
          WHERE n.campaign_id = f.campaign_id AND n.rule = '{FILES_WAIT}'), 0)
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.campaign_id = f.campaign_id
          AND n.rule = '{FILES_WAIT}' AND n.created_at > :week_ago)"""  # noqa: S608


# What of the findings and dispatches waits for the office, each week.
_FINDINGS = f"""
    SELECT '{FINDINGS_WAIT}', 0, p.id, w.what, '', '', NULL, false, CAST(w.items AS INTEGER),
           w.campaign_id
    FROM ({WAITING}) AS w JOIN {of_the_office("w.campaign_id")} WHERE w.items > 0"""  # noqa: S608
# The draft of a briefing that waits for a person.
_BRIEFINGS = f"""
    SELECT '{BRIEFING_WAITS}', b.id, p.id, '', '', '', b.last, false, b.draft, b.campaign_id
    FROM briefing b JOIN {of_the_office("b.campaign_id")}
    WHERE b.campaign_id IN :these AND b.state = 'draft'"""  # noqa: S608


def _of_silences(found: list[Found], week: Week) -> Iterator[Word]:
    for row in found:
        until = row.until or date.max
        text = rule_words.silence_stands(row.id, row.name, row.author, row.reason, until)
        yield Word("silence", row.id, row.rule, week.monday, text)


def _weekly(week: Week, rule: str, text: str) -> Word:
    """Return what the office hears of a campaign once a week."""
    return Word("campaign", week.campaign_id, rule, week.monday, text, meant_for=Level.OFFICE)


def _of_submissions(found: list[Found], week: Week) -> Iterator[Word]:
    said = missing_in_words(
        [Missed(o.name, o.author, o.reason, o.until or date.max, o.items) for o in found]
    )
    yield _weekly(week, rule_words.SUBMISSIONS_MISSING, said)


def _of_units(found: list[Found], week: Week) -> Iterator[Word]:
    for row in found:
        text = rule_words.successor_wanted(row.name, row.items, retired=row.flag)
        yield Word("unit", row.id, row.rule, week.monday, text, meant_for=Level.OFFICE)


def _of_files(found: list[Found], week: Week) -> Iterator[Word]:
    text = rule_words.files_wait([(row.name, row.author) for row in found])
    last = str(max(row.id for row in found))
    yield Word("campaign", week.campaign_id, FILES_WAIT, last, text, meant_for=Level.OFFICE)


def _of_documents(found: list[Found], week: Week) -> Iterator[Word]:
    text = rule_words.documents_asked([row.name for row in found])
    yield _weekly(week, DOCUMENTS_ASKED, text)


def _of_handed(found: list[Found], week: Week) -> Iterator[Word]:
    said: tuple[list[str], list[str]] = [], []
    for row in found:
        now = "已撤销" if row.flag else f"现在是 {row.until}" if row.until else "现在没有时限"
        said[row.items].append(f"{row.name}（{row.author}，{now}）")
    text = rule_words.handed_moved(*said)
    yield _weekly(week, HANDED_MOVED, text)


def _of_briefings(found: list[Found], week: Week) -> Iterator[Word]:
    for row in found:
        text = rule_words.briefing_waits(row.items, row.until or date.max)
        yield _weekly(week, row.rule, text)


def _of_findings(found: list[Found], week: Week) -> Iterator[Word]:
    text = rule_words.findings_wait({row.name: row.items for row in found})
    yield _weekly(week, FINDINGS_WAIT, text)


def _of_visits(found: list[Found], week: Week) -> Iterator[Word]:
    gaps = [VisitGap(Gap(row.author), row.name, row.items) for row in found]
    text = gaps_in_words(gaps, wanted=int(found[0].reason))
    yield _weekly(week, VISITS_MISSING, text)


BRANCHES = (
    StandingBranch(SILENCE_STANDS, _SILENCES, _of_silences),
    StandingBranch(rule_words.SUBMISSIONS_MISSING, _SUBMISSIONS, _of_submissions),
    StandingBranch(SUCCESSOR_WANTED, _LEFT, _of_units),
    StandingBranch(FILES_WAIT, _FILES, _of_files),
    StandingBranch(
        DOCUMENTS_ASKED, ASKED.format(office=of_the_office("d.campaign_id")), _of_documents
    ),
    StandingBranch(FINDINGS_WAIT, _FINDINGS, _of_findings),
    StandingBranch(BRIEFING_WAITS, _BRIEFINGS, _of_briefings),
    StandingBranch(
        HANDED_MOVED, MOVED.format(rule=HANDED_MOVED, office=of_the_office("own.id")), _of_handed
    ),
    StandingBranch(
        VISITS_MISSING, UNCOVERED.format(office=of_the_office("s.campaign_id")), _of_visits
    ),
)
_ALL = "\n    UNION ALL".join(branch.select for branch in BRANCHES) + "\n    ORDER BY 1, 3, 2"


def remind_of_what_stands(
    session: Session, campaign_ids: Sequence[int], moment: Moment
) -> Counter[int]:
    """Tell whom it concerns of all that stands (`BRANCHES`); return how many notices are new in each campaign.

    Silences: their authors, the first working day after they were made, then each week. Evidence that no
    ledger speaks of: the office, once, when it has waited for a week, in one message a week, of which each
    knows by its ``occurrence`` how far the last one told. All others: the office, once a week in one notice
    for each rule, for each unit where nobody answers for it. Repeatable.
    """
    monday = monday_of(moment.today)
    values = {
        "these": tuple(campaign_ids),
        "today": moment.today,
        "monday": monday,
        "week_ago": moment.now - timedelta(weeks=1),
        "look_back": moment.today - timedelta(days=LOOK_BACK_DAYS),
        "month_ago": moment.today - timedelta(days=30),
    }
    found = [_found(*row) for row in run(session, _ALL, values)]
    return tell_all(session, campaign_ids, _said(found, monday.isoformat()), moment)


def _found(rule: str, id: int, post: int, *more: Any) -> Found:
    name, author, reason, until, flag, items, campaign = more
    return Found(rule, id, post, name, author, reason, as_day(until), bool(flag), items, campaign)


def _said(found: Iterable[Found], monday: str) -> Iterator[tuple[int, Word]]:
    say = {branch.rule: branch.say for branch in BRANCHES}
    for (rule, post), rows in groupby(found, key=attrgetter("rule", "post")):
        each = list(rows)
        for word in say[rule](each, Week(each[0].campaign_id, monday)):
            yield post, word
