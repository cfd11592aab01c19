"""Write the checklists of a stage: one per unit, as Markdown and Excel, into a folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.campaign import Campaign, Stage, campaigns, open_campaign, stages_of
from models.database import open_session
from models.errors import NotFoundError
from models.gate import gate_of
from models.holiday import work_calendar
from models.items import OFFICE, Item, assigned_items, by_unit, milestone_items
from models.plan.schema import StageKind
from models.rules.gate_values import Obstacle
from models.rules.lights import light_days
from models.rules.words import MilestoneKind, StageStatus
from notifications.markdown import Markdown
from notifications.rendering import render
from tasks.file_names import file_name
from tasks.patrol import StageView, stage_view
from tasks.reach import lazily_reachable
from tasks.sheets import write_items

UNDER_WAY = (StageStatus.ACTIVE, StageStatus.DECIDING)


@dataclass(frozen=True, slots=True)
class StageRound:
    """One stage on one day: whose checklists there are and what stands in the way.

    ``units`` holds the items of each unit, 创建办 first.
    """

    slug: str
    campaign: str
    is_demo: bool
    today: date
    stage: StageView
    steps: Sequence[Item]
    units: dict[str, list[Item]]
    obstacles: Sequence[Obstacle]
    preview: bool = False  # of another day than today: to be looked at, never a file


def rounds_under_way(
    today: date,
    kind: StageKind | None = None,
    campaign: str | None = None,
    *,
    preview: bool = False,
) -> list[StageRound]:
    """Return every stage that is under way, of ``kind`` and of ``campaign`` where these are given."""
    with open_session(read_only=True) as session:
        chosen = [open_campaign(session, campaign)] if campaign else campaigns(session)
        return [
            replace(_round(session, one, stage, today), preview=preview)
            for one in chosen
            for stage in stages_of(session, one.id or 0)
            if stage.status in UNDER_WAY and kind in (None, stage.kind)
        ]


def write_checklists(
    rounds: Sequence[StageRound], out: Path, unit: str | None = None
) -> list[Path]:
    """Write a Markdown and an Excel file per stage and unit under ``out``; return the Markdown files.

    A file that exists is replaced in one move, so a reader never meets half a checklist. Several
    campaigns have a folder each: their stages may be called the same. With ``unit`` only that unit's are written; raises NotFoundError when it has nothing to do. Of a preview nothing is written.
    """
    chosen_unit(rounds, unit)
    written = []
    several = len({one.slug for one in rounds}) > 1
    for one in (one for one in rounds if not one.preview):
        folder = (out / one.slug if several else out) / _folder(one)
        folder.mkdir(parents=True, exist_ok=True)
        for name, items in one.units.items():
            if unit in (None, name):
                target = folder / f"{file_name(name)}.md"
                _replace(target, checklist(one, name).encode())
                write_items(target.with_suffix(".xlsx"), f"{one.stage.name}清单：{name}", items)
                written.append(target)
    return written


def chosen_unit(rounds: Sequence[StageRound], unit: str | None) -> None:
    """Raise NotFoundError, with those that have one, when ``unit`` has no checklist."""
    known = sorted({name for one in rounds for name in one.units})
    if unit and unit not in known:
        raise NotFoundError(
            f"{unit} 在进行中的阶段没有清单；"
            + (f"有清单的是：{'、'.join(known)}" if known else "目前没有进行中的阶段")
        )


def checklist(one: StageRound, unit: str) -> str:
    """Return the checklist of ``unit`` as Markdown."""
    office = unit == OFFICE
    return render(
        f"checklists/{one.stage.kind}.md.j2",
        campaign=one.campaign,
        stage=one.stage.name,
        demo=one.is_demo,
        preview=one.preview,
        unit=unit,
        days=f"{one.stage.planned_start or '未定'} 至 {one.stage.planned_end or '未定'}",
        today=one.today,
        steps=one.steps if office else [],
        items=[item for item in one.units[unit] if not (office and item in one.steps)],
        obstacles=one.obstacles if office else [o for o in one.obstacles if o.owner == unit],
    )


def _round(session: Session, campaign: Campaign, stage: Stage, today: date) -> StageRound:
    campaign_id = campaign.id or 0
    days = light_days(today, work_calendar(session))
    milestones = milestone_items(session, campaign_id, days)
    own = [m for m in milestones if m.unit != OFFICE and m.kind is not MilestoneKind.WORK_ITEM]
    mine = [m for m in milestones if m.stage == stage.ordinal and m.unit == OFFICE]
    gate = gate_of(session, campaign, stage, today, lazily_reachable())
    theirs = by_unit([*assigned_items(session, campaign_id, days), *own])
    # A plan may list the office among its units: one checklist then, with its steps and its items.
    steps = {item.code for item in mine}
    more = [item for item in theirs.pop(OFFICE, []) if item.code not in steps]
    units = {OFFICE: [*mine, *more], **theirs}
    return StageRound(
        slug=campaign.slug,
        campaign=campaign.title,
        is_demo=campaign.is_demo,
        today=today,
        stage=stage_view(stage),
        steps=mine,
        units=units,
        obstacles=gate.obstacles,
    )


def _folder(one: StageRound) -> str:
    return f"{one.stage.ordinal}-{file_name(one.stage.name)}"


def _replace(target: Path, content: bytes) -> None:
    draft = target.with_name(f".{target.name}.draft")
    draft.write_bytes(content)
    draft.replace(target)


def stage_page(one: StageRound) -> str:
    """Return all checklists of a stage as one Markdown page, each unit folded away."""
    texts = [(name, Markdown(checklist(one, name).replace("\n# ", "\n### "))) for name in one.units]
    return render(
        "checklists/_page.md.j2",
        campaign=one.campaign,
        stage=one.stage.name,
        demo=one.is_demo,
        preview=one.preview,
        today=one.today,
        folder=f"checklists/{one.slug}/{_folder(one)}",
        obstacles=one.obstacles,
        units=texts,
    )
