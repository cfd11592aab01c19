"""If acceptance were today: every obstacle between today's figures and it, cheapest first."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import (
    Campaign,
    Stage,
    campaign_named,
    campaigns_named,
    stages_of_all,
)
from models.database import open_session
from models.decisions.gate import gates_of
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.calendar.workdays import WorkCalendar
from models.rules.campaign_names import label
from models.rules.gates.judge import cheapest
from models.rules.gates.table import GATES, demand_of
from models.rules.gates.values import Confirmed, GateReport, Obstacle
from models.rules.words import PREVIEW, StageKind, StageStatus
from notifications import links
from notifications.rendering import render
from tasks.gates.rehearsals import Rehearsal, rehearsals_of
from tasks.office.reach import lazily_reachable
from tasks.patrol.view import campaign_slugs, sets_of

CONFIRM_FORM = "登记确认"
OF_STAGE = ("ordinal", "name", "kind", "status", "end", "workdays_left")  # what --json prints of it


@dataclass(frozen=True, slots=True)
class StageGate:
    """A stage with what its gate says; ``workdays_left`` until its end, None without one."""

    ordinal: int
    name: str
    kind: str
    status: str
    end: date | None
    workdays_left: int | None
    report: GateReport


@dataclass(frozen=True, slots=True)
class Outlook:
    """A campaign's way to acceptance as it stands on a day; stages that are closed are left out."""

    slug: str
    title: str
    is_demo: bool
    today: date
    acceptance_on: date | None
    workdays_left: int | None
    stages: Sequence[StageGate]
    preview: bool = False  # of another day than today
    rehearsal: Rehearsal | None = None

    @property
    def obstacles(self) -> list[tuple[StageGate, Obstacle]]:
        """Return every obstacle with its stage, the cheapest first."""
        first: dict[tuple[str, str, str], tuple[StageGate, Obstacle]] = {}
        for stage in self.stages:
            for one in stage.report.obstacles:  # what two stages ask for is one thing to do
                first.setdefault((one.rule, one.text, one.owner), (stage, one))
        return sorted(first.values(), key=lambda pair: cheapest(pair[1]))

    @property
    def unmeasured(self) -> list[tuple[StageGate, Obstacle]]:
        """Return what nothing can measure yet, with its stage."""
        return [(stage, one) for stage in self.stages for one in stage.report.unmeasured]

    @property
    def confirmed(self) -> list[tuple[StageGate, Confirmed]]:
        """Return what the office vouches for, with its stage."""
        return [(stage, one) for stage in self.stages for one in stage.report.confirmed]

    @property
    def line(self) -> str:
        """Return the outlook in one line."""
        mark = PREVIEW if self.preview else ""
        name = f"{mark}{label(self.slug, self.is_demo)} ·"
        left = (
            f"，距验收还有 {self.workdays_left} 个工作日" if self.workdays_left is not None else ""
        )
        found = len(self.obstacles)
        said = f"还有 {found} 个障碍" if found else "没有障碍"
        waiting = f"，另有 {len(self.unmeasured)} 项尚不能衡量" if self.unmeasured else ""
        return f"{name} {self.today}：如果今天验收，{said}{waiting}{left}"

    def as_json(self) -> dict[str, object]:
        """Return the object that ``shifan gate --json`` prints; keys are added, never renamed."""
        return {
            "campaign": self.slug,
            "title": self.title,
            "demo": self.is_demo,
            "today": self.today,
            "preview": self.preview,
            "acceptance_on": self.acceptance_on,
            "workdays_left": self.workdays_left,
            "stages": [
                {name: getattr(s, name) for name in OF_STAGE} | {"open": s.report.open}
                for s in self.stages
            ],
            "obstacles": _rows(self.obstacles),
            "unmeasured": _rows(self.unmeasured),
            "confirmed": [
                {
                    "stage": s.ordinal,
                    "rule": c.rule,
                    "demand": c.demand,
                    "by": c.by,
                    "on": c.day,
                    "count": c.amount,
                    "note": c.note,
                    "counts": c.stands,
                }
                for s, c in self.confirmed
            ],
            "rehearsal": asdict(self.rehearsal) if self.rehearsal else None,
        }


