"""Circles of deputies, one person in two posts, one robot for two: said at load, check and asking."""

from datetime import date

import pytest
from sqlmodel import select

from deployments.cli import run
from flows.running import clock
from models.database import open_session
from models.settings import moment_of
from models.units.unit import Post
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.deputies.delegating import ToLend, delegate
from tasks.decisions.deputies.entanglements import own_request_of
from tasks.decisions.questions import read_question
from tasks.lists.posts import export_posts, load_posts
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY
from tests.support.deciding import noon
from tests.support.sheets import edited, place
from tests.tools.fake_provider import FakeProvider

MONDAY, FRIDAY = date(2025, 7, 21), date(2025, 7, 25)
CIRCLE = "组长和分管领导在 2025-07-21 至 2025-07-25 互相代为决定"


@pytest.fixture
def robots(tmp_path, monkeypatch):
    """Write a channels file of robots, by key and tag, on a provider of our own."""
    with FakeProvider() as provider:

        def write(*entries: tuple[str, str]) -> None:
            lines = "".join(
                f"  - wecomrobot://{key}?base={provider.base}:\n      tag: {tag}\n"
                for key, tag in entries
            )
            path = tmp_path / "channels.yaml"
            path.write_text(f"urls:\n{lines}", encoding="utf-8")
            path.chmod(0o600)
            monkeypatch.setenv("SHIFAN_CHANNELS", str(path))

        yield write


@pytest.fixture
def on_monday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: noon(MONDAY))
    monkeypatch.setattr(clock, "today", lambda: MONDAY)


def lend(slug, post, to):
    return delegate(
        slug, ToLend(post, to, MONDAY, FRIDAY, "创建办"), moment_of(noon(MONDAY), MONDAY)
    )


def test_a_circle_of_deputies_is_said_when_made_when_checked_and_when_asked(
    office, robots, on_monday, capsys
):
    slug = office()
    assert lend(slug, "组长", "分管领导").entangled == []
    [line] = lend(slug, "分管领导", "组长").entangled
    assert line.startswith(CIRCLE)
    robots(("KEY-1", "创建办"))
    capsys.readouterr()

    assert run(["channels", "check"]) == 0
    assert f"注意：{CIRCLE}" in capsys.readouterr().out
    assert any(
        CIRCLE in line for line in patrol_campaign(slug, moment_of(noon(MONDAY), MONDAY)).decisions
    )
    assert run(["decision", "ask", "1", "--by", "创建办"]) == 0
    assert f"注意：{CIRCLE}" in capsys.readouterr().out
    assert (
        run(
            ["decision", "delegate", "组长", "--to", "分管领导", "--start", "2025-07-21"]
            + ["--end", "2025-07-25", "--by", "创建办"]
        )
        == 0
    )
    assert CIRCLE in capsys.readouterr().out


def test_whoever_asks_for_a_decision_of_his_own_reads_so_in_the_form(office):
    slug = office()
    number, _ = ask_by_hand(slug, 1, "组长", moment_of(noon(MONDAY), MONDAY))

    [line] = own_request_of(number, MONDAY)
    assert line.startswith("这次审批由组长提请，又由组长决定，是同一个人")
    assert line in read_question(number, "form", moment_of(noon(MONDAY), MONDAY)).markdown


def test_one_person_in_two_posts_is_said_when_the_list_of_posts_comes_back(campaign, tmp_path):
    path = tmp_path / "联系人.xlsx"
    export_posts(campaign, path)

    def same(book):
        place(book["联系人"], "渠道标签", 层级="分管领导").value = "组长"

    loaded = load_posts(campaign, edited(path, same), moment=moment_of(NOW, TODAY))

    [line] = loaded.notes
    assert line.startswith("组长和分管领导用同一个标签“组长”，是同一个人兼任")
    assert (
        load_posts(campaign, edited(path, same, "再.xlsx"), moment=moment_of(NOW, TODAY)).changes
        == 0
    )


def test_one_robot_for_two_posts_is_said_with_the_units_of_which_it_is_true(
    campaign, robots, on_monday, capsys
):
    with open_session() as session:
        tags = session.exec(select(Post.tag).where(Post.level <= 2)).all()
    assert tags
    robots(
        ("KEY-1", "创建办, 分管领导"), ("KEY-2", "分管领导"), ("KEY-3", "市司法局, 市司法局-负责人")
    )
    capsys.readouterr()

    assert run(["channels", "check"]) == 0
    said = capsys.readouterr().out
    assert "注意：分管领导和创建办的消息进同一个机器人、邮箱或手机" in said
    assert "注意：市司法局的联络员和单位负责人共用一个通道" in said
