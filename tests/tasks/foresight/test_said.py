"""What is foreseen is said beside what goes out anyway, and makes no message of its own."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from deployments.cli import run
from models.calendar.calendar import in_hours
from models.campaign.work import Assignment, Indicator
from models.database import open_session
from models.foresight.shown import stages_and_forecast
from models.foresight.spoken import Spoken, SpokenItem, spoken_forecasts
from models.notices.notice import Message
from models.settings import moment_of, settings
from models.units.unit import Post
from notifications.channels.channels import load_channels
from tasks.foresight.making import keep_foreseen
from tasks.notices.gathering import gather
from tasks.notices.round import Delivered
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.view import view_campaign
from tests.support.alerts import at, every_tag, robots, states
from tests.tasks.foresight.paced import DAY, MOMENT, pace
from tests.tools.bench_patrol import asked, recorded


def item(
    code: str, title: str = "健全裁量权基准", unit: str = "市司法局", unit_id: int = 3
) -> SpokenItem:
    return SpokenItem(code, title, unit, unit_id, 0.8)


def spoken(count: int, *first: SpokenItem, enough: bool = True) -> Spoken:
    return Spoken(DAY, enough, 40, count, {3: count}, first, {3: first})


@pytest.mark.parametrize(
    ("found", "sentence", "line"),
    [
        (spoken(0), "预计本月没有可能逾期的事项", ""),
        (
            spoken(1, item("W5")),
            "预计本月有 1 项可能逾期：W5 健全裁量权基准（市司法局）",
            "预计贵单位本月有 1 项可能逾期：W5",
        ),
        (
            spoken(2, item("W5"), item("1.1.2")),
            "预计本月有 2 项可能逾期：W5 健全裁量权基准（市司法局）、1.1.2 健全裁量权基准（市司法局）",
            "预计贵单位本月有 2 项可能逾期：W5、1.1.2",
        ),
        (
            spoken(7, *[item(f"W{n}", "甲") for n in range(5)]),
            "预计本月有 7 项可能逾期，最可能的三项：W0 甲（市司法局）、W1 甲（市司法局）、W2 甲（市司法局）",
            "预计贵单位本月有 7 项可能逾期：W0、W1、W2等",
        ),
        # Three parts of one thing are named once.
        (
            spoken(3, item("W5", "甲"), item("W5", "甲"), item("W6", "乙")),
            "预计本月有 3 项可能逾期，最可能的两项：W5 甲（市司法局）、W6 乙（市司法局）",
            "预计贵单位本月有 3 项可能逾期：W5、W6",
        ),
    ],
)
def test_it_is_said_in_one_sentence(found, sentence, line):
    assert found.sentence == sentence
    assert found.of_unit(3) == line
    assert found.of_unit(4) == found.of_unit(None) == found.of_unit(0) == ""


def test_one_of_each_thing_is_named_before_a_second_of_any(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    with open_session() as session:
        parts = session.exec(
            select(Assignment).where(Assignment.due == DAY + timedelta(days=9))
        ).all()
        other = Indicator(campaign_id=campaign_id, code="I99", level=3, title="别的一项")
        session.add(other)
        session.flush()
        parts[-1].indicator_id = other.id
    with open_session(read_only=True) as session:
        found = spoken_forecasts(session, [campaign_id], DAY, DAY)[campaign_id]
        board = stages_and_forecast(session, campaign_id, DAY)[1]

    assert {"I12", "I99"} <= {one.code for one in found.first}
    assert [one.code for one in board.items] == list({one.code: 0 for one in board.items})
    shown = {one.code: one.parts for one in board.items}
    assert shown["I12"] > 1
    assert shown["I99"] == 1
    assert board.likely == found.likely > shown["I12"]


def test_where_too_little_is_known_no_letter_says_so():
    found = spoken(3, item("W5"), enough=False)

    assert "样本不足" in found.sentence
    assert (found.line, found.of_unit(3)) == ("", "")


def gathered() -> list[tuple[str, bool, str, str]]:
    """Return what would go out now: to whom, how urgently, and in which words; nothing is kept."""
    with open_session(preview=True) as session:
        moment = in_hours(session, moment_of(at(DAY, 9, 5)))
        gather(session, load_channels(settings().channels), moment, Delivered())
        session.flush()
        rows = session.exec(select(Message).order_by(col(Message.tag), col(Message.urgent))).all()
        return [(row.tag, row.urgent, row.subject, row.body) for row in rows]


@pytest.fixture
def waiting(campaign, campaign_id, tmp_path, monkeypatch):
    """Everybody has a channel, and the patrol of the day has found what is to be said."""
    robots(tmp_path, monkeypatch, "https://127.0.0.1:9", list(dict.fromkeys(every_tag())))
    pace(campaign_id)
    patrol_campaign(campaign, MOMENT)
    return campaign


def test_the_same_messages_go_out_with_and_without_a_forecast(waiting):
    without = gathered()
    keep_foreseen("jc", MOMENT)
    with_ = gathered()

    assert [row[:3] for row in with_] == [row[:3] for row in without]
    leaders = [body for tag, _, _, body in with_ if "预计本月有" in body]
    units = [body for _, _, _, body in with_ if "预计贵单位" in body]
    assert leaders
    assert units
    assert not [body for body in leaders if body in units]
    for (*_, body), (*_, plain) in zip(with_, without, strict=True):
        said = [line for line in body.splitlines() if "预计" not in line]
        assert [line for line in said if line] == [line for line in plain.splitlines() if line]
        assert body.count("预计") <= 1


def test_a_unit_hears_only_of_its_own(waiting, campaign_id):
    keep_foreseen("jc", MOMENT)
    with open_session(read_only=True) as session:
        found = spoken_forecasts(session, [campaign_id], DAY, DAY)[campaign_id]
        tags = {post.unit_id: post.tag for post in session.exec(select(Post)) if post.unit_id}
    said = {tag: body for tag, _, _, body in gathered()}

    assert sum(found.of_units.values()) == found.likely
    heard = {unit for unit, tag in tags.items() if "预计贵单位" in said.get(tag, "")}
    assert heard
    assert heard <= set(found.of_units)


@pytest.mark.parametrize(("made", "is_said"), [(0, True), (-1, True), (-2, False)])
def test_a_letter_says_what_was_foreseen_that_day_or_on_the_working_day_before(
    waiting, made, is_said
):
    day = DAY + timedelta(days=made)
    keep_foreseen("jc", moment_of(at(day, 8), day))

    assert any("预计本月有" in body for *_, body in gathered()) is is_said


def test_a_round_asks_one_thing_more_whatever_is_spoken_of(waiting):
    with recorded() as said:
        gathered()

    assert len([one for one in asked(said) if "forecast_line" in one]) == 1


def test_the_status_says_what_is_foreseen_and_its_json_has_a_key_for_it(
    campaign, campaign_id, capsys, clock_at
):
    clock_at(at(DAY, 9))
    assert run(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["campaigns"][0]["forecast"] is None
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)

    assert run(["status", "--json"]) == 0
    [found] = json.loads(capsys.readouterr().out)["campaigns"]
    assert found["forecast"]["day"] == "2025-09-10"
    assert found["forecast"]["sentence"].startswith("预计本月有")
    assert run(["status"]) == 0
    assert "（2025-09-10 的预计）" in capsys.readouterr().out


def test_no_lamp_and_no_notice_comes_of_a_forecast(campaign, campaign_id):
    pace(campaign_id)
    before = view_campaign("jc", DAY)
    keep_foreseen("jc", MOMENT)

    assert view_campaign("jc", DAY) == before
    assert states() == []
