"""Several posts decide together, a question is handed on, a stage is opened early: in a real browser."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

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

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

ROBOTS = {"KEY-1": "组长", "KEY-2": "分管领导"}
TOGETHER = {"会签一": ["培训"], "会签二": []}
HANDED_ON = {"转办一": ["培训"], "转办手机二": []}


def plan_yaml(title: str, stages: dict[str, list[str]], gates: str, today: date) -> str:
    start, end = today - timedelta(days=40), today + timedelta(days=1)
    lines = ["kind: implementation_plan", f"title: {title}", f"issued_on: {start}", "stages:"]
    for ordinal, (name, steps) in enumerate(stages.items(), 1):
        lines.append(
            f"- {{ordinal: {ordinal}, name: {name}, kind: launch, start: {start}, end: {end}, "
            f"steps: [{', '.join(steps)}]}}"
        )
    later = today + timedelta(days=30)
    number = len(stages) + 1
    lines.append(
        f"- {{ordinal: {number}, name: {title[:2]}后续, kind: implementation, start: {later}}}"
    )
    return "\n".join([*lines, f"gates: {gates}"]) + "\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    today = clock.today()
    both = "{deciders: [组长, 分管领导], all_must_agree: true}"
    plans = {
        "hq": plan_yaml("会签县创建方案", TOGETHER, both, today),
        "zb": plan_yaml("转办县创建方案", HANDED_ON, "{may_transfer: true}", today),
    }
    folder = tmp_path_factory.mktemp("together")
    with open_office(folder, plans, ROBOTS, [*TOGETHER, *HANDED_ON]) as running:
        yield running


def test_both_must_agree_and_the_second_sees_the_first(office, desk, phone, pictures):
    _, run = office.decision("会签一")
    form = Form(desk, office, run)
    assert "组长 会同 分管领导" in form.words
    form.picture(pictures / "together-asked.png")
    form.answer("强制推进", code=office.code("会签一", key="KEY-2"), reason="边推进边补培训")
    asked_again(office, run)
    assert office.stage("会签一")[0] == "deciding"

    second = Form(phone, office, run)
    assert "已经表态：分管领导强制推进" in second.words
    assert "分管领导已表态：强制推进；还需组长表态" in second.words
    second.picture(pictures / "together-second-phone.png")
    Form(desk, office, run).picture(pictures / "together-second.png")
    second.answer("强制推进", code=office.code("会签一", key="KEY-1"), reason="同意")

    assert "组长强制推进" in ended(office, run)["message"]
    assert office.stage("会签一")[0] == "closed"
    voices = office.rows("SELECT said_by FROM asked_post WHERE answer = 'force' ORDER BY said_by")
    assert voices == [("分管领导",), ("组长",)]


def test_the_same_code_does_not_count_for_two(office, desk, pictures):
    _, run = office.decision("会签二")
    code = office.code("会签二", key="KEY-1")
    Form(desk, office, run).answer("批准", code=code)
    asked_again(office, run)
    said = Form(desk, office, run).refused("批准", code=code)  # his own once more
    assert "这个验证码已经用过" in said and "再错" not in said  # it costs nobody a try
    form = Form(desk, office, run)
    assert office.stage("会签二")[0] == "deciding"

    form.answer("退回", code=office.code("会签二", key="KEY-2"), reason="材料不实")
    assert "分管领导退回" in ended(office, run)["message"]
    assert office.stage("会签二")[0] == "active"


@pytest.mark.parametrize(("width", "stage"), [("desk", "转办一"), ("phone", "转办手机二")])
def test_a_question_is_handed_on_and_the_new_one_decides(office, width, stage, request, pictures):
    page = request.getfixturevalue(width)
    _, run = office.decision(stage)
    code = office.code(stage, key="KEY-1")
    form = Form(page, office, run)
    form.fill("转办：分管领导", code=code)
    form.picture(pictures / f"transfer-{width}.png")
    form.open()
    form.answer("转办：分管领导", code=code)
    asked_again(office, run)

    office.send_now()
    form = Form(page, office, run)
    assert "已转给分管领导决定，验证码已发往其通道" in form.words
    assert "请 分管领导 在" in form.words
    form.picture(pictures / f"transferred-{width}.png")
    form.answer("退回", code=office.code(stage, key="KEY-2"), reason="宣传还没有到乡镇")
    assert "分管领导退回" in ended(office, run)["message"]
    assert office.stage(stage)[0] == "active"


def test_a_stage_is_opened_before_its_day(office, desk, phone, pictures):
    command(office.up.home, "decision", "ask", "3", "--campaign", "zb", "--by", "创建办")
    office.patrol()
    wait_until(lambda: office.is_asked("转办后续"), 60)
    office.send_now()
    _, run = office.decision("转办后续")
    Form(phone, office, run).picture(pictures / "opening-phone.png")
    form = Form(desk, office, run)
    form.picture(pictures / "opening.png")
    assert "是否提前启动" in form.words
    form.answer("批准", code=office.code("转办后续（提前启动）", key="KEY-1"))

    assert "“转办后续”已提前启动" in ended(office, run)["message"]
    assert office.stage("转办后续")[0] == "active"


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_confirmation_is_registered_in_a_form(office, width, request, pictures):
    page = request.getfixturevalue(width)
    links = json.loads((office.up.home / "links.json").read_text(encoding="utf-8"))
    demand = {"desk": "每个责任单位都领到台账", "phone": "已成立领导小组和工作专班"}[width]
    filled = {
        "confirmation": {"condition": demand, "by_post": "创建办", "stage": 1, "campaign": "zb"}
    }
    page.goto(
        f"{office.up.url}/deployments/deployment/{links['deployments']['登记确认']}/run"
        f"?parameters={quote(json.dumps(filled, ensure_ascii=False))}"
    )
    page.get_by_text("确认人职务").wait_for()
    page.wait_for_timeout(800)
    page.screenshot(path=pictures / f"confirm-{width}.png", full_page=True)
    page.get_by_role("button", name="Submit").click()
    sql = "SELECT count(*) FROM confirmation WHERE rule = ?"
    rule = {"desk": "ledgers-out", "phone": "task-force"}[width]
    wait_until(lambda: office.rows(sql, rule) != [(0,)], 90)

    assert office.rows(sql, rule) == [(1,)]
