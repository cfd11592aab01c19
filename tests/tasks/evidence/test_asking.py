"""Why also says what is asked of an item or a unit, what was handed in, what is missing and what comes next."""

import json

import pytest

from deployments.cli import run
from models.errors import NotFoundError
from models.evidence.deciding import SaidOfEvidence
from models.rules.evidence.asked import AskedDemand, PartAsked
from models.rules.evidence.words import EvidenceState
from tasks.evidence.asking import asked_about
from tasks.evidence.deciding import decide_pieces_of
from tests.conftest import ON_BOTH, TODAY
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.packs import load_pack


@pytest.fixture
def item(campaign):
    return first_item()


def test_an_item_and_a_unit_say_what_is_asked_and_what_became_of_it(item, capsys):
    handed(piece(items=[item.code], provider=item.unit))
    said = SaidOfEvidence("创建办审核岗", "没有盖章", NOON)
    decide_pieces_of("jc", ["E0001"], EvidenceState.RETURNED, said)

    [one] = asked_about("jc", f"{item.code}/{item.unit}", TODAY).parts
    assert one.next_words == "按退回原因改好 E0001，再报一次"
    whole = asked_about("jc", item.code, TODAY).parts
    assert len(whole) > 1 and {part.code for part in whole} == {item.code}
    unit = asked_about("jc", item.unit, TODAY)
    assert unit.of_unit and {part.unit for part in unit.parts} == {item.unit}

    for subject in (f"{item.code}/{item.unit}", item.unit):
        assert run(["notices", "why", subject, "--on", "2025-07-01"]) == 0
        assert "退回：没有盖章" in "".join(capsys.readouterr().out.split())
        assert run(["notices", "why", subject, "--on", "2025-07-01", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)["evidence"]
        assert "没有盖章" in [p["reason"] for part in told for p in part["evidence"]]


def test_without_evidence_why_says_what_it_said(item, capsys):
    assert run(["notices", "why", item.code, "--on", "2025-07-01", "--json"]) == 0
    assert "evidence" not in json.loads(capsys.readouterr().out)
    assert run(["notices", "why", item.unit]) == 0
    assert "还没有要报的证明材料" in capsys.readouterr().out


def test_what_is_neither_a_code_nor_a_unit_is_said_so(campaign):
    with pytest.raises(NotFoundError):
        asked_about("jc", "某某局", TODAY)


@ON_BOTH
def test_of_two_campaigns_why_asks_which_and_then_answers_for_that_one_alone(item, capsys):
    load_pack(NOON, "other")
    handed(piece(items=[item.code], provider=item.unit))
    handed(piece("那边的通知", [item.code], content=b"2", provider=item.unit), campaign="other")
    for subject in (item.unit, item.code, f"{item.code}/{item.unit}"):
        assert run(["notices", "why", subject]) == 1
        said = capsys.readouterr()
        assert not said.out
        [line] = said.err.strip().split("\n")
        assert "jc" in line and "other" in line and "--campaign" in line

        for campaign, mine, theirs in (
            ("jc", "执法人员培训通知", "那边的通知"),
            ("other", "那边的通知", "执法人员培训通知"),
        ):
            assert run(["notices", "why", subject, "--campaign", campaign]) == 0
            told = "".join(capsys.readouterr().out.split())
            assert mine in told and theirs not in told
            assert campaign in told


@pytest.mark.parametrize(
    ("demands", "said"),
    [
        ([], "要有证明材料"),
        ([("", True)], "要有证明材料"),
        ([("公开事项清单", True)], "公开事项清单（要有证明材料）"),
        ([("公开清单", True), ("每年培训", True)], "2 条，都要有证明材料"),
        ([("公开", True), ("培训", False), ("考核", True)], "3 条，第 1 条、第 3 条要有证明材料"),
    ],
)
def test_what_is_asked_is_said_in_its_own_words(demands, said):
    asked = [AskedDemand(n, text, shown) for n, (text, shown) in enumerate(demands, 1)]
    part = PartAsked("市司法局", "W5", "公开", "open", True, None, asked, ())
    assert part.asked_words == said
