"""Show the groups on a day: who sits where, the documents of their duties, and what is missing."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from models.campaign.campaign import looking_at
from models.groups.documents import DocumentLine, document_lines
from models.groups.group import group_named
from models.groups.listing import GroupLine, group_lines
from models.keys import key_of
from models.plan.schema import Plan
from models.rules.gates.checks import names
from models.rules.groups.words import DocumentStanding
from models.rules.words import OFFICE

KEPT_NONE = "方案是旧版本装入的，还没有各组的名单：请再装入一次方案（shifan plan load，--slug 写现在的简称），已登记的不变"


def groups_shown(slug: str | None, day: date, name: str = "") -> list[GroupLine]:
    """Return the groups of a campaign as they are on ``day``, or the one of that name.

    Raises NotFoundError that lists the groups.
    """
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        number = group_named(session, campaign_id, name).number if name.strip() else 0
        lines = group_lines(session, campaign_id, day)
        return [one for one in lines if number in (0, one.number)]


def documents_shown(slug: str | None) -> list[DocumentLine]:
    """Return the documents that duties name."""
    with looking_at(slug) as (session, campaign):
        return document_lines(session, key_of(campaign))


def no_groups_in_words(slug: str | None) -> str:
    """Return why there is no group to show: the plan names none, or a version that kept none loaded it."""
    with looking_at(slug) as (_, campaign):
        if Plan.model_validate_json(campaign.plan_json).groups:
            return KEPT_NONE
    return "方案里没有写领导小组和工作组"


def gaps_in_words(groups: Sequence[GroupLine]) -> list[str]:
    """Return what is missing of the groups: roles that nobody has, posts that no contact holds."""
    said = [f"{one.name}还没有{'、'.join(one.missing)}" for one in groups if one.missing]
    vacant = list(dict.fromkeys(holder for one in groups for holder in one.vacancies))
    if vacant:
        said.append(
            f"有 {len(vacant)} 个职务在联系岗位表里没有人或标着空缺：{names(vacant)}"
            "（用 shifan posts export 补上；只是挂名、不用联系的可以不补）"
        )
    gone = list(dict.fromkeys(s.gone for one in groups for s in one.seats if s.gone))
    if gone:
        said.append(f"名单里有已经撤并的单位：{names(gone)}（用 shifan groups seat、leave 改正）")
    return said


def documents_in_words(lines: Sequence[DocumentLine]) -> list[str]:
    """Return what the office is asked about documents: whether one is due, whose, and by when."""
    asked = [
        f"{one.code} {one.group}：{one.doubt}；要交就运行 shifan groups document {one.code} --due 日期，"
        f"不是要交的文件就加 --none"
        for one in lines
        if one.standing is DocumentStanding.ASKED
    ]
    due = [one for one in lines if one.standing is DocumentStanding.DUE and not one.state.is_over]
    asked += [
        f"{one.code}《{one.title}》方案里没有写时限，请用 shifan groups document {one.code} --due 日期 定下"
        for one in due
        if one.due is None
    ]
    if nobodys := [one.code for one in due if not one.owner]:
        asked.append(
            f"{'、'.join(nobodys)} 的组没有牵头单位，也没有写设在哪里，先由{OFFICE}负责；"
            f"请用 shifan groups document {nobodys[0]} --owner 单位 逐份写明"
        )
    return asked


def seat_rows(group: GroupLine) -> list[tuple[str, str, date, str]]:
    """Return the rows of a group's table: a post each, units of one role and day together."""
    rows = []
    for (word, is_unit, first), seats in groupby(
        group.seats, key=lambda one: (one.word, one.is_unit, one.first)
    ):
        if is_unit:
            rows.append((word, "、".join(one.holder for one in seats), first, "—"))
        else:
            rows += [(word, one.holder, first, one.vacancy or "—") for one in seats]
    return rows