def outlook(
    slug: str | None, today: date, ordinal: int | None = None, *, preview: bool = False
) -> Outlook:
    """Return the way of one campaign to acceptance, or the gate of its stage ``ordinal`` alone.

    Raises NotFoundError that lists the stages.
    """
    with open_session(read_only=True) as session:
        [found] = _outlooks(session, [campaign_named(session, slug)], today, ordinal)
        return replace(found, preview=preview)


def all_outlooks(slug: str | None, today: date, *, preview: bool = False) -> list[Outlook]:
    """Return the outlook of one campaign, or of every campaign; read in sets."""
    found: list[Outlook] = []
    for some in sets_of([slug] if slug else campaign_slugs()):
        with open_session(read_only=True) as session:
            found += _outlooks(session, campaigns_named(session, some), today)
    return [replace(one, preview=preview) for one in found]


def _outlooks(
    session: Session, chosen: Sequence[Campaign], today: date, ordinal: int | None = None
) -> list[Outlook]:
    """Return the outlook of each campaign, by the same statements as for one."""
    ids = [key_of(campaign) for campaign in chosen]
    stages, calendar = stages_of_all(session, ids), work_calendar(session)
    shown = {id: _shown(stages[id], ordinal) for id in ids}
    asked = [(one, stage) for one, id in zip(chosen, ids, strict=True) for stage in shown[id]]
    gates = gates_of(session, asked, today, lazily_reachable())
    rehearsals = rehearsals_of(session, ids)

    def seen(campaign: Campaign, id: int) -> Outlook:
        accepted_on = _acceptance(stages[id])
        return Outlook(
            campaign.slug,
            campaign.title,
            campaign.is_demo,
            today,
            accepted_on,
            _left(calendar, today, accepted_on),
            [
                StageGate(
                    stage.ordinal,
                    stage.name,
                    stage.kind,
                    stage.status,
                    stage.planned_end,
                    _left(calendar, today, stage.planned_end),
                    gates[key_of(stage)],
                )
                for stage in shown[id]
            ],
            rehearsal=rehearsals.get(id),
        )

    return [seen(one, id) for one, id in zip(chosen, ids, strict=True)]


def _shown(stages: Sequence[Stage], ordinal: int | None) -> list[Stage]:
    """Return the stage of that ``ordinal``, or all that are not closed; raises NotFoundError for none."""
    if ordinal is not None and ordinal not in {s.ordinal for s in stages}:
        known = "、".join(f"{s.ordinal}（{s.name}）" for s in stages) or "（方案没有阶段）"
        raise NotFoundError(f"没有第 {ordinal} 阶段，现有：{known}")
    return [s for s in stages if ordinal == s.ordinal] or [
        s for s in stages if s.status != StageStatus.CLOSED
    ]


def _acceptance(stages: Sequence[Stage]) -> date | None:
    """Return the day on which the acceptance begins, else that of the last stage."""
    last = next((s for s in stages if s.kind == StageKind.ACCEPTANCE), next(reversed(stages), None))
    return (last.planned_start or last.planned_end) if last else None


def _left(calendar: WorkCalendar, today: date, day: date | None) -> int | None:
    return calendar.count(today, day) if day else None


def outlook_page(outlooks: Sequence[Outlook]) -> str:
    """Return outlooks as one Markdown page."""
    return render("decision/outlook.md.j2", outlooks=outlooks, form=_form)


def _form(one: Outlook, stage: StageGate, rule: Obstacle) -> str:
    """Return the form to confirm a condition in, filled in."""
    filled = {"condition": demand_of(rule.rule), "stage": stage.ordinal, "campaign": one.slug}
    return links.form(CONFIRM_FORM, confirmation=filled)


def _rows(found: Sequence[tuple[StageGate, Obstacle]]) -> list[dict[str, object]]:
    return [{"stage": s.ordinal, **asdict(o), "effort": o.effort.chinese} for s, o in found]


def rule_rows() -> list[list[str]]:
    """Return every rule: the stage kind, the demand, number, whether confirmable, its name in a plan."""
    return [
        [
            kind.chinese,
            rule.demand,
            rule.bound.chinese if rule.bound else "",
            "可以" if rule.confirmable else "",
            rule.id,
        ]
        for kind, rules in GATES.items()
        for rule in rules
    ]
