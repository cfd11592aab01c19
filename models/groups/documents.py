"""The documents of groups as milestones: laid by what the plan and the office say, done when handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign, Stage, all_of, stages_of
from models.campaign.milestone import Milestone
from models.campaign.own_milestones import OwnMilestone, lay_milestones, withdraw_milestones
from models.errors import NotFoundError
from models.groups.group import (
    GroupDocument,
    GroupSeat,
    WorkingGroup,
    groups_of,
)
from models.keys import key_of
from models.plan.schema import Plan
from models.rules.groups.needs import Need, NeededAt, need_of
from models.rules.groups.words import DocumentStanding, SeatRole
from models.rules.words import MilestoneKind, Progress
from models.units.succession import successors
from models.units.unit import units_of


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as it is shown: its code, group, owner (empty: the office), by when and why, how far."""

    code: str
    group: str
    title: str
    standing: DocumentStanding
    doubt: str
    owner: str
    due: date | None
    why: str
    state: Progress = Progress.OPEN
    done_on: date | None = None

    @property
    def in_words(self) -> str:
        """Return how far it is, or that it is asked about or none."""
        if self.standing is not DocumentStanding.DUE:
            return self.standing.chinese
        return f"{self.state.chinese}（{self.done_on}）" if self.done_on else self.state.chinese


def code_of(group: WorkingGroup, document: GroupDocument) -> str:
    """Return what a document is called: G2.1, the first document of group 2."""
    return f"G{group.number}.{document.number}"


def lay_documents(session: Session, campaign_id: int) -> int:
    """Make the milestone of every document that is due, or bring it in line; return how many changed.

    Its unit is the one the office named, else the group's lead unit, else where the group sits, else the
    office itself. Its day is the office's, else that of the stage that needs it, else none. Repeatable;
    what was registered on one stays. Those that nobody names any more, or that are none, are withdrawn.
    """
    groups = {key_of(one): one for one in groups_of(session, campaign_id)}
    if not groups:
        return 0
    documents = [
        one for one in all_of(session, GroupDocument, campaign_id) if one.group_id in groups
    ]
    known = _milestones(session, campaign_id)
    owners, needs = _Owners(session, campaign_id), _Needs(session, campaign_id)
    wanted = {
        code_of(groups[one.group_id], one): _milestone(one, groups, owners, needs)
        for one in documents
        if one.standing == DocumentStanding.DUE and not one.withdrawn
    }
    before = {code: _shape(row) for code, row in known.items()}
    laid = lay_milestones(session, campaign_id, list(wanted.values()))
    changed = sum(before.get(code) != _shape(row) for code, row in laid.items())
    gone = [code for code in known if code not in wanted]
    return changed + (withdraw_milestones(session, campaign_id, gone) if gone else 0)


def _shape(row: Milestone) -> tuple[object, ...]:
    return row.title, row.due, row.unit_id, row.stage_id, row.withdrawn


def _milestones(session: Session, campaign_id: int) -> dict[str, Milestone]:
    query = select(Milestone).where(
        Milestone.campaign_id == campaign_id,
        Milestone.kind == MilestoneKind.DOCUMENT,
        col(Milestone.code).like("G%"),  # and not N2026.1, the report of a year
    )
    return {one.code: one for one in session.exec(query)}


def _milestone(
    one: GroupDocument,
    groups: Mapping[int, WorkingGroup],
    owners: "_Owners",
    needs: "_Needs",
) -> OwnMilestone:
    group, need = groups[one.group_id], needs.of(one)
    return OwnMilestone(
        MilestoneKind.DOCUMENT,
        code_of(group, one),
        f"制定《{one.title}》",
        one.due or (need.due if need else None),
        owners.of(one),
        stage_id=needs.stage_id(need),
    )


class _Owners:
    """Who answers for documents: who the office named, else the group's lead unit now, else where it sits.

    Of a unit that is gone its heir.
    """

    def __init__(self, session: Session, campaign_id: int) -> None:
        self._heirs = successors(session, campaign_id)
        self._of_groups: dict[int, int | None] = {}
        for role in (SeatRole.LOCATED_IN, SeatRole.LEAD_UNIT):
            query = select(GroupSeat.group_id, GroupSeat.unit_id).where(
                GroupSeat.campaign_id == campaign_id,
                GroupSeat.role == role,
                col(GroupSeat.last).is_(None),
                col(GroupSeat.unit_id).is_not(None),
            )
            found = list(session.exec(query.order_by(col(GroupSeat.id))))
            self._of_groups |= dict(reversed(found))

    def of(self, one: GroupDocument) -> int | None:
        unit = one.unit_id or self._of_groups.get(one.group_id)
        return self._heirs.get(unit, unit) if unit else None


class _Needs:
    """By when the stages of a campaign, as they stand, need what."""

    def __init__(self, session: Session, campaign_id: int) -> None:
        plan = session.get_one(Campaign, campaign_id).plan_json
        said = {one.ordinal: one.steps for one in Plan.model_validate_json(plan).stages}
        self._stages: dict[int, Stage] = {
            one.ordinal: one for one in stages_of(session, campaign_id)
        }
        self._needed = [
            NeededAt(n, s.name, s.kind, s.planned_start, s.planned_end, said.get(n, ()))
            for n, s in self._stages.items()
        ]

    def of(self, one: GroupDocument) -> Need | None:
        return need_of(one.title, self._needed)

    def stage_id(self, need: Need | None) -> int | None:
        return self._stages[need.stage].id if need else None


def document_lines(session: Session, campaign_id: int) -> list[DocumentLine]:
    """Return every document that a duty names, in the order of their codes."""
    groups = {key_of(one): one for one in groups_of(session, campaign_id)}
    units = {key_of(one): one.name for one in units_of(session, campaign_id)}
    owners, needs = _Owners(session, campaign_id), _Needs(session, campaign_id)
    laid = _milestones(session, campaign_id)
    lines = []
    for one in all_of(session, GroupDocument, campaign_id):
        group = groups.get(one.group_id)
        if group is None or one.withdrawn:
            continue
        need, row = needs.of(one), laid.get(code_of(group, one))
        why = "创建办指定" if one.due else need.why if need else "方案里没有写，请创建办定"
        lines.append(
            DocumentLine(
                code_of(group, one),
                group.name,
                one.title,
                DocumentStanding(one.standing),
                one.doubt,
                units.get(owners.of(one) or 0, ""),
                row.due if row else one.due or (need.due if need else None),
                why,
                Progress(row.state) if row else Progress.OPEN,
                row.done_on if row else None,
            )
        )
    return sorted(lines, key=lambda one: tuple(int(n) for n in one.code[1:].split(".")))


def document_coded(session: Session, campaign_id: int, code: str) -> GroupDocument:
    """Return the document that ``code`` (G2.1) names; raises NotFoundError for none."""
    wanted = code.strip().upper()
    groups = {key_of(one): one for one in groups_of(session, campaign_id)}
    for one in all_of(session, GroupDocument, campaign_id):
        if one.group_id in groups and code_of(groups[one.group_id], one) == wanted:
            return one
    raise NotFoundError(f"没有编号为 {code.strip()} 的方案文件，编号见 shifan groups documents")
