"""Put a campaign under another, and keep the number by which it was approved."""

from dataclasses import dataclass

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, open_campaign, writing_to
from models.campaign.ending import rename
from models.campaign.moves import Occasion
from models.cascade.placing import PlacedUnder, names_below, place_under, take_out
from models.errors import NotFoundError, ProgressError
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.run_kinds import run_kind_of
from models.rules.typed_words import as_typed
from models.rules.words import RunKind, post_fault

OTHER_DATABASE = "上级和下级要装在同一个系统里；装在别的电脑上的连不起来，请把下级的方案也装到这里，或由各级各自进行"


@dataclass(frozen=True, slots=True)
class ToBePlaced:
    """What was typed of a plan's place: the parent's name, its unit there, that it is a plan of work."""

    parent: str = ""
    unit: str = ""
    work_plan: bool = False
    by: str = "操作员"

    def kind(self, issuer: str) -> RunKind:
        """Return what the plan is run as: what was said, else what its issuer says."""
        return RunKind.WORK_PLAN if self.work_plan else run_kind_of(issuer)


def put_in_place(
    session: Session, campaign: Campaign, where: ToBePlaced, moment: Moment, *, fresh: bool
) -> list[str]:
    """Say what ``campaign`` is run as and put it under its parent; return what its office should know.

    Repeatable. Raises what `place_under` does; the caller's transaction is then taken back.
    """
    kind = where.kind(campaign.issuer)
    if (fresh or where.work_plan) and campaign.run_kind != kind:
        campaign.run_kind = kind.value
        entry = NewEntry(where.by, "campaign-kind", campaign.slug, {"to": kind.chinese})
        record(session, campaign.id, moment, entry)
    notes = []
    if where.parent.strip():
        above = _parent(session, where.parent)
        placed = place_under(session, campaign, above, where.unit, where.by, moment)
        notes += _placed_in_words(campaign, placed)
    if fresh:
        notes += _told_once(campaign)
    return notes


def _told_once(campaign: Campaign) -> list[str]:
    """Return what is said of a run when it is loaded first, and not again."""
    if campaign.run_kind == RunKind.WORK_PLAN:
        return [
            f"“{campaign.label}”按工作计划管理：部门、乡镇和街道不自行开展创建示范活动"
            "（创建示范活动管理办法（试行），2022 年），文书和消息里都叫工作计划"
        ]
    if campaign.approval_number or campaign.is_demo:
        return []
    return [
        "还没有登记批准文号：创建示范活动须经批准才能开展（创建示范活动管理办法（试行），2022 年），"
        f"请运行 {as_typed('shifan', 'campaign', 'approval', campaign.slug, '--number', '文号')}"
    ]


def _placed_in_words(campaign: Campaign, placed: PlacedUnder) -> list[str]:
    said = [
        f"“{campaign.label}”归在“{placed.parent}”下面"
        + (f"，是{placed.unit}的" if placed.unit else "")
    ]
    if not placed.unit:
        said.append(
            f"没有看出它是“{placed.parent}”名册里哪个单位的，请用 "
            f"{as_typed('shifan', 'campaign', 'parent', campaign.slug, '--to', placed.parent, '--of', '单位')} 写明"
        )
    return said


def _parent(session: Session, name: str) -> Campaign:
    try:
        return open_campaign(session, name.strip())
    except NotFoundError as error:
        raise NotFoundError(f"{error}；{OTHER_DATABASE}") from None


def change_parent(slug: str, to: str, unit: str, by: str, moment: Moment) -> list[str]:
    """Put the campaign ``slug`` under ``to``, or let it stand for itself where that is empty; in words."""
    if fault := post_fault(by, "办理"):
        raise ProgressError(fault)
    if unit.strip() and not to.strip():
        raise ProgressError("写了 --of 就要写明上级（--to）")
    with writing_to(slug) as (session, campaign):
        if to.strip():
            above = _parent(session, to)
            return _placed_in_words(
                campaign, place_under(session, campaign, above, unit, by.strip(), moment)
            )
        done = take_out(session, campaign, by.strip(), moment)
        return [f"“{campaign.label}”{'不再有上级，已交办的事项仍在' if done else '本来就没有上级'}"]


def set_kind(slug: str, word: str, by: str, moment: Moment) -> str:
    """Say that a run is a campaign, or a plan of work, whose name then says so; return it in words. Repeatable.

    Raises ProgressError for a plan of work that has an approval's number or others below it.
    """
    kind = next((one for one in RunKind if one.chinese == word.strip()), None)
    known = "、".join(one.chinese for one in RunKind)
    unknown = "" if kind else f"没有“{shown(word)}”这种性质，有：{known}"
    faults = [one for one in (post_fault(by, "办理"), unknown) if one]
    if kind is None or faults:
        raise ProgressError("；".join(faults))
    with writing_to(slug) as (session, campaign):
        if campaign.run_kind == kind:
            return f"“{campaign.label}”本来就是{kind.chinese}，没有变动"
        if kind is RunKind.WORK_PLAN and (why := _no_work_plan(session, campaign)):
            raise ProgressError(f"“{campaign.label}”不能改成工作计划：{'；'.join(why)}")
        before, campaign.run_kind = campaign.label, kind.value
        entry = NewEntry(by.strip(), "campaign-kind", campaign.slug, {"to": kind.chinese})
        record(session, campaign.id, moment, entry)
        name = campaign.slug.replace(RunKind.WORK_PLAN.chinese, "").strip() or campaign.slug
        rename(session, campaign, name, Occasion(by.strip(), moment, "明确性质"))
        return f"“{before}”是{kind.chinese}，简称为“{campaign.label}”"


def _no_work_plan(session: Session, campaign: Campaign) -> list[str]:
    names = names_below(session, campaign)
    below = [f"下面还有{'、'.join(names[:3])}"] if names else []
    number = campaign.approval_number
    return below + ([f"登记了批准文号 {shown(number)}，只有创建活动才有"] if number else [])


def set_approval(slug: str, number: str, by: str, moment: Moment) -> str:
    """Keep the number by which a campaign was approved (批准文号); return it in words. Repeatable.

    Raises ProgressError for a plan of work, which is not approved but issued.
    """
    if fault := post_fault(by, "登记"):
        raise ProgressError(fault)
    text = number.strip()
    with writing_to(slug) as (session, campaign):
        if campaign.run_kind == RunKind.WORK_PLAN:
            raise ProgressError(f"“{campaign.label}”是工作计划，不是经批准的创建活动，没有批准文号")
        if campaign.approval_number == text:
            return f"{campaign.label}：批准文号本来就是 {shown(text)}，没有变动"
        facts = {"from": campaign.approval_number, "to": text}
        campaign.approval_number = text
        entry = NewEntry(by.strip(), "campaign-approved", campaign.slug, facts)
        record(session, campaign.id, moment, entry)
        return f"{campaign.label}：批准文号 {shown(text)}"
