"""Steps of findings in the window: whose each is, the last page, the receipt, and the way back."""

import pytest

from models.database import open_session
from models.rules.findings.words import FindingKind, FindingState, FindingStep
from models.rules.window.sight import VisitorRole
from tests.conftest import NOW
from tests.deployments.window.test_findings import liaison
from tests.deployments.window.test_office import entries
from tests.support.findings import ANOTHER, raised, row_of, step
from tests.support.pieces import piece
from tests.support.windows import Client, account, is_page, words_in


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    return clock_at


@pytest.fixture
def finding(campaign_id):
    """F1, a unit's problem, and E0001 that its unit handed in."""
    with open_session() as session:
        raised(session, campaign_id)
        piece(session, campaign_id, "整改通知")


def office() -> Client:
    return Client(account(NOW, "甲"))


def state(code: str = "F1") -> str:
    with open_session(read_only=True) as session:
        return row_of(session, code).state


def done(client: Client, path: str, form: dict[str, str] | None = None):
    return client.post(f"/c/jc/f/{path}", form, at=f"/c/jc/f/{path}")


def receipted(answer, what: str) -> str:
    """Check that a step ended in its receipt; return what the receipt says."""
    assert answer.status_code == 303, words_in(answer)
    last = entries(what)[-1]
    assert answer.headers["location"] == f"/r/{last.id}"
    return words_in(is_page(office().get(f"/r/{last.id}")))


def test_a_unit_promises_and_mends_its_own_by_its_link(finding):
    client = liaison()
    assert 'href="/c/jc/f/F1/rectify"' in client.get("/c/jc/f/F1").text
    receipted(done(client, "F1/promise", {"day": "2025-07-09"}), "finding-promise")
    form = {"note": "文书已统一编号", "piece-E0001": "on"}
    assert "报整改（材料 E0001）" in receipted(done(client, "F1/rectify", form), "finding-rectify")

    assert state() == FindingState.RECTIFIED
    [entry] = entries("finding-rectify")
    assert entry.who == "市司法局联络员" and "凭本人通道" in entry.facts
    receipt = is_page(client.get(f"/r/{entry.id}"))
    assert 'href="/c/jc/f/F1"' in receipt.text
    assert "核实" not in "".join(client.get("/c/jc/f/F1").text.split("finding-acts")[1:])


def test_a_unit_neither_verifies_nor_touches_another_s(finding):
    is_page(liaison(ANOTHER).get("/c/jc/f/F1/promise"), 403)
    is_page(done(liaison(ANOTHER), "F1/promise", {"day": "2025-07-09"}), 403)
    is_page(liaison().get("/c/jc/f/F1/assign"), 403)
    is_page(done(liaison(), "F1/end", {"note": "不改了", "by": "分管领导"}), 403)
    for role in (VisitorRole.AUDITOR,):
        client = Client(account(NOW, "乙", role))
        is_page(client.get("/c/jc/f/F1/end"), 403)
        assert "finding-acts" not in client.get("/c/jc/f/F1").text
    assert state() == FindingState.ASSIGNED


def test_mending_without_evidence_is_refused_and_what_was_typed_stays(finding):
    answer = is_page(done(liaison(), "F1/rectify", {"note": "已统一编号"}), 422)
    assert "没有证明整改的材料" in words_in(answer) and "已统一编号" in answer.text
    assert "没有填写整改措施和结果" in words_in(is_page(done(liaison(), "F1/rectify", {}), 422))
    wrong = {"note": "x", "pieces": "E0999"}
    assert "没有编号为" in words_in(is_page(done(liaison(), "F1/rectify", wrong), 422))
    assert state() == FindingState.ASSIGNED


def test_the_office_verifies_for_another_and_not_what_it_mended_itself(finding, campaign_id):
    with open_session() as session:
        step(session, campaign_id, "F1", FindingStep.RECTIFY, pieces=("E0001",))
    unit_itself = done(office(), "F1/verify", {"by": "市司法局联络员"})
    assert "应由另外的人登记" in words_in(is_page(unit_itself, 422))
    receipted(done(office(), "F1/verify", {"by": "督导组", "note": "现场看过"}), "finding-verify")
    assert state() == FindingState.WATCHED and entries("finding-verify")[-1].who == "督导组"
    assert "F1/close" not in office().get("/c/jc/f/F1").text  # while it is watched
    receipted(done(office(), "F1/take-back", {"note": "点错了"}), "finding-take-back")
    assert state() == FindingState.RECTIFIED


def test_what_ends_something_counts_from_its_last_page_alone(finding):
    form = {"note": "机构已撤销", "by": "分管领导"}
    last = is_page(done(office(), "F1/end", form))
    assert "确认前的最后一页" in words_in(last) and "机构已撤销" in words_in(last)
    assert state() == FindingState.ASSIGNED and not entries("finding-end")

    changed = is_page(office().post("/c/jc/f/F1/end", form | {"change": "1"}, at="/c/jc/f/F1/end"))
    assert "机构已撤销" in changed.text and state() == FindingState.ASSIGNED
    receipted(done(office(), "F1/end", form | {"sure": "1"}), "finding-end")
    assert state() == FindingState.ENDED
    again = is_page(done(office(), "F1/end", form | {"sure": "1"}), 422)
    assert "不能登记" in words_in(again)


def test_what_mostly_comes_next_is_the_first_button(finding, campaign_id):
    first = '<a class="button" href="/c/jc/f/F1/'
    assert f'{first}rectify"' in office().get("/c/jc/f/F1").text
    with open_session() as session:
        step(session, campaign_id, "F1", FindingStep.RECTIFY, pieces=("E0001",))
    assert f'{first}verify"' in office().get("/c/jc/f/F1").text


def test_a_finding_is_handed_to_a_unit_once(campaign_id):
    with open_session() as session:
        raised(session, campaign_id, unit="")
    form = {"unit": ANOTHER, "day": "2025-07-20"}
    receipted(done(office(), "F1/assign", form), "finding-assign")
    same = done(office(), "F1/assign", form)
    assert same.headers["location"] == "/c/jc/f/F1?same=1" and len(entries("finding-assign")) == 1
    assert "没有变化" in words_in(office().get("/c/jc/f/F1?same=1"))
    assert "没有名为" in words_in(is_page(done(office(), "F1/assign", {"unit": "无此局"}), 422))


def test_a_unit_answers_a_complaint_on_its_last_page(campaign_id):
    with open_session() as session:
        raised(session, campaign_id, "中午没有人", kind=FindingKind.COMPLAINT)
    form = {"note": "已安排轮值", "sure": "1"}
    assert "答复：已安排轮值" in receipted(done(liaison(), "C1/answer", form), "finding-answer")
    assert state("C1") == FindingState.CLOSED
    is_page(office().get("/c/jc/f/C1/verify"), 422)


@pytest.mark.parametrize("word", ["raise", "x", "<b>", "rectify'--"])
def test_a_step_that_is_none_is_not_found(finding, word):
    assert office().get(f"/c/jc/f/F1/{word}").status_code in (404, 422)
