"""Outlines and talks (综合访谈): out as lists, and back with marks and points raised."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import all_of, looking_at
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.words import TalkRole
from models.rules.words import OFFICE
from models.surveys.talk import Talk, TalkMark, outline_of, talk_marks_of, talks_of
from models.surveys.talk_writing import (
    OutlineItem,
    RoleOutcome,
    kept_outline,
    name_finding,
    role_outcomes,
    store_outline,
    store_talk_marks,
    store_talks,
)
from models.units.unit import units_of
from tasks.figures.figures_list import names_and_ids
from tasks.lists.belonging import TALKS as TALKS_TITLE
from tasks.lists.belonging import list_title
from tasks.lists.sending import Listed, send_list
from tasks.lists.taking import Loaded, Returned, returned
from tasks.surveys.masking import masked_faults, masked_loaded
from tasks.surveys.talk_rows import ANSWERED, OUTLINE, PLANNED, TalkRows, outline_items
from tasks.workbook.writing import write_workbook

ROLE_HEAD = ("对象", "访谈", "已评分", "得分（百分制）", "列为问题")


def export_outline(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the outlines of all roles; return how many questions."""

    def rows(session: Session, campaign_id: int) -> Listed:
        return [
            (TalkRole(one.role).chinese, one.number, one.text, one.points)
            for one in outline_of(session, campaign_id)
        ], ""

    return send_list(slug, OUTLINE, path, moment, rows)


def load_outline(slug: str | None, path: Path, moment: Moment) -> Loaded:
    """Take the outlines in, whole. Repeatable. Raises PlanError with every fault; nothing is written then."""
    with returned(slug, path, (OUTLINE,), moment) as taken:
        items: list[OutlineItem] = outline_items(taken.book)
        taken.book.faults.stop()
        count = store_outline(taken.session, taken.campaign_id, items)
        if count:
            taken.record("talks-loaded", {"changed": count, "made_by": OFFICE})
        return taken.loaded(count, f"提纲 {len(items)} 题，{count} 处变更")


def export_talks(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the talks and, for each, a row per question of its role; return how many talks."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        titles = [
            list_title(campaign, TALKS_TITLE, moment.today, sheet.name)
            for sheet in (PLANNED, ANSWERED)
        ]
        names = {key_of(one): one.name for one in units_of(session, campaign_id)}
        talks = talks_of(session, campaign_id)
        asked = outline_of(session, campaign_id)
        marks = {(one.talk_id, one.question_id): one for one in talk_marks_of(session, campaign_id)}
        plan = [(*_head(one, names), one.held_on, one.by_post, "") for one in talks]
        rows = []
        for talk in talks:
            for question in (one for one in asked if one.role == talk.role):
                mark = marks.get((key_of(talk), question.id or 0))
                said = (
                    (mark.points, mark.note, "是" if mark.raised else "")
                    if mark
                    else (None, "", "")
                )
                about = (question.number, question.text, question.points)
                rows.append((*_head(talk, names), *about, *said, mark.finding if mark else ""))
    write_workbook(path, [PLANNED.filled(plan, titles[0]), ANSWERED.filled(rows, titles[1])])
    return len(talks)


def _head(talk: Talk, names: Mapping[int, str]) -> tuple[str, str, str]:
    unit = names[talk.unit_id] if talk.unit_id else ""
    return f"T{talk.number}", TalkRole(talk.role).chinese, unit


def load_talks(slug: str | None, path: Path, drill: str, moment: Moment) -> Loaded:
    """Take talks and what they gave in; what is marked 列为问题 becomes a finding, once.

    Repeatable. ``drill`` is the drill they are of (M3), empty for none. Raises
    PlanError with every fault; nothing is written then.
    """
    with masked_faults(), returned(slug, path, (PLANNED, ANSWERED), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        asked = kept_outline(session, campaign_id)
        known = {one.number: one for one in all_of(session, Talk, campaign_id)}
        rows = TalkRows(taken.book, known, asked, names_and_ids(session, campaign_id))
        talks, marks = rows.talks(moment.today), rows.marks()
        taken.book.faults.stop()
        changed = store_talks(session, campaign_id, talks)
        noted, waiting = store_talk_marks(session, campaign_id, marks)
        if changed or noted:
            taken.record("talks-loaded", {"changed": changed + noted, "made_by": OFFICE})
        raised = _raise(taken, waiting, drill)
        said = f"{changed} 处访谈变更，{noted} 处记录变更"
        more = f"列为问题 {len(raised)} 条：{'、'.join(raised)}" if raised else ""
        notes = [f"有 {rows.masked} 条要点带号码，已遮盖"] if rows.masked else []
        return masked_loaded(taken.loaded(changed + noted, said, more, notes=notes))


def _raise(taken: Returned, marks: Sequence[tuple[Talk, TalkMark]], drill: str) -> list[str]:
    """Raise a finding of each note that waits; return their codes."""
    source = f"drill:{drill}" if drill else "self-check"
    news = [
        NewFinding(mark.note, source, min(talk.held_on, taken.moment.today), talk.unit_id)
        for talk, mark in marks
    ]
    outcomes = raise_findings(taken.session, taken.campaign_id, news, OFFICE, taken.moment)
    codes = []
    for (_, mark), outcome in zip(marks, outcomes, strict=True):
        for fault in outcome.faults:
            taken.book.faults.add(f"列为问题的“{mark.note[:20]}”：{fault}")
        if outcome.code:
            name_finding(taken.session, mark, outcome.code)
            codes.append(outcome.code)
    taken.book.faults.stop()
    return codes


def talk_results(slug: str | None) -> list[RoleOutcome]:
    """Return what the talks came to, role by role in their fixed order."""
    with looking_at(slug) as (session, campaign):
        return role_outcomes(session, key_of(campaign))


def role_cells(one: RoleOutcome) -> tuple[str | int, ...]:
    """Return the cells of a role's line."""
    score = "—" if one.score is None else f"{one.score:.1f}"
    return one.role.chinese, one.talks, one.marked, score, one.raised
