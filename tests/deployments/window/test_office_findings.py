"""Findings and visits at the office: what waits, one more from its last page, a visit's result and its way back."""

import pytest

from models.database import open_session
from models.inspection.visit import problems_of, visit_lines
from models.rules.findings.words import FindingState, FindingStep
from models.rules.window.sight import VisitorRole
from tests.conftest import NOW
from tests.deployments.window.test_office import entries
from tests.support.findings import UNIT, laid_visit, raised, row_of, step
from tests.support.pieces import piece
from tests.support.windows import Client, account, is_page, words_in

O = "/c/jc/o"  # noqa: E741 - as it stands in the address
NEW = f"{O}/findings/new"
FORM = {"kind": "problem", "problem": "窗口没有公示收费标准", "source": "自查", "unit": UNIT, "on": "2025-06-30"}  # fmt: skip
RESULT = {"on": "2025-07-01", "by": "第一督导组组长"}


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW.replace(day=2))
    return clock_at


@pytest.fixture
def visit(campaign_id):
    with open_session() as session:
        return laid_visit(session, campaign_id)


def office() -> Client:
    return Client(account(NOW.replace(day=2), "甲"))


def held() -> tuple[bool, int]:
    with open_session(read_only=True) as session:
        [line] = visit_lines(session, 1)
        return line.is_held, len(problems_of(session, 1))


def test_what_waits_is_counted_on_the_first_page_and_listed_by_what_it_waits_for(campaign_id):
    with open_session() as session:
        raised(session, campaign_id, unit="")
        raised(session, campaign_id, "另一个")
        proof = piece(session, campaign_id, "整改通知")
        step(session, campaign_id, "F2", FindingStep.RECTIFY, pieces=(proof.code,))
    first = words_in(is_page(office().get(O)))
    assert "1 个等交办或裁定，1 个报了整改，等核实" in first
    page = words_in(is_page(office().get(f"{O}/findings")))
    assert "等交办或裁定（1）" in page and "等核实（1）" in page
    auditor = Client(account(NOW.replace(day=2), "乙", VisitorRole.AUDITOR))
    assert "登记问题" not in words_in(auditor.get(f"{O}/findings"))


def test_a_finding_is_registered_from_its_last_page_once(campaign):
    last = is_page(office().post(NEW, FORM, at=NEW))
    assert f"交{UNIT}" in words_in(last) and not entries("finding-raise")
    changed = is_page(office().post(NEW, FORM | {"change": "1"}, at=NEW))
    assert "窗口没有公示收费标准" in changed.text

    done = office().post(NEW, FORM | {"sure": "1"}, at=NEW)
    [entry] = entries("finding-raise")
    assert done.headers["location"] == f"/r/{entry.id}"
    assert "看这个问题" in words_in(is_page(office().get(f"/r/{entry.id}")))
    for shown in (f"/r/{entry.id}", f"{O}/acts"):
        assert f"提出：窗口没有公示收费标准，来源：自查；交{UNIT}" in words_in(office().get(shown))
    same = is_page(office().post(NEW, FORM | {"sure": "1"}, at=NEW))
    assert "没有变化" in words_in(same)
    with open_session(read_only=True) as session:
        assert row_of(session, "F1").state == FindingState.ASSIGNED


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (FORM | {"problem": ""}, "没有填写内容"),
        (FORM | {"kind": "x"}, "没有选是问题、投诉还是建议"),
        (FORM | {"due": "昨天"}, "时限写的是"),
        (FORM | {"unit": "无此局", "sure": "1"}, "无此局"),
        (FORM | {"item": "W999", "sure": "1"}, "W999"),
        (FORM | {"due": "2025-06-01", "sure": "1"}, "早于"),
    ],
)
def test_what_is_wrong_with_a_finding_is_said_and_nothing_is_kept(campaign, form, line):
    answer = is_page(office().post(NEW, form, at=NEW), 422)
    assert line in words_in(answer) and not entries("finding-raise")


def test_a_complaint_loses_who_complained_and_leads_to_a_problem(campaign):
    told = "投诉人：王小明，电话 13800138000，反映窗口中午没有人"
    form = FORM | {"kind": "complaint", "problem": told, "source": "热线"}
    last = words_in(is_page(office().post(NEW, form, at=NEW)))
    assert "已经去掉" in last and "王小明" not in last
    office().post(NEW, form | {"sure": "1"}, at=NEW)
    assert f"{O}/findings/new?from=C1" in office().get("/c/jc/f/C1").text
    page = office().get(f"{NEW}?from=C1").text
    assert 'value="C1"' in page and '<option value="投诉建议" selected>' in page
    office().post(NEW, FORM | {"source": "投诉建议", "which": "C1", "sure": "1"}, at=NEW)
    assert "投诉建议 C1" in words_in(office().get("/c/jc/f/F1"))


def test_a_visit_s_result_is_registered_and_taken_back(visit):
    path = f"{O}/visits/V1.1"
    assert "1 次走访到了日子，还没有报结果" in words_in(office().get(O))
    assert 'href="/c/jc/o/visits/V1.1"' in is_page(office().get(f"{O}/visits")).text
    form = RESULT | {"nothing": "1"}
    assert "未发现问题" in words_in(is_page(office().post(path, form, at=path)))
    assert held() == (False, 0)
    done = office().post(path, form | {"sure": "1"}, at=path)
    assert done.headers["location"] == f"/r/{entries('visits-held')[-1].id}"
    assert held() == (True, 0)
    assert "没有变化" in words_in(is_page(office().post(path, form | {"sure": "1"}, at=path)))

    assert 'href="/c/jc/o/visits/V1.1/back"' in office().get(f"{O}/acts").text
    back = f"{path}/back"
    assert "没有填写撤回的理由" in words_in(is_page(office().post(back, {}, at=back), 422))
    assert office().post(back, {"reason": "登记错了"}, at=back).status_code == 303
    assert held() == (False, 0)
    assert 'href="/c/jc/o/visits/V1.1/back"' not in office().get(f"{O}/acts").text


def test_what_a_visit_lists_becomes_findings_and_stands(visit):
    path = f"{O}/visits/V1.1"
    form = RESULT | {"problems": "公示栏没有更新\r\n两份文书缺少日期"}
    last = words_in(is_page(office().post(path, form, at=path)))
    assert f"这 2 个问题随即交{UNIT}整改" in last
    office().post(path, form | {"sure": "1"}, at=path)
    assert held() == (True, 2)
    assert "两份文书缺少日期" in words_in(office().get("/c/jc/f/F2"))
    back = f"{path}/back"
    refused = words_in(is_page(office().post(back, {"reason": "登记错了"}, at=back), 422))
    assert "不能撤回" in refused and "shifan" not in refused
    wrong = RESULT | {"problems": "又一个", "nothing": "1", "sure": "1"}
    assert "留下一样" in words_in(is_page(office().post(path, wrong, at=path), 422))
    late = RESULT | {"on": "2025-08-01", "problems": "x", "sure": "1"}
    assert "还没有到" in words_in(is_page(office().post(path, late, at=path), 422))


def test_what_stands_last_is_taken_back_from_the_list_of_what_was_done(campaign_id):
    with open_session() as session:
        raised(session, campaign_id)
        step(session, campaign_id, "F1", FindingStep.END, by="创建办")
    link = 'href="/c/jc/f/F1/take-back"'
    assert link in is_page(office().get(f"{O}/acts")).text
    office().post("/c/jc/f/F1/take-back", {"note": "点错了"}, at="/c/jc/f/F1/take-back")
    assert link not in office().get(f"{O}/acts").text
