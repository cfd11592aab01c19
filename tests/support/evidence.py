"""Evidence for tests: an item with a unit in it, and pieces handed in."""

from typing import NamedTuple

from sqlmodel import col, select

from models.campaign.work import Assignment, WorkItem
from models.database import open_session
from models.evidence.listing import EvidenceLine, evidence_lines
from models.rules.evidence.pieces import NewEvidence, PieceTaken
from models.rules.evidence.words import Via
from models.settings import moment_of
from models.units.unit import units_of
from tasks.evidence.handing_in import hand_in
from tests.conftest import NOW, TODAY

NOON = moment_of(NOW, TODAY)


class Item(NamedTuple):
    """A work item's code, a unit that has a part in it, and one that has none."""

    code: str
    unit: str
    other: str


def first_item() -> Item:
    """Return the first work item of the campaign that some unit has no part in."""
    with open_session(read_only=True) as session:
        part = session.exec(select(Assignment).order_by(col(Assignment.id))).first()
        assert part is not None
        work = session.get_one(WorkItem, part.work_item_id)
        query = select(Assignment.unit_id).where(Assignment.work_item_id == work.id)
        inside = set(session.exec(query))
        names = {unit.id: unit.name for unit in units_of(session, part.campaign_id)}
        others = [name for id_, name in names.items() if id_ not in inside]
        return Item(f"W{work.ordinal}", names[part.unit_id], others[0])


def piece(
    title: str = "执法人员培训通知", items: tuple[str, ...] = (), **more: object
) -> NewEvidence:
    """Return a piece as a unit describes it: a short text unless ``content`` says otherwise."""
    given = {"content": "关于举办执法人员培训班的通知".encode()} | more
    if given["content"] is not None:
        given = {"file_name": "通知.txt"} | given
    return NewEvidence(title, items, **given)  # type: ignore[arg-type]


def handed(*pieces: NewEvidence, by: str = "创建办", campaign: str = "jc") -> list[PieceTaken]:
    """Hand pieces in at noon of the tests' day."""
    return hand_in(campaign, pieces, by, Via.COMMAND, NOON)


def lines() -> list[EvidenceLine]:
    """Return every piece of the campaign."""
    with open_session(read_only=True) as session:
        return evidence_lines(session, 1)
