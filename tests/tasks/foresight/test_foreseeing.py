"""What is foreseen of a campaign from what is registered: the sentence, the names, and how little is asked for it."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from deployments.cli import run
from models.campaign.campaign import campaign_named
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import CampaignError
from models.foresight.known import open_stages, paced_items
from models.keys import key_of
from models.rules.foresight.wording import chance_in_words
from tasks.foresight.foreseeing import foresee_campaign
from tests.conftest import ON_BOTH
from tests.support.fill import fill_indicators

TODAY = date(2025, 7, 14)


@pytest.fixture
def under_way(campaign):
    """Indicators of every unit with days around today; every other was done in time, every third never."""
    with open_session() as session:
        found = campaign_named(session, campaign)
        fill_indicators(session, key_of(found), 6, due=TODAY)
        parts = session.exec(
            select(Assignment)
            .where(col(Assignment.indicator_id).is_not(None))
            .order_by(col(Assignment.id))
        )
        for n, part in enumerate(parts):
            part.due = TODAY + timedelta(days=n % 60 - 40)
            part.begin_by = part.due - timedelta(days=10)
            if part.due < TODAY and n % 3:
                part.state, part.done_on = "done", part.due - timedelta(days=n % 4)
    return campaign


def test_before_anything_came_due_too_little_is_known(campaign):
    seen = foresee_campaign(campaign, date(2025, 6, 3))

    assert "样本不足" in seen.line
    assert seen.as_json()["items"] == []


@ON_BOTH
def test_what_may_be_late_is_named_with_its_owner(under_way):
    seen = foresee_campaign(under_way, TODAY)

    assert seen.found.enough
    assert seen.line.startswith("预计")
    first = seen.as_json()["items"][0]
    assert first["code"] and first["owner"] and first["due"] >= TODAY.isoformat()
    assert [one["late"] for one in seen.as_json()["items"]] == sorted(
        (one["late"] for one in seen.as_json()["items"]), reverse=True
    )
    assert {one["stage"].split()[0] for one in seen.as_json()["stages"]} <= set("12345")


def test_the_same_day_says_the_same(under_way):
    assert foresee_campaign(under_way, TODAY) == foresee_campaign(under_way, TODAY)


def test_what_begun_is_got_back_from_two_thirds_of_its_time(under_way):
    with open_session(read_only=True) as session:
        found = campaign_named(session, under_way)
        items = [one for one in paced_items(session, key_of(found)) if one.kind == "indicator"]

    assert {(one.due - one.begin).days for one in items} == {30}


def test_closed_stages_are_foreseen_no_more(under_way):
    with open_session(read_only=True) as session:
        stages = open_stages(session, key_of(campaign_named(session, under_way)))

    assert [one.ordinal for one in stages] == [1, 2, 3, 4, 5]


def test_the_command_prints_a_sentence_and_tables(under_way, clock_at, capsys):
    from tests.support.deciding import noon

    clock_at(noon(TODAY))

    assert run(["forecast"]) == 0
    said = capsys.readouterr().out
    assert "预计" in said and "最可能逾期的" in said and "各阶段" in said
    assert run(["forecast", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["enough"]


@pytest.mark.parametrize(
    ("chance", "words"), [(0.0, "1%"), (0.004, "1%"), (0.5, "50%"), (0.996, "99%"), (1.0, "99%")]
)
def test_a_chance_is_never_shown_as_certain(chance, words):
    assert chance_in_words(chance) == words


def test_a_campaign_that_is_none_is_refused_in_one_line(campaign):
    with pytest.raises(CampaignError, match="没有简称为"):
        foresee_campaign("没有的", TODAY)
