"""If acceptance were today: every obstacle between today's figures and it, cheapest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage, campaign_named, campaigns, stages_of
from models.database import open_session
from models.decisions.gate import gate_of
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.calendar.workdays import WorkCalendar
from models.rules.campaign_names import label
from models.rules.gates.judge import cheapest_first
from models.rules.gates.table import GATES, demand_of
from models.rules.gates.values import Confirmed, Obstacle
from models.rules.words import PREVIEW, StageKind, StageStatus
from notifications import links
from notifications.rendering import render
from tasks.office.reach import lazily_reachable

CONFIRM_FORM = "登记确认"


@dataclass(frozen=True, slots=True)
class StageGate:
    """A stage with what its gate says; ``workdays_left`` until its end, None without one."""

    ordinal: int
    name: str
    kind: str
    status: str
    end: date | None
    workdays_left: int | None
    obstacles: Sequence[Obstacle]
    unmeasured: Sequence[Obstacle]
    confirmed: Sequence[Confirmed] = ()


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

    @property
    def obstacles(self) -> list[tuple[StageGate, Obstacle]]:
        """Return every obstacle with its stage, the cheapest first."""
        first: dict[tuple[str, str, str], tuple[StageGate, Obstacle]] = {}
        for stage in self.stages:
            for one in stage.obstacles:  # what two stages ask for is one thing to do
                first.setdefault((one.rule, one.text, one.owner), (stage, one))
        pairs = list(first.values())
        order = {id(o): n for n, o in enumerate(cheapest_first([one for _, one in pairs]))}
        return sorted(pairs, key=lambda pair: order[id(pair[1])])

    @property
    def unmeasured(self) -> list[tuple[StageGate, Obstacle]]:
        """Return what nothing can measure yet, with its stage."""
        return [(stage, one) for stage in self.stages for one in stage.unmeasured]

    @property
    def confirmed(self) -> list[tuple[StageGate, Confirmed]]:
        """Return what the office vouches for, with its stage."""
        return [(stage, one) for stage in self.stages for one in stage.confirmed]

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
            "today": self.today.isoformat(),
            "preview": self.preview,
            "acceptance_on": self.acceptance_on.isoformat() if self.acceptance_on else None,
            "workdays_left": self.workdays_left,
            "stages": [
                {
                    "ordinal": s.ordinal,
                    "name": s.name,
                    "kind": s.kind,
                    "status": s.status,
                    "end": s.end.isoformat() if s.end else None,
                    "workdays_left": s.workdays_left,
                    "open": not s.obstacles,
                }
                for s in self.stages
            ],
            "obstacles": [_as_json(s, o) for s, o in self.obstacles],
            "unmeasured": [_as_json(s, o) for s, o in self.unmeasured],
            "confirmed": [
                {
                    "stage": s.ordinal,
                    "rule": c.rule,
                    "demand": c.demand,
                    "by": c.by,
                    "on": c.day.isoformat(),
                    "count": c.amount,
                    "note": c.note,
                    "counts": c.stands,
                }
                for s, c in self.confirmed
            ],
        }


def outlook(
    slug: str | None, today: date, ordinal: int | None = None, *, preview: bool = False
) -> Outlook:
    """Return the way of one campaign to acceptance, or the gate of its stage ``ordinal`` alone.

    Raises NotFoundError that lists the stages.
    """
    with open_session(read_only=True) as session:
        found = _outlook(session, campaign_named(session, slug), today, ordinal)
    return replace(found, preview=preview)


def all_outlooks(slug: str | None, today: date, *, preview: bool = False) -> list[Outlook]:
    """Return the outlook of one campaign, or of every campaign."""
    with open_session(read_only=True) as session:
        chosen = [campaign_named(session, slug)] if slug else campaigns(session)
        found = [_outlook(session, one, today, None) for one in chosen]
    return [replace(one, preview=preview) for one in found]


def _outlook(session: Session, campaign: Campaign, today: date, ordinal: int | None) -> Outlook:
    stages = stages_of(session, key_of(campaign))
    if ordinal is not None and ordinal not in {s.ordinal for s in stages}:
        known = "、".join(f"{s.ordinal}（{s.name}）" for s in stages) or "（方案没有阶段）"
        raise NotFoundError(f"没有第 {ordinal} 阶段，现有：{known}")
    calendar = work_calendar(session)
    chosen = [
        s
        for s in stages
        if (s.ordinal == ordinal if ordinal is not None else s.status != StageStatus.CLOSED)
    ]
    last = next(
        (s for s in stages if s.kind == StageKind.ACCEPTANCE), stages[-1] if stages else None
    )
    accepted_on = (last.planned_start or last.planned_end) if last else None
    return Outlook(
        campaign.slug,
        campaign.title,
        campaign.is_demo,
        today,
        accepted_on,
        _left(calendar, today, accepted_on),
        [_gate(session, campaign, stage, today, calendar) for stage in chosen],
    )


def _left(calendar: WorkCalendar, today: date, day: date | None) -> int | None:
    return calendar.count(today, day) if day else None


def _gate(
    session: Session, campaign: Campaign, stage: Stage, today: date, calendar: WorkCalendar
) -> StageGate:
    report = gate_of(session, campaign, stage, today, lazily_reachable())
    return StageGate(
        stage.ordinal,
        stage.name,
        stage.kind,
        stage.status,
        stage.planned_end,
        _left(calendar, today, stage.planned_end),
        report.obstacles,
        report.unmeasured,
        report.confirmed,
    )


def outlook_page(outlooks: Sequence[Outlook]) -> str:
    """Return outlooks as one Markdown page."""
    return render("decision/outlook.md.j2", outlooks=outlooks, form=_form)


def _form(one: Outlook, stage: StageGate, rule: Obstacle) -> str:
    """Return the form to confirm a condition in, filled in."""
    filled = {"condition": demand_of(rule.rule), "stage": stage.ordinal, "campaign": one.slug}
    return links.form(CONFIRM_FORM, confirmation=filled)


def _as_json(stage: StageGate, one: Obstacle) -> dict[str, object]:
    return {
        "stage": stage.ordinal,
        "rule": one.rule,
        "text": one.text,
        "owner": one.owner,
        "due": one.due.isoformat() if one.due else None,
        "effort": one.effort.chinese,
    }


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
