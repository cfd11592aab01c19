import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign, Stage
from models.campaign.work import Assignment
from models.database import open_session
from models.decisions.gate import gate_of
from models.evidence.covering import unproved_parts
from models.evidence.deciding import SaidOfEvidence
from models.rules.evidence.words import EvidenceState
from tasks.evidence.deciding import decide_pieces_of
from tests.conftest import ON_BOTH, TODAY
from tests.support.evidence import NOON, first_item, handed, piece


@pytest.fixture
def item(campaign):
    return first_item()


def missing():
    with open_session(read_only=True) as session:
        return unproved_parts(session, 1)


def parts_of(unit):
    with open_session(read_only=True) as session:
        ids = session.exec(select(Assignment.id).where(Assignment.unit_id == unit))
        return len(list(ids))


def gate_says():
    with open_session(read_only=True) as session:
        stage = session.exec(select(Stage).where(Stage.ordinal == 2)).one()
        campaign = session.get_one(Campaign, stage.campaign_id)
        report = gate_of(session, campaign, stage, TODAY, lambda _: True)
        found = [*report.obstacles, *report.unmeasured]
        return [one.text for one in found if one.rule == "evidence-complete"]


@ON_BOTH
def test_before_the_first_piece_nothing_is_measured_and_after_it_every_part_is(item):
    assert missing() is None
    assert gate_says() == ["每条需要佐证的责任分解都有证明材料：尚不能衡量"]

    handed(piece(items=[item.code], provider=item.unit))
    first = missing()
    handed(piece("整项", [f"{item.code}#1"], content=b"another"))  # the office proves it for all

    assert all(said.endswith("项责任分解没有已报或通过的证明材料") for said in gate_says())
    assert len(gate_says()) == len(missing())
    assert sum(missing().values()) < sum(first.values())


def test_what_was_returned_or_withdrawn_or_only_promised_proves_nothing(item):
    handed(piece("承诺", [item.code], content=None, promised_on=TODAY, provider=item.unit))
    before = missing()[item.unit]
    handed(piece(items=[item.code], provider=item.unit))
    assert missing().get(item.unit, 0) == before - 1

    said = SaidOfEvidence("创建办审核岗", "没有盖章", NOON)
    decide_pieces_of("jc", ["E0002"], EvidenceState.RETURNED, said)
    assert missing()[item.unit] == before
