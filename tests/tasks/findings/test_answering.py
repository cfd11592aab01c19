"""A person's yes to a returned dispatch closes the step of the findings it urges; a wrong yes is taken back."""

import pytest
from sqlmodel import select

from models.database import open_session
from models.errors import ProgressError
from models.evidence.evidence import Evidence
from models.findings.answering import SlipSaid
from models.findings.dispatching import dispatch_lines
from models.findings.finding import FindingProof
from models.rules.findings.words import FindingKind, FindingStep
from tasks.findings.returns import dispatch_view
from tests.support.findings import LIAISON, OFFICE, cycles_of, day, raised, row_of, step
from tests.support.scans import phoned
from tests.tasks.findings.test_dispatches import LATE, lines, out, scan, send, settle, take

__all__ = ["out", "scan"]
pytestmark = pytest.mark.usefixtures("campaign")
T = FindingStep


@pytest.fixture
def returned(out, scan):
    """A dispatch about two problems and a complaint of a unit, come back from the scanner."""
    with open_session() as session:
        raised(session, 1, "窗口无人", due=day(5))
        raised(session, 1, "没有编号", due=day(6))
        raised(session, 1, "别的单位的", due=day(6), unit="市教育局")
        raised(session, 1, "电话没人接", kind=FindingKind.COMPLAINT, source="hotline", due=day(6))
    send(out)
    take(scan)


def states():
    with open_session(read_only=True) as session:
        return {code: row_of(session, code).state for code in ("F1", "F2", "F3", "C1")}


def test_a_yes_reports_what_was_urged_as_mended_and_another_verifies_it(returned):
    first, mended, answered, left = settle("answered", reason="已安排轮值")

    assert first == "督办〔2025〕1号 已确认办结"
    assert mended == "F1、F2 报整改，现在是“待核实”"
    assert answered == "C1 答复，现在是“已答复”"
    assert "进展在台账或进展登记表里登记" in left
    assert states() == {"F1": "rectified", "F2": "rectified", "F3": "assigned", "C1": "closed"}
    with open_session() as session:
        [piece] = session.exec(select(Evidence)).all()
        assert (piece.title, len(session.exec(select(FindingProof)).all())) == (
            "督办〔2025〕1号回执",
            3,
        )
        assert cycles_of(session, "F1")[0].measure == "督办〔2025〕1号回执：已安排轮值"
        with pytest.raises(ProgressError, match="应由另外的人登记"):
            step(session, 1, "F1", T.VERIFY, by=OFFICE, days=LATE + 1)
        assert step(session, 1, "F1", T.VERIFY, by="督导组", days=LATE + 1).changed


def test_what_the_slip_puts_off_is_promised_and_not_mended(returned):
    slip = SlipSaid(["f1"], day(LATE + 9))

    said = settle("answered", slip=slip)

    assert "F1 报整改，现在是“待核实”" in said
    assert f"F2 承诺 {day(LATE + 9)} 完成，现在是“整改中”" in said
    assert f"C1 承诺 {day(LATE + 9)} 完成，现在是“办理中”" in said
    assert states() == {"F1": "rectified", "F2": "assigned", "F3": "assigned", "C1": "assigned"}
    with open_session(read_only=True) as session:
        assert cycles_of(session, "F2")[0].promised_on == day(LATE + 9)
        assert len(session.exec(select(FindingProof)).all()) == 1  # a promise is no proof


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        (SlipSaid(["F3", "F99"]), ("F3不在督办〔2025〕1号督办的问题里", "F99不在")),
        (SlipSaid(), ("C1是投诉建议，请写明答复的内容（--note）",)),
        (SlipSaid(["F1"], day(3)), ("承诺日期", "已经过去")),
    ],
)
def test_a_yes_that_cannot_be_taken_writes_nothing(returned, slip, words):
    before = states()

    with pytest.raises(ProgressError) as caught:
        settle("answered", slip=slip)

    assert all(one in str(caught.value) for one in words)
    assert [one.state for one in lines()] == ["returned"]
    assert states() == before


def test_a_wrong_yes_is_taken_back_with_the_steps_it_took(returned):
    before = states()
    settle("answered", slip=SlipSaid(["F1"], day(LATE + 9)))

    said = settle("taken-back", reason="看错了一份")

    assert said[0] == "督办〔2025〕1号 的上一个认定已撤回"
    assert [one.state for one in lines()] == ["returned"]
    assert states() == before
    with open_session(read_only=True) as session:
        assert session.exec(select(FindingProof)).all() == []
        assert cycles_of(session, "F2")[0].promised_on is None
    assert settle("taken-back", reason="看错了一份") == ["督办〔2025〕1号 已经登记过，没有变化"]
    assert settle("answered", reason="已安排轮值")[1] == "F1、F2 报整改，现在是“待核实”"


def test_a_yes_is_not_taken_back_from_under_what_followed(returned):
    settle("answered", reason="已安排轮值")
    with open_session() as session:
        step(session, 1, "F1", T.VERIFY, by="督导组", days=LATE + 1)

    with pytest.raises(
        ProgressError, match="F1 现在是“观察期”，请先用 shifan findings take-back F1"
    ):
        settle("taken-back", reason="看错了一份")
    assert [one.state for one in lines()] == ["answered"]


def test_what_the_unit_declined_meanwhile_is_left_as_it_is(returned):
    with open_session() as session:
        step(session, 1, "F1", T.DECLINE, by=LIAISON, days=LATE)

    assert "F2 报整改，现在是“待核实”" in settle("answered", reason="已安排轮值")
    assert states()["F1"] == "declined"


def test_a_kill_between_the_piece_and_the_steps_is_mended_by_the_same_word(returned, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("tasks.findings.answering.take_steps", _killed)
        settle("answered", reason="已安排轮值")
    assert [one.state for one in lines()] == ["returned"]

    settle("answered", reason="已安排轮值")

    with open_session(read_only=True) as session:
        assert len(session.exec(select(Evidence)).all()) == 1
        assert [one.state for one in dispatch_lines(session, 1)] == ["answered"]


def test_a_wrong_no_and_a_wrong_void_are_taken_back_too(returned, scan):
    settle("refused", reason="没有盖章")
    settle("taken-back", reason="盖了的")
    assert [one.state for one in lines()] == ["returned"]
    settle("void", reason="发错了")
    settle("taken-back", reason="没有发错")
    assert [one.state for one in lines()] == ["returned"]


def test_the_same_scan_counts_again_when_it_is_brought_again_after_a_no(returned, scan):
    settle("refused", reason="没有盖章")
    assert [one.state for one in lines()] == ["issued"]

    take(scan)

    assert [one.state for one in lines()] == ["returned"]


def _killed(*_):
    raise KeyboardInterrupt


def test_a_photograph_without_exif_is_refused_and_a_doubt_wants_a_word(out, tmp_path):
    send(out)
    with pytest.raises(ProgressError, match="1080×1440"):
        take(phoned(tmp_path / "督办2025-1.jpg"))

    said = take(phoned(tmp_path / "督办2025-1.png", (1240, 1754)))

    assert "看不出是扫描仪扫描的" in said
    assert "看不出是扫描仪扫描的" in dispatch_view("jc")[0][0][-1]
    with pytest.raises(ProgressError, match="请写明怎样核对的"):
        settle("answered")
    assert settle("answered", reason="与原件核对过")[0] == "督办〔2025〕1号 已确认办结"
