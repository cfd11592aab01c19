import pytest
from sqlmodel import col, select, update

from models.campaign.work import Assignment
from models.database import open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.shown.asked import parts_asked
from models.evidence.shown.standing import evidence_standing
from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.days import evidence_days
from models.rules.evidence.words import EvidenceState
from models.rules.words import Progress
from models.settings import moment_of, office_zone
from models.units.unit import units_of
from tasks.evidence.deciding import decide_pieces_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.packs import load_pack


@pytest.fixture
def item(campaign):
    return first_item()


def standing(campaign_id=1):
    with open_session(read_only=True) as session:
        return evidence_standing(
            session, campaign_id, evidence_days(TODAY, WorkCalendar(), office_zone())
        )


def of_unit(name):
    return next(one for one in standing().units if one.unit == name)


def part_of(item):
    with open_session(read_only=True) as session:
        unit_id = next(u.id for u in units_of(session, 1) if u.name == item.unit)
        found = parts_asked(session, 1, TODAY, unit_id=unit_id)
    return next(one for one in found.values() if one.code == item.code)


def said(reason="没有盖章"):
    return SaidOfEvidence("创建办审核岗", reason, NOON)


def test_before_the_first_piece_and_ledger_there_is_nothing_to_show(item):
    assert standing().units == []
    assert standing().lines == []
    assert standing().counts is None
    with open_session(read_only=True) as session:
        assert parts_asked(session, 1, TODAY) == {}


@ON_BOTH
def test_every_piece_and_part_is_counted_for_its_unit(item):
    handed(piece(items=[item.code], provider=item.unit))
    handed(piece("另一份", [f"{item.code}#1"], content=b"another", provider=item.unit))
    decide_pieces_of("jc", ["E0002"], EvidenceState.RETURNED, said())

    one = of_unit(item.unit)
    assert (one.pieces, one.submitted, one.accepted, one.returned) == (2, 1, 0, 1)
    assert (one.proved, one.sent_back) == (1, 0)
    assert one.lacking == one.parts - 1

    decide_pieces_of("jc", ["E0001"], EvidenceState.RETURNED, said())
    one = of_unit(item.unit)
    assert (one.returned, one.proved, one.sent_back) == (2, 0, 1)
    assert standing().lines == [
        f"证明材料 2 份（退回 2），{standing().all.parts} 项要材料，{standing().all.parts} 项还没有"
    ]


@ON_BOTH
def test_a_part_reported_as_done_without_a_proof_is_said_so(item):
    handed(piece(items=[item.code], provider=item.unit))
    before = of_unit(item.unit)
    with open_session() as session:
        mine = select(Assignment.id).where(Assignment.unit_id == before.unit_id)
        session.connection().execute(
            update(Assignment).where(col(Assignment.id).in_(mine)).values(state=Progress.DONE)
        )

    assert of_unit(item.unit).done_unproved == before.parts - 1
    assert f"报了完成却没有材料 {before.parts - 1} 项" in standing().lines[0]


def test_what_does_not_apply_or_needs_no_proof_is_not_asked_for(item):
    handed(piece(items=[item.code], provider=item.unit))
    before = of_unit(item.unit)
    with open_session() as session:
        part = session.exec(select(Assignment).where(Assignment.unit_id == before.unit_id)).all()[1]
        part.state = Progress.DROPPED
        session.add(part)

    assert of_unit(item.unit).parts == before.parts - 1


@ON_BOTH
def test_a_part_says_what_is_asked_handed_in_missing_and_next(item):
    handed(piece(items=[f"{item.code}#1"], provider=item.unit))
    one = part_of(item)
    assert "E0001《执法人员培训通知》已报" in one.handed_words
    assert one.next_words in ("等创建办审核", "在台账的“证明材料”表里报")

    decide_pieces_of("jc", ["E0001"], EvidenceState.RETURNED, said())
    one = part_of(item)
    assert one.handed_words == "E0001《执法人员培训通知》退回：没有盖章"
    assert one.lacking_words == "没有已报或通过的材料"
    assert one.next_words == "按退回原因改好 E0001，再报一次"

    handed(piece(items=[item.code], content=b"again", provider=item.unit))
    one = part_of(item)
    assert one.lacking_words == ""  # a piece for the whole part


def test_a_piece_of_another_unit_does_not_stand_for_this_one(item):
    with open_session(read_only=True) as session:
        work = session.exec(select(Assignment).order_by(col(Assignment.id))).first().work_item_id
        query = select(Assignment.unit_id).where(Assignment.work_item_id == work)
        inside = set(session.exec(query))
        names = [unit.name for unit in units_of(session, 1) if unit.id in inside]
    handed(piece(items=[f"{item.code}#1"], provider=item.unit))
    assert len(names) > 1
    for name in names:
        assert of_unit(name).proved == (1 if name == item.unit else 0)


@ON_BOTH
def test_a_second_campaign_in_the_database_shows_nothing_of_the_first(item):
    load_pack(moment_of(NOW, TODAY), "other")
    handed(piece(items=[item.code], provider=item.unit))

    assert standing(2).units == []
    handed(piece(items=[item.code], provider=item.unit, content=b"other"), campaign="other")
    decide_pieces_of("other", ["E0001"], EvidenceState.RETURNED, said())
    assert standing(2).all.returned == 1
    assert standing(1).all.returned == 0
    assert standing(1).all.pieces == standing(2).all.pieces == 1
    with open_session(read_only=True) as session:
        mine, theirs = (parts_asked(session, one, TODAY) for one in (1, 2))
    assert not mine.keys() & theirs.keys()
    assert sum(len(one.pieces) for one in mine.values()) == 1
