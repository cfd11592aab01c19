"""Why was nobody told? Each of the nine answers, made to happen, as people and programs read it."""

import json

import pytest

from deployments.cli import run
from models.campaign.campaign import Campaign
from models.campaign.progress import Report, register
from models.database import open_session
from models.rules.words import Progress
from models.settings import moment_of
from tasks.notices.acknowledging import acknowledge
from tasks.notices.delivery import deliver
from tasks.notices.silences import add_silence
from tasks.notices.why import ANSWERS
from tasks.patrol.patrol import patrol_campaign
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots, states

KEY = "key-0000-0000"


@pytest.fixture
def office(campaign, provider, tmp_path, monkeypatch):
    """The office alone has a robot, and one thing is due today."""
    robots(tmp_path, monkeypatch, provider.base, ["创建办"])
    only("S2.1", MONDAY)
    return campaign


def delivered(office, provider, patch):
    morning(office, MONDAY)


def refused(office, provider, patch):
    provider.behave("refuse")
    morning(office, MONDAY)


def merged(office, provider, patch):
    patrol_campaign(office, moment_of(at(MONDAY), MONDAY))
    with patch.context() as killed:  # gathered, and ended before anything was sent
        killed.setattr("tasks.notices.delivery.claim", lambda *_, **__: [])
        deliver(lambda: at(MONDAY, 9, 1))


def held(office, provider, patch):
    morning(office, MONDAY, hour=20)


def acknowledged(office, provider, patch):
    acknowledge(office, "S2.1", "创建办", "", moment=moment_of(at(MONDAY, 8), MONDAY))
    morning(office, MONDAY)


def silenced(office, provider, patch):
    more = {"author": "创建办", "reason": "等文件", "until": MONDAY}
    add_silence(office, "S2.1", moment=moment_of(at(MONDAY, 8), MONDAY), **more)
    morning(office, MONDAY)


def no_channel(office, provider, patch):
    patch.delenv("SHIFAN_CHANNELS")
    morning(office, MONDAY)


def not_due(office, provider, patch, *, said=True):
    patrol_campaign(office, moment_of(at(MONDAY), MONDAY))
    with open_session() as session:
        campaign = session.get_one(Campaign, 1)
        report = Report("S2.1", Progress.DONE, "创建办", done_on=MONDAY)
        register(session, campaign.id, report, moment=moment_of(at(MONDAY), MONDAY))
    if said:
        deliver(lambda: at(MONDAY, 9, 1))


def done_unsaid(office, provider, patch):
    not_due(office, provider, patch, said=False)


@pytest.mark.parametrize(
    ("live", "answer", "words", "facts"),
    [
        (delivered, "delivered", "已送达：2025-07-21 09:01", {"at": "2025-07-21T01:01:00+00:00"}),
        (refused, "refused", "返回码 93000（invalid webhook url）", {"code": "93000"}),
        (merged, "merged", "已合并到消息 1 号", {"message": 1}),
        (held, "held", "休息时间", {"reason": "off-hours"}),
        (acknowledged, "acknowledged", "创建办 于 2025-07-21 08:00 签收", {"by": "创建办"}),
        (silenced, "silenced", "第 1 号静默", {"author": "创建办", "reason": "等文件"}),
        (no_channel, "no-channel", "没有配置通道", {"reason": "no-channels-file"}),
        (not_due, "not-due", "已登记为已完成（2025-07-21）", {}),
        (done_unsaid, "not-due", "已登记为已完成；以前写下、还没有发出的提醒不再发", {}),
    ],
)
def test_each_answer_has_its_reason_in_words_and_facts(
    office, provider, monkeypatch, capsys, live, answer, words, facts
):
    live(office, provider, monkeypatch)
    ask = ["notices", "why", "S2.1", "--on", "2025-07-21"]
    capsys.readouterr()
    assert run(ask) == 0
    assert "".join(words.split()) in "".join(capsys.readouterr().out.split())
    assert run([*ask, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert (found["subject"], found["on"], found["answer"]) == ("S2.1", "2025-07-21", answer)
    assert answer in ANSWERS
    assert {name: found["facts"].get(name) for name in facts} == facts
    assert KEY not in json.dumps(found)


def test_inhibited_names_the_stage(campaign, provider, tmp_path, monkeypatch, capsys):
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    morning(campaign, MONDAY)
    capsys.readouterr()
    assert run(["notices", "why", "S1.1", "--on", "2025-07-21", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["answer"] == "inhibited"
    assert found["facts"]["stage"] == "部署启动"


def test_the_plan_s_own_ladder_comes_before_the_office_s(office, provider, tmp_path, monkeypatch):
    path = tmp_path / "ladder.yaml"
    path.write_text("rungs:\n- {workdays: 0, tell: [组长]}\n", encoding="utf-8")
    monkeypatch.setenv("SHIFAN_LADDER", str(path))
    with open_session() as session:
        campaign = session.get_one(Campaign, 1)
        own = {"rungs": [{"workdays": -2, "tell": ["创建办"]}]}
        campaign.plan_json = json.dumps(json.loads(campaign.plan_json) | {"ladder": own})
    patrol_campaign(office, moment_of(at(MONDAY), MONDAY))
    assert states(subject_kind="milestone") == []  # neither the office's rung nor the built-in one
    only("S2.1", MONDAY.replace(day=23))
    patrol_campaign(office, moment_of(at(MONDAY, 10), MONDAY))

    assert states(rule="before_2") == ["waiting"]
