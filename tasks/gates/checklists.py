"""Write the checklists of a stage: one per unit, as Markdown and Excel, into a folder."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage, campaigns, open_campaign, stages_of
from models.campaign.items import Item, assigned_items, by_unit, milestone_items
from models.database import open_session
from models.decisions.gate import gate_facts, plan_gates
from models.errors import NotFoundError
from models.evidence.shown.asked import parts_asked
from models.files.whole_file import write_whole
from models.keys import key_of
from models.rules.campaign_names import DEMO, label
from models.rules.evidence.asked import PartAsked
from models.rules.gates.judge import judge
from models.rules.gates.values import GateFacts, GateReport, Obstacle
from models.rules.lights import light_days
from models.rules.words import OFFICE, UNDER_WAY, MilestoneKind, StageKind
from notifications.markdown import Markdown
from notifications.rendering import render
from tasks.file_names import campaign_folder, file_name
from tasks.gates.chapters import Chapter
from tasks.office.reach import lazily_reachable
from tasks.patrol.view import StageView, stage_view
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.writing import write_workbook

OLD = "旧清单"  # where checklists of an earlier day go
IN_PARTS, NOTE = "分段时限", "说明"
EVIDENCE = ("要求", "已报材料及处理", "还缺", "下一步")
CHECKLIST = Sheet(
    "清单",
    (
        Column("编号"),
        Column("事项", width=46),
        Column("职责"),
        Column("时限", kind=Kind.DAY),
        Column(IN_PARTS, width=28),
        Column("进度"),
        Column("灯"),
        Column(NOTE, width=30),
        *(
            Column(name, width=width)
            for name, width in zip(EVIDENCE, (16, 36, 24, 24), strict=True)
        ),
    ),
    note="供对照使用，不必填写；进度有变化时，请联络员告诉创建办登记。",
)


@dataclass(frozen=True, slots=True)
class StageRound:
    """One stage on one day: whose checklists there are and what stands in the way.

    ``units`` holds the items of each unit, 创建办 first.
    """

    slug: str
    address: str  # of its pages
    campaign: str  # the title
    is_demo: bool
    today: date
    stage: StageView
    steps: Sequence[Item]
    units: dict[str, list[Item]]
    gate: GateReport
    facts: GateFacts  # what the gate was judged by
    preview: bool  # of another day than today: to be looked at, never a file
    asked: Mapping[tuple[str, str], PartAsked] = field(default_factory=dict)  # by unit and code
    chapters: Sequence[Chapter] = ()  # of its page, by the flow of its kind

    @property
    def obstacles(self) -> Sequence[Obstacle]:
        """Return what stands in the way of closing the stage."""
        return self.gate.obstacles

    @property
    def label(self) -> str:
        """Return what the campaign is called, 【演示】 behind a demonstration."""
        return label(self.slug, self.is_demo)

    @property
    def folder(self) -> Path:
        """Return where its files stand: a folder per campaign, in it one per stage."""
        stage = f"{self.stage.ordinal}-{file_name(self.stage.name)}"
        return Path(campaign_folder(self.label), stage)


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
            _round(session, one, stage, today, preview)
            for one in chosen
            for stage in stages_of(session, key_of(one))
            if stage.status in UNDER_WAY and kind in (None, stage.kind)
        ]


def write_checklists(
    rounds: Sequence[StageRound], out: Path, unit: str | None = None
) -> list[Path]:
    """Write a Markdown and an Excel file per stage and unit under ``out``; return the Markdown files.

    A file that exists is replaced in one move, so a reader never meets half a checklist. Every
    campaign has a folder of its own: its stages may be called as another's. With ``unit`` only that
    unit's are written; raises NotFoundError when it has nothing to do. Of a preview nothing is written.
    """
    chosen_unit(rounds, unit)
    written = []
    for one in (one for one in rounds if not one.preview):
        folder = out / one.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, items in one.units.items():
            if unit in (None, name):
                target = folder / f"{file_name(name)}{DEMO if one.is_demo else ''}.md"
                title = f"{one.label} {one.stage.name}清单：{name}（截至 {one.today}）"
                write_whole(target, checklist(one, name).encode(), lasting=False)
                sheet = CHECKLIST.filled([_row(one, item) for item in items], title)
                for column in (IN_PARTS, NOTE, *EVIDENCE):
                    sheet = sheet.without_empty(column)
                write_workbook(target.with_suffix(".xlsx"), [sheet], replace=True)
                written.append(target)
    return written


def _row(one: StageRound, item: Item) -> tuple[object, ...]:
    role = item.role.chinese if item.role else item.kind.chinese
    known = (item.due, item.parts, item.state.chinese, item.light.chinese, item.note)
    part = one.asked.get((item.unit, item.code)) if item.role else None
    words = (
        (part.asked_words, part.handed_words, part.lacking_words, part.next_words)
        if part
        else ("",) * len(EVIDENCE)
    )
    return item.code, item.title, role, *known, *words


def put_stale_aside(folders: Iterable[Path], written: Collection[Path]) -> int:
    """Move the checklists in ``folders`` that are of an earlier day into 旧清单; return how many.

    What then stands there is what was ``written``, no less and no more. Nothing is deleted.
    """
    stays = {*written, *(path.with_suffix(".xlsx") for path in written)}
    moved = set()
    for folder in folders:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix in (".md", ".xlsx") and path not in stays and path.is_file():
                aside = folder.parent / OLD / folder.name
                aside.mkdir(parents=True, exist_ok=True)
                path.replace(aside / path.name)
                moved.add(path.with_suffix(""))
    return len(moved)


def stage_folders(rounds: Sequence[StageRound], out: Path) -> list[Path]:
    """Return the folders of all stages of the campaigns of ``rounds``, also of those that have ended."""
    roots = dict.fromkeys((out / one.folder).parent for one in rounds)
    return [path for root in roots for path in sorted(root.glob("[0-9]*-*"))]


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
        one=one,
        unit=unit,
        days=f"{one.stage.planned_start or '未定'} 至 {one.stage.planned_end or '未定'}",
        steps=one.steps if office else [],
        items=[item for item in one.units[unit] if not (office and item in one.steps)],
        asked=asked_of(one, unit),
        obstacles=one.obstacles if office else [o for o in one.obstacles if o.owner == unit],
    )


def asked_of(one: StageRound, unit: str) -> list[PartAsked]:
    """Return what ``unit`` is asked to show, item by item, without those for which there is nothing to do."""
    parts = (one.asked.get((unit, item.code)) for item in one.units[unit] if item.role)
    return [part for part in parts if part and (part.pieces or part.needs)]


def _round(
    session: Session, campaign: Campaign, stage: Stage, today: date, preview: bool
) -> StageRound:
    campaign_id = key_of(campaign)
    days = light_days(today, work_calendar(session))
    milestones = milestone_items(session, campaign_id, days)
    own = [m for m in milestones if m.unit != OFFICE and m.kind is not MilestoneKind.WORK_ITEM]
    mine = [m for m in milestones if m.stage == stage.ordinal and m.unit == OFFICE]
    facts = gate_facts(session, campaign, stage, today, lazily_reachable())
    theirs = by_unit([*assigned_items(session, campaign_id, days), *own])
    asked = parts_asked(session, campaign_id, today)
    # A plan may list the office among its units: one checklist then, with its steps and its items.
    steps = {item.code for item in mine}
    more = [item for item in theirs.pop(OFFICE, []) if item.code not in steps]
    units = {OFFICE: [*mine, *more], **theirs}
    return StageRound(
        slug=campaign.slug,
        address=campaign.address,
        campaign=campaign.title,
        is_demo=campaign.is_demo,
        today=today,
        stage=stage_view(stage),
        steps=mine,
        units=units,
        gate=judge(StageKind(stage.kind), facts, plan_gates(campaign)),
        facts=facts,
        preview=preview,
        asked={(part.unit, part.code): part for part in asked.values()},
    )


def stage_page(one: StageRound) -> str:
    """Return all checklists of a stage as one Markdown page, each unit folded away."""
    texts = [(name, Markdown(checklist(one, name).replace("\n# ", "\n### "))) for name in one.units]
    return render("checklists/_page.md.j2", one=one, folder=f"checklists/{one.folder}", units=texts)
