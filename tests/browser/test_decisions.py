"""Leaders decide in the operator's window: every way an answer can go, in a real server and browser."""

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from flows.running import clock
from tests.browser.office import (
    Form,
    Office,
    asked_again,
    command,
    ended,
    open_office,
    wait_until,
)
from tests.support.upped import asked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# One stage per test, so that each has a question of its own; with steps the gate is closed.
STAGES = {
    "批准一": [],
    "退回二": [],
    "延期三": ["培训"],
    "强制四": ["培训"],
    "错码五": [],
    "缺理由六": ["培训"],
    "过期七": [],
    "两人八": [],
    "手工九": [],
    "手机十": ["培训"],
}


def plan_yaml(today: date) -> str:
    start, end = today - timedelta(days=40), today + timedelta(days=1)
    lines = ["kind: implementation_plan", "title: 测试市创建方案", f"issued_on: {start}", "stages:"]
    for ordinal, (name, steps) in enumerate(STAGES.items(), 1):
        lines.append(
            f"- {{ordinal: {ordinal}, name: {name}, kind: launch, start: {start}, end: {end}, "
            f"steps: [{', '.join(steps)}]}}"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    plans = {"cs": plan_yaml(clock.today())}
    folder = tmp_path_factory.mktemp("office")
    with open_office(folder, plans, {"KEY-1": "组长"}, list(STAGES)) as running:
        yield running


def test_an_approval_closes_the_stage_and_leaves_no_code_behind(office, desk, pictures):
    number, run = office.decision("批准一")
    code = office.code("批准一")
    form = Form(desk, office, run)
    form.picture(pictures / "decision-approve.png")
    form.answer("批准", code=f" {code.lower()} ")

    assert "组长批准" in ended(office, run)["message"]
    desk.wait_for_timeout(1500)
    desk.screenshot(path=pictures / "decision-approved.png")
    assert office.stage("批准一")[0] == "closed"
    assert office.rows("SELECT state FROM decision_code WHERE decision_id = ?", number) == [
        ("used",)
    ]
    inputs = str(office.inputs(run))
    logs = "".join(p.read_text() for p in (office.up.home / "logs").glob("*.log"))
    kept = "".join(str(office.rows(f"SELECT * FROM {t}")) for t in TABLES)
    assert code not in inputs + logs + kept
    assert "decision-1" in inputs  # the question itself is still there
    for listed in ("artifacts", "flow_runs", "task_runs", "logs"):
        assert code not in str(office.ask(f"{listed}/filter", limit=200)), listed
    assert code not in desk.url


TABLES = ("message", "delivery", "decision", "decision_code", "decision_try", "audit_entry")


def test_a_return_keeps_the_stage_going_and_tells_why(office, desk, pictures):
    _, run = office.decision("退回二")
    form = Form(desk, office, run)
    form.answer("退回", code=office.code("退回二"), reason="宣传还没有到乡镇")

    assert "退回" in ended(office, run)["message"]
    assert office.stage("退回二")[0] == "active"
    told = office.rows("SELECT DISTINCT detail FROM notice WHERE rule = 'stage_returned'")
    assert told == [("理由：宣传还没有到乡镇",)]


def test_a_postponement_needs_a_later_day_and_keeps_the_original(office, desk, pictures):
    _, run = office.decision("延期三")
    original = office.stage("延期三")[1]
    later = (clock.today() + timedelta(days=30)).isoformat()
    form = Form(desk, office, run)
    code = office.code("延期三")
    said = form.refused("延期", code=code, reason="等省里复核", until="2026-02-30")
    assert "日期写的是“2026-02-30”" in said
    form.picture(pictures / "decision-refused.png")
    form = Form(desk, office, run)
    said = form.refused("延期", code=code, reason="等省里复核", until=original)
    assert f"不晚于原来的结束日（{original}）" in said
    again = Form(desk, office, run)
    again.picture(pictures / "decision-postpone.png")
    again.answer("延期", code=code, reason="等省里复核", until=later)

    assert f"延期到 {later}" in ended(office, run)["message"]
    assert office.stage("延期三") == ("active", later, original)
    assert (
        office.rows("SELECT due, original_due FROM milestone WHERE code IN ('S3.1', 'S3.END')")
        == [(later, original)] * 2
    )


def test_a_forced_stage_keeps_its_obstacles_and_undone_milestones(office, desk, pictures):
    _, run = office.decision("强制四")
    form = Form(desk, office, run)
    form.answer("强制推进", code=office.code("强制四"), reason="培训与下一阶段合并举行")

    assert "强制推进" in ended(office, run)["message"]
    assert office.stage("强制四")[0] == "closed"
    [(kept,)] = office.rows("SELECT obstacles FROM transition WHERE reason LIKE '培训与下%'")
    assert "S4.1 培训尚未完成" in kept
    assert office.rows("SELECT state, withdrawn FROM milestone WHERE code = 'S4.1'") == [
        ("open", 0)
    ]


def test_an_objection_puts_the_stage_back_to_the_question(office, desk, pictures):
    number, _ = office.decision("强制四")
    form = {"decision": number, "by_post": "组长", "reason": "不是我作的决定"}
    run = office.run("提出异议", objection=form)
    code = office.code("强制四", 2)
    asked_again(office, run)
    for _ in range(4):  # a busy server refuses the click at times; then a leader clicks again
        desk.goto(f"{office.up.url}/runs/flow-run/{run}")
        desk.get_by_role("button", name="Resume").first.click()
        desk.get_by_text("填入后异议生效").first.wait_for()
        boxes = desk.locator(".p-modal textarea, [role=dialog] textarea")
        assert boxes.count() == 1  # what the door adds is no field
        boxes.first.fill(code)
        desk.screenshot(path=pictures / "objection.png")
        desk.get_by_role("button", name="Submit").click()
        with contextlib.suppress(AssertionError):
            wait_until(lambda: not office.waits(run), 20)
            break

    assert "“强制四”回到审批" in ended(office, run)["message"]
    assert office.stage("强制四")[0] == "deciding"
    again, asked_run = office.decision("强制四")
    assert again > number
    wait_until(lambda: office.waits(asked_run), 60)
    inputs = str(office.inputs(run))
    assert code not in inputs
    receipts = [t.text for t in office.provider.accepted if "【回执】" in t.text]
    assert any(f"审批（编号 {number}）" in text and "提出异议](" in text for text in receipts)


def test_five_wrong_codes_make_one_wait_and_the_code_stays_good(office, desk, pictures):
    number, run = office.decision("错码五")
    code = office.code("错码五")
    wrong = "AAAAAA" if code != "AAAAAA" else "CCCCCC"
    for left in (4, 3, 2, 1):
        form = Form(desk, office, run)
        said = form.refused("批准", code=wrong)
        assert f"验证码不正确，再错 {left} 次就要等一等" in said
        if left == 3:
            form.picture(pictures / "decision-wrong-twice.png")
    form = Form(desk, office, run)
    assert "请等 60 秒再试" in form.refused("批准", code=wrong)
    form.picture(pictures / "decision-waits.png")

    form = Form(desk, office, run)
    assert "还要等" in form.refused("批准", code=code)  # right, but too early: not looked at
    assert office.stage("错码五")[0] == "deciding"
    office.rows(
        "UPDATE wrong_codes SET last_at = '2020-01-01 00:00:00.000000' WHERE matter = ?",
        f"decide:{number}",
    )
    Form(desk, office, run).answer("批准", code=code)
    assert ended(office, run)["type"] == "COMPLETED"
    assert office.codes("错码五") == [code]  # nobody's wrong tries had another one sent
    assert office.stage("错码五")[0] == "closed"


def test_a_missing_reason_asks_again_and_the_code_stays_good(office, desk, pictures):
    _, run = office.decision("缺理由六")
    code = office.code("缺理由六")
    said = Form(desk, office, run).refused("批准", code=code)
    assert "推进条件还有 1 项没有满足，不能批准" in said
    form = Form(desk, office, run)
    assert "强制推进必须写明理由" in form.refused("强制推进", code=code)
    form.picture(pictures / "decision-no-reason.png")

    form = Form(desk, office, run)
    form.answer("强制推进", code=code, reason="省里要求")
    assert ended(office, run)["type"] == "COMPLETED"
    assert office.stage("缺理由六")[0] == "closed"


def test_a_late_code_is_replaced(office, desk, pictures):
    number, run = office.decision("过期七")
    first = office.code("过期七")
    office.rows(
        "UPDATE decision_code SET expires_at = '2020-01-01 00:00:00.000000' WHERE decision_id = ?",
        number,
    )
    Form(desk, office, run).answer("批准", code=first)
    second = office.code("过期七", 2)
    asked_again(office, run)
    form = Form(desk, office, run)
    assert "验证码已过期，新的验证码已发往组长的通道" in form.words
    form.picture(pictures / "decision-late.png")

    form.answer("批准", code=second)
    assert ended(office, run)["type"] == "COMPLETED"


def test_of_two_at_once_one_wins_and_the_other_is_told(office, desk, phone, pictures):
    number, run = office.decision("两人八")
    code = office.code("两人八")
    other = office.run("阶段审批", decision_id=number)
    asked_again(office, other)
    first, second = Form(desk, office, run), Form(phone, office, other)
    first.fill("批准", code=code)
    second.fill("退回", code=code, reason="再看看")
    first.submit()
    second.submit()
    first.press_until_taken("批准", code=code)
    second.press_until_taken("退回", code=code, reason="再看看")

    states = [ended(office, run), ended(office, other)]
    assert sorted(state["name"] for state in states) == ["Completed", "已失效"]
    [lost] = [state for state in states if state["name"] == "已失效"]
    assert "已由组长于" in lost["message"]
    assert (
        len(
            office.rows(
                "SELECT 1 FROM audit_entry WHERE subject = 'S8' AND what IN ('decision-approve', 'decision-return')"
            )
        )
        == 1
    )
    phone.reload()
    phone.wait_for_timeout(2000)
    phone.screenshot(path=pictures / "decision-lost.png")


def test_a_state_set_by_hand_moves_nothing_and_is_asked_again(office, desk, pictures):
    _, run = office.decision("手工九")
    for done in ("COMPLETED", "CANCELLED", "deleted"):
        if done == "deleted":
            asked(office.up.url, f"flow_runs/{run}", method="DELETE", headers=office.up.service)
        else:
            body = {"state": {"type": done, "message": "手工"}, "force": True}
            asked(office.up.url, f"flow_runs/{run}/set_state", body, headers=office.up.service)
        said = office.patrol()
        assert office.stage("手工九")[0] == "deciding"
        assert "“手工九”的审批运行" in said and "已重新请求审批" in said
        before, run = run, office.decision("手工九")[1]
        assert run != before
        asked_again(office, run)
    assert "已重新请求审批" not in office.patrol()

    Form(desk, office, run).answer("批准", code=office.code("手工九"))
    assert ended(office, run)["type"] == "COMPLETED"
    assert office.stage("手工九")[0] == "closed"


def test_on_a_phone_the_question_can_be_read_and_answered(office, phone, pictures):
    _, run = office.decision("手机十")
    form = Form(phone, office, run)
    form.picture(pictures / "decision-phone.png")
    form.fill("强制推进", code=office.code("手机十"), reason="省里要求")
    form.picture(pictures / "decision-phone-filled.png")
    form.submit()
    form.press_until_taken("强制推进", code=office.code("手机十"), reason="省里要求")

    assert "强制推进" in ended(office, run)["message"]


def test_the_chain_holds_after_all_of_it(office):
    assert "记录链完整" in command(office.up.home, "audit", "verify")
