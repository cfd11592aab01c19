"""The first page: one line a campaign, the worst first, demonstrations behind real ones."""

from datetime import date

from models.database import open_session
from models.loading.plan import store_plan
from models.settings import moment_of
from tasks.campaign.life import close_campaign
from tasks.patrol.view import view_campaign
from tasks.plans.loading import find_plan, read_plan
from tasks.window.front import front_page
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.fill import fill_indicators
from tests.tools.bench_patrol import asked, recorded

LATE = date(2025, 9, 24)


def another(slug: str, *, is_demo: bool = False) -> None:
    plan, moment = read_plan(find_plan("jinchang-2025")), moment_of(NOW, TODAY)
    with open_session() as session:
        store_plan(session, plan, slug=slug, start=None, moment=moment, is_demo=is_demo)


@ON_BOTH
def test_the_worst_campaign_stands_first_and_a_demonstration_last(campaign, campaign_id):
    another("demo", is_demo=True)
    another("second")
    with open_session() as session:
        fill_indicators(session, campaign_id, 3, due=date(2025, 9, 1))

    with recorded() as said:
        page = front_page(LATE)

    assert [one.slug for one in page.under_way] == ["jc", "second", "demo"]
    assert page.under_way[-1].label == "demo【演示】"
    assert len(asked(said)) == 3
    for one in page.under_way:
        assert one.lights == view_campaign(one.slug, LATE).board.all


def test_what_has_ended_stands_below_and_a_post_sees_its_own_campaign(campaign, campaign_id):
    another("second")
    close_campaign("second", "创建办", "已获命名", moment_of(NOW, TODAY))

    page = front_page(LATE)
    assert [one.slug for one in page.under_way] == ["jc"]
    assert [one.slug for one in page.ended] == ["second"]
    assert front_page(LATE, campaign_id).ended == []


def test_without_a_campaign_the_page_is_empty(database):
    page = front_page(LATE)

    assert (page.under_way, page.ended) == ([], [])
    assert page.patrol.late
