"""The pages of a campaign as a whole: what stands on them, that it is true when opened, what they weigh."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert
from sqlmodel import select

from deployments.window.after import runs_by
from deployments.window.files import HERE as STYLES
from models.campaign.campaign import Campaign
from models.campaign.milestone import Milestone
from models.campaign.progress import Report
from models.database import open_session, sqlite_file
from models.loading.plan import store_plan
from models.rules.window.sight import VisitorRole
from models.rules.words import Level, Progress
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.campaign.progress import register_report
from tasks.patrol.heartbeat import beat
from tasks.plans.loading import find_plan, read_plan
from tasks.window.board import board_mark, board_page
from tests.support.fill import fill_indicators
from tests.support.windows import TOKEN, Client, account, holder, is_page, words_in
from tests.tools.bench_patrol import asked, recorded

NOW = datetime(2025, 9, 24, 2, 0, tzinfo=UTC)
PAGES = ("/c/jc", "/c/jc/week", "/c/jc/chart", "/c/jc/gate", "/c/jc/sheet")
HOSTILE = "<script>alert(1)</script>=1+1&\"'" + "长" * 300
HEAVIEST = 80_000


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)


@pytest.fixture
def office() -> Client:
    return Client(account(NOW))


def liaison() -> Client:
    with open_session(read_only=True) as session:
        query = select(Post).where(Post.level == Level.LIAISON, ~Post.vacant).order_by(Post.id)
        post = session.exec(query).first()
        return Client(holder(post.id, NOW)), post.unit_id


def another(slug: str, *, is_demo: bool = False) -> None:
    plan, moment = read_plan(find_plan("jinchang-2025")), moment_of(NOW)
    with open_session() as session:
        store_plan(session, plan, slug=slug, start=None, moment=moment, is_demo=is_demo)


def test_the_first_screen_says_campaign_today_stages_lights_and_reds_in_this_order(office):
    register_report(
        "jc",
        Report("S1.1", Progress.STARTED, "创建办", note="等市政府常务会议"),
        moment_of(NOW),
    )
    said = words_in(is_page(office.get("/c/jc")))
    page = board_page("jc", NOW.date())

    wanted = [
        "金昌市创建全国法治政府建设示范市实施方案",
        "9月24日（周三）",
        "今天",
        f"{page.lights.red} ● 红 逾期",
        f"{page.lights.green} ○ 绿 正常",
        "比一周前",
        f"逾期 {page.reds.items} 项，合 {page.reds.things} 件事",
        "创建办 · 逾期 68 个工作日 创建办：等市政府常务会议",
    ]
    places = [said.find(one) for one in wanted]
    assert places == sorted(places)
    assert -1 not in places


def test_the_board_is_true_when_it_is_opened_and_is_not_made_twice(office):
    before = TOKEN.sub("", is_page(office.get("/c/jc")).text)  # each form has a number of its own
    with recorded() as again:
        same = TOKEN.sub("", office.get("/c/jc").text)
    register_report("jc", Report("S1.1", Progress.DONE, "创建办"), moment_of(NOW))
    after = office.get("/c/jc").text

    assert same == before
    assert len(asked(again)) <= 4  # who is there, which campaign, its mark
    red, less = (re.search(r"<b>(\d+)</b>", text)[1] for text in (before, after))
    assert int(less) == int(red) - 1


def test_the_board_asks_eight_things_when_it_is_made():
    with recorded() as said:
        mark = board_mark("jc", NOW.date())
        board_page("jc", NOW.date(), campaign=mark.campaign)

    assert len(asked(said)) == 8


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_hostile_names_as_typed_and_stays_light(office, campaign_id, path):
    with open_session() as session:
        fill_indicators(session, campaign_id, 104, due=date(2025, 9, 1))
        for row in [*session.exec(select(Milestone)), *session.exec(select(Unit))]:
            name = "title" if isinstance(row, Milestone) else "name"
            setattr(row, name, f"{row.id}{HOSTILE}")
    page = is_page(office.get(path)).text

    assert "<script>alert" not in page
    style = (STYLES / "window.css").stat().st_size
    assert len(page.encode()) + style <= HEAVIEST, len(page.encode())


def test_a_unit_sees_the_board_and_links_to_its_own_pages_only():
    client, unit_id = liaison()
    page = is_page(client.get("/c/jc")).text

    assert set(re.findall(r"/c/jc/u/(\d+)", page)) == {str(unit_id)}
    assert all(link.endswith(f"?unit={unit_id}") for link in re.findall(r'/c/jc/i/[^"]+', page))
    for path in PAGES:
        is_page(client.get(path))


def test_an_auditor_sees_everything(at_work):
    client = Client(account(NOW, "审", VisitorRole.AUDITOR))
    for path in PAGES:
        is_page(client.get(path))


def test_one_campaign_is_opened_at_once_and_several_stand_in_a_list(office):
    assert words_in(is_page(office.get("/"))) == words_in(office.get("/c/jc"))
    another("demo", is_demo=True)

    said = words_in(is_page(office.get("/")))
    assert said.index("jc") < said.index("demo【演示】")
    assert "演示数据" in said
    assert "演示数据" in words_in(is_page(office.get("/c/demo")))
    assert "演示数据" not in words_in(is_page(office.get("/c/jc")))


@pytest.mark.parametrize("typed", ["x", "-1", "9" * 30, "１"])
def test_a_place_in_the_week_that_is_none_is_no_page(office, typed):
    is_page(office.get(f"/c/jc/week?from={typed}"), 404)


def test_the_week_goes_on_where_a_page_ends(office):
    assert "后面没有了" in words_in(is_page(office.get("/c/jc/week?from=999999")))


def test_ten_thousand_units_with_hostile_names_break_no_page(office):
    with open_session() as session:
        one = session.exec(select(Milestone).where(Milestone.code == "S1.1")).one()
        units = [{"campaign_id": one.campaign_id, "name": f"{HOSTILE}{n}"} for n in range(10_000)]
        session.execute(insert(Unit), units)
        made = session.exec(select(Unit.id).where(Unit.name.startswith("<script>"))).all()
        common = one.model_dump(exclude={"id", "unit_id", "code", "title"})
        session.execute(
            insert(Milestone),
            [common | {"unit_id": id, "code": f"S1.9{id}", "title": HOSTILE} for id in made],
        )

    with recorded() as statements:
        board = is_page(office.get("/c/jc"))
    # Two of them say who is there and which campaign; on a server one asks after an examination elsewhere.
    assert len(asked(statements)) <= 10 + (sqlite_file() is None)
    assert len(board.content) < HEAVIEST
    assert "<script>" not in board.text
    assert "另有 9940 个单位" in words_in(board)

    rest = is_page(office.get("/c/jc/all/units?from=100"))
    assert len(rest.content) < HEAVIEST
    assert "后面还有 9840 个" in words_in(rest)
    assert office.get("/c/jc/all/units?from=x").status_code == 404
    assert is_page(office.get("/c/jc/find?q=长长"))
    assert len(is_page(office.get("/c/jc/week")).content) < HEAVIEST
    assert len(is_page(office.get("/c/jc/wall")).content) < HEAVIEST


@pytest.fixture
def prefect_here():
    """Prefect's pages are behind the window's own door."""
    runs_by(lambda *_: True, lambda *_: "")
    yield
    runs_by(None, None)


def test_from_the_board_the_list_and_the_office_there_is_a_way_to_the_patrol_s_run(
    office, prefect_here
):
    run = "0f0e0d0c-0000-4000-8000-000000000001"
    another("second")
    pages = ("/", "/c/jc", "/c/jc/o")
    assert not any("flow-run" in office.get(path).text for path in pages)  # no patrol yet
    beat(moment_of(NOW), None, [], run)

    for path in pages:
        assert f'href="/v2/runs/flow-run/{run}"' in is_page(office.get(path)).text
    auditor = Client(account(NOW, "审", VisitorRole.AUDITOR))
    assert f'href="/v2/runs/flow-run/{run}"' in is_page(auditor.get("/c/jc")).text
    unit, _ = liaison()
    assert "flow-run" not in is_page(unit.get("/c/jc")).text


def test_no_page_leads_to_prefect_where_it_is_behind_another_door(office, prefect_here):
    beat(moment_of(NOW), None, [], "0f0e0d0c-0000-4000-8000-000000000001")
    pages = ("/", "/c/jc", "/c/jc/o")
    assert all("/v2/dashboard" in is_page(office.get(path)).text for path in pages)

    runs_by(None, None)

    assert not any("/v2/" in is_page(office.get(path)).text for path in pages)


def test_a_city_sees_the_campaigns_below_it_the_worst_first_and_no_post_sees_another_s(office):
    for slug in ("qian", "hou"):
        another(slug)
    with open_session() as session:
        city = session.exec(select(Campaign).where(Campaign.slug == "jc")).one()
        for row in session.exec(select(Campaign).where(Campaign.slug != "jc")):
            row.parent_id = city.id
        hou = session.exec(select(Campaign).where(Campaign.slug == "hou")).one()
        late = select(Milestone).where(Milestone.campaign_id == hou.id)
        for milestone in session.exec(late):
            milestone.due = date(2025, 7, 1)

    with recorded() as said:
        mark = board_mark("jc", NOW.date())
        page = board_page("jc", NOW.date(), campaign=mark.campaign)
    shown = is_page(office.get("/c/jc")).text
    below = shown.partition('id="below"')[2]

    assert len(asked(said)) == 8
    assert [one.slug for one in page.beside.below] == ["hou", "qian"]
    assert page.beside.below[0].lights == board_page("hou", NOW.date()).lights
    assert below.index('href="/c/hou"') < below.index('href="/c/qian"')
    assert shown.index('id="reds"') < shown.index('id="below"')
    assert len(shown) < HEAVIEST
    for client, path in ((liaison()[0], "/c/jc"), (office, "/c/hou")):
        assert 'id="below"' not in is_page(client.get(path)).text
    register_report("hou", Report("S1.1", Progress.DONE, "创建办"), moment_of(NOW))
    assert is_page(office.get("/c/jc")).text.partition('id="below"')[2] != below
