"""The office hears once of evidence that waits for a week without a ledger that speaks of it."""

# ruff: noqa: F811 - fixtures are named as what they bring

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.database import open_session
from models.notices.notice import Notice
from models.rules.notices.rule_words import FILES_WAIT
from models.rules.words import Level
from models.settings import moment_of
from tasks.intake.receiving import receive
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.tasks.intake.test_importing import (  # noqa: F401 - a fixture
    MOMENT,
    UNITS,
    by_mail,
    filled,
    sent,
)


def after(days: int):
    return moment_of(NOW + timedelta(days=days), TODAY + timedelta(days=days))


def told() -> list[tuple[int, str]]:
    with open_session() as session:
        found = select(Notice.level, Notice.words).where(Notice.rule == FILES_WAIT)
        return [(level, words) for level, words in session.exec(found.order_by(Notice.id))]


def states() -> list[str]:
    with open_session() as session:
        return list(session.exec(select(Notice.state).where(Notice.rule == FILES_WAIT)))


@pytest.fixture
def came(campaign, sent, tmp_path):
    """A unit's ledger and the file it names."""
    return filled(sent, UNITS[0], tmp_path / "来")


@ON_BOTH
def test_a_file_that_waits_for_a_week_is_told_to_the_office_once(campaign, campaign_id, came):
    _, file = came
    receive(None, [by_mail(file, "1")], MOMENT)

    for days, times in ((6, 0), (8, 1), (8, 1), (9, 1), (15, 1), (22, 1)):
        patrol_campaign(campaign, after(days))
        assert len(told()) == times, days

    [(level, words)] = told()
    assert level == Level.OFFICE
    assert words == (
        f"“{file.name}”（单位不明）材料收到已满一周，还没有台账写到。"
        "请联系报送单位，在台账的“证明材料”表里写明各证明哪一项再报；全部见 shifan intake list"
    )


@ON_BOTH
def test_what_a_ledger_spoke_of_meanwhile_is_not_told(campaign, campaign_id, came):
    ledger, file = came
    receive(None, [by_mail(file, "1")], MOMENT)
    receive(None, [by_mail(ledger, "2")], after(3))

    patrol_campaign(campaign, after(9))

    assert told() == []


@ON_BOTH
def test_what_began_to_wait_since_is_told_a_week_later_and_many_are_counted(
    campaign, campaign_id, tmp_path
):
    def came_on(day: int, names: list[str]) -> None:
        for name in names:
            path = tmp_path / name
            path.write_text(f"第 {day} 天的{name}", encoding="utf-8")
            arrived = replace(by_mail(path, name), received_at=after(day).now)
            receive(None, [arrived], after(day))

    came_on(0, ["甲.txt"])
    came_on(2, [f"乙{n}.txt" for n in range(8)])
    for day in (8, 9, 10, 14, 15, 16, 17):
        patrol_campaign(campaign, after(day))

    first, second = (words for _, words in told())
    assert "甲.txt" in first
    assert "乙" not in first
    assert "甲.txt" not in second
    assert "等 8 个材料" in second
    assert second.count("（单位不明）") == 6


def put_away(tmp_path, name: str, day: int) -> None:
    """Let a file of the day ``day`` come in, that day or after it."""
    path = tmp_path / name
    path.write_text(f"第 {day} 天的{name}", encoding="utf-8")
    receive(None, [replace(by_mail(path, name), received_at=after(day).now)], after(day))


@ON_BOTH
def test_what_goes_out_names_only_what_waits_still(campaign, campaign_id, came, tmp_path):
    ledger, file = came
    receive(None, [by_mail(file, "1")], MOMENT)
    put_away(tmp_path, "乙.txt", 0)
    patrol_campaign(campaign, after(9))
    assert f"“{file.name}”" in told()[0][1]

    receive(None, [by_mail(ledger, "2")], after(9))
    for _ in range(2):
        deliver(lambda: after(9).now)

    [(_, words)] = told()
    assert words.startswith("“乙.txt”（单位不明）材料收到已满一周")
    assert states() == ["unsendable"]  # nobody has a channel here


@ON_BOTH
def test_where_nothing_waits_any_more_nothing_goes_out(campaign, campaign_id, came):
    ledger, file = came
    receive(None, [by_mail(file, "1")], MOMENT)
    patrol_campaign(campaign, after(9))
    receive(None, [by_mail(ledger, "2")], after(9))

    deliver(lambda: after(9).now)

    assert states() == ["dropped"]


@ON_BOTH
def test_an_old_mail_that_was_taken_in_late_is_not_passed_over(campaign, campaign_id, tmp_path):
    put_away(tmp_path, "甲.txt", 3)
    put_away(tmp_path, "乙.txt", 0)

    for day in (8, 15, 16):
        patrol_campaign(campaign, after(day))

    [(_, words)] = told()
    assert "甲.txt" in words
    assert "乙.txt" in words
