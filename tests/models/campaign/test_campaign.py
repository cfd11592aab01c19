"""Which campaign is meant: named, the only one, or asked for."""

import pytest
from sqlmodel import select

from models.campaign import ending
from models.campaign.campaign import Campaign, campaign_named, campaigns, open_campaign
from models.campaign.moves import Occasion
from models.database import open_session
from models.errors import EndedError, NotFoundError, UnclearError
from models.rules.words import CampaignState
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY

pytestmark = pytest.mark.usefixtures("one_database")


def add(slug, *, demo=False, state=CampaignState.OPEN):
    with open_session() as session:
        session.add(
            Campaign(
                slug=slug,
                title=f"{slug}的方案",
                kind="work_plan",
                is_demo=demo,
                plan_json="{}",
                loaded_at=NOW,
                state=state,
                closed_on=None if state == CampaignState.OPEN else TODAY,
            )
        )


def meant(slug=None, find=open_campaign):
    with open_session(read_only=True) as session:
        return find(session, slug).slug


def test_without_any_the_way_to_one_is_told():
    with pytest.raises(NotFoundError, match="shifan plan load"):
        meant()


@ON_BOTH
def test_a_demonstration_is_meant_only_while_there_is_no_real_campaign():
    add("demo", demo=True)
    assert meant() == "demo"

    add("金昌 2025")
    assert meant() == "金昌 2025"

    add("曾都 2023")
    with pytest.raises(UnclearError) as asked:
        meant()
    for words in ("金昌 2025（金昌 2025的方案）", "曾都 2023", "demo【演示】", "--campaign"):
        assert words in str(asked.value)


def test_of_two_real_ones_the_last_is_meant_once_the_other_has_ended():
    add("金昌 2025", state=CampaignState.CLOSED)
    add("曾都 2023")

    assert meant() == "曾都 2023"


def test_a_demonstration_beside_a_closed_campaign_is_asked_about():
    add("demo", demo=True)
    add("金昌 2025", state=CampaignState.CLOSED)

    with pytest.raises(UnclearError, match="已结束"):
        meant()


@pytest.mark.parametrize("typed", ["金昌2025", "金昌 2025", "金昌\u30002025", "金昌2025"])
def test_any_spelling_of_the_name_will_do(typed):
    add("金昌 2025")
    add("曾都 2023")

    assert meant(typed) == "金昌 2025"


def test_links_and_lists_under_an_earlier_name_still_find_their_campaign():
    add("jc")
    add("曾都 2023")
    said = Occasion("创建办", moment_of(NOW, TODAY), "改简称")
    with open_session() as session:
        ending.rename(session, campaign_named(session, "jc"), "金昌 2025", said)

    assert meant("jc") == "金昌 2025"
    with open_session() as session:  # until another campaign is called so
        ending.rename(session, campaign_named(session, "曾都 2023"), "JC", said)
    assert meant("jc") == "JC"


def test_a_closed_campaign_can_be_looked_at_and_not_written_to():
    add("金昌 2025", state=CampaignState.ARCHIVED)

    assert meant("金昌 2025", campaign_named) == "金昌 2025"
    with pytest.raises(EndedError, match="已于 2025-07-01 结束(?s:.*)shifan campaign reopen"):
        meant("金昌 2025")


def test_a_removed_campaign_is_nowhere():
    add("金昌 2025", state=CampaignState.REMOVED)

    with open_session() as session:
        assert campaigns(session, ended=True) == []
        assert len(session.exec(select(Campaign)).all()) == 1
    with pytest.raises(NotFoundError):
        meant("金昌 2025")


def test_those_under_way_come_first_and_demonstrations_behind_real_ones():
    add("a", state=CampaignState.CLOSED)
    add("b", demo=True)
    add("c")

    with open_session() as session:
        assert [one.slug for one in campaigns(session)] == ["c", "b"]
        assert [one.slug for one in campaigns(session, ended=True)] == ["c", "b", "a"]
