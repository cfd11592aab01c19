"""A city looks at its counties, hands items down, and decides nothing there."""

import zipfile
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.campaign.campaign import Campaign, campaign_named
from models.campaign.milestone import Milestone, milestone_coded
from models.campaign.progress import Report, register
from models.campaign.work import Assignment, Indicator
from models.cascade.below import standing_below
from models.database import engine_for, open_session
from models.errors import CampaignError
from models.keys import key_of
from models.loading.changes import Changes
from models.loading.units import UnitEntry, store_listed_units, store_members
from models.notices.notice import Notice
from models.notices.standing import remind_of_what_stands
from models.rules.lights import LightDays
from models.rules.notices.rule_words import HANDED_MOVED
from models.rules.words import Level, Progress
from models.settings import moment_of, settings
from models.units.unit import Post, unit_names
from tasks.archive.archiving import archive_campaign
from tasks.campaign.life import close_campaign, remove_campaign, rename_campaign
from tasks.cascade.handing import give_item, hand_item_down, take_item_back
from tasks.cascade.placing import change_parent, set_approval, set_kind
from tasks.cascade.seeing import children_of, late_children
from tasks.gates.confirming import Vouching, Which, confirm
from tasks.gates.outlook import outlook
from tasks.patrol.board import board_pages
from tasks.patrol.summary import attention
from tasks.patrol.view import view_campaign
from tests.conftest import NOW
from tests.support.cascade import (
    CITY,
    COUNTY,
    DAY,
    OTHER,
    city,
    county,
    department,
    when,
)
from tests.support.groups import chain_faults


def row_of(slug: str) -> Campaign:
    with open_session(read_only=True) as session:
        one = campaign_named(session, slug)
        session.expunge(one)
        return one


def item(slug: str, code: str) -> Milestone:
    with open_session(read_only=True) as session:
        campaign_id = key_of(campaign_named(session, slug))
        query = select(Milestone).where(
            Milestone.campaign_id == campaign_id, Milestone.code == code
        )
        found = session.exec(query).one()
        session.expunge(found)
        return found


def counties_of_the_city(*names: str) -> None:
    """Say which units the class 县区政府 stands for."""
    with open_session() as session:
        campaign_id = key_of(campaign_named(session, CITY))
        entries = [UnitEntry(None, name) for name in names]
        ids = store_listed_units(session, campaign_id, entries, Changes())
        store_members(session, campaign_id, {"县区政府": ids}, Changes())


def launch_obstacles() -> list[str]:
    found = outlook(CITY, DAY)
    return [one.text for stage, one in found.obstacles if one.rule == "children-ready"]


def test_a_county_stands_under_its_city_through_the_chain(cascade):
    assert row_of(COUNTY).parent_id == row_of(CITY).id
    assert chain_faults() == []

    notes = county(cascade)
    assert not any("批准文号" in one for one in notes)  # said once, when it was loaded first


def test_a_county_that_is_a_unit_of_the_city_is_recognised(database, tmp_path):
    city(tmp_path)
    counties_of_the_city("西坪县政府", "东坪县政府")

    assert any("是西坪县政府的" in one for one in county(tmp_path))


@pytest.mark.parametrize(
    ("name", "to", "words"),
    [
        (COUNTY, COUNTY, "不能归到自己下面"),
        (CITY, COUNTY, "只分上下两级"),
        (OTHER, COUNTY, "自己也有上级"),
        (OTHER, "北坪 2025", "要装在同一个系统里"),
        (COUNTY, "市公安局 2025", "是工作计划，下面不能再有下级"),
    ],
)
def test_what_cannot_stand_there_is_refused_and_nothing_changes(cascade, name, to, words):
    county(cascade, OTHER, parent="")
    department(cascade)
    before = row_of(name).parent_id

    with pytest.raises(CampaignError, match=words):
        change_parent(name, to, "", "创建办", when())

    assert row_of(name).parent_id == before


def test_nothing_of_a_plan_is_written_when_its_parent_is_refused(database, tmp_path):
    with pytest.raises(CampaignError, match="没有简称为|还没有创建活动"):
        county(tmp_path)

    with open_session(read_only=True) as session:
        assert session.exec(select(Campaign)).all() == []


def test_an_ended_city_takes_no_county(cascade):
    county(cascade, OTHER, parent="")
    close_campaign(CITY, "创建办", "已获命名", when())

    with pytest.raises(CampaignError, match="已于"):
        change_parent(OTHER, CITY, "", "创建办", when())


def test_a_department_runs_a_plan_of_work_that_is_never_called_a_campaign(cascade):
    notes = department(cascade)

    one = row_of("市公安局 2025")  # found without the word, too
    assert one.label == "市公安局 2025 工作计划"
    assert any("按工作计划管理" in line for line in notes)
    close_campaign(one.slug, "创建办", "已完成", when())
    with pytest.raises(CampaignError, match="^工作计划“市公安局 2025 工作计划”已于") as refused:
        hand_item_down(CITY, "W1", one.slug, "创建办", when())
    assert "创建活动“" not in str(refused.value)
    pages = board_pages([view_campaign(slug, DAY) for slug in (CITY, one.slug)])
    assert "创建活动" not in {key for row in pages.lights for key in row}


def test_a_plan_of_work_keeps_the_word_in_its_name_and_loses_it_when_it_is_none(cascade):
    department(cascade)
    rename_campaign("市公安局 2025", "公安 2025", "创建办", when())
    assert row_of("公安 2025").label == "公安 2025 工作计划"

    said = set_kind("公安 2025", "创建活动", "创建办", when())

    assert "简称为“公安 2025”" in said
    assert (row_of("公安 2025").run_kind, row_of("公安 2025").slug) == ("campaign", "公安 2025")
    assert "简称为“公安 2025 工作计划”" in set_kind("公安 2025", "工作计划", "创建办", when())
    assert "没有变动" in set_kind("公安 2025", "工作计划", "创建办", when())
    with pytest.raises(CampaignError, match="没有“别的”这种性质，有：创建活动、工作计划"):
        set_kind("公安 2025", "别的", "创建办", when())
    with pytest.raises(CampaignError, match="不能改成工作计划：下面还有西坪 2025"):
        set_kind(CITY, "工作计划", "创建办", when())
    assert chain_faults() == []


def test_a_city_is_not_removed_while_others_stand_below_it(cascade):
    with pytest.raises(CampaignError, match="下面还有西坪 2025，先逐个移出"):
        remove_campaign(CITY, "创建办", "装错了", when())

    change_parent(COUNTY, "", "", "创建办", when())
    assert "已移除" in remove_campaign(CITY, "创建办", "装错了", when())


def test_the_number_of_the_approval_is_asked_for_once_and_kept(database, tmp_path):
    assert any("还没有登记批准文号" in one for one in city(tmp_path))
    assert not any("批准文号" in one for one in city(tmp_path))

    assert "批准文号 法办〔2025〕6号" in set_approval(CITY, "法办〔2025〕6号", "创建办", when())
    assert "没有变动" in set_approval(CITY, "法办〔2025〕6号", "创建办", when())
    assert view_campaign(CITY, DAY).approval_number == "法办〔2025〕6号"
    assert chain_faults() == []


def test_a_plan_of_work_has_no_approval(cascade):
    department(cascade)

    with pytest.raises(CampaignError, match="没有批准文号"):
        set_approval("市公安局 2025", "甲", "创建办", when())


def test_the_city_sees_how_far_its_counties_are(cascade):
    county(cascade, OTHER)

    found, _ = children_of(CITY, DAY)

    assert [one.slug for one in found] == [COUNTY, OTHER]
    first = found[0]
    own = view_campaign(COUNTY, DAY).board.all
    assert first.lights == own
    assert (first.late_stages, first.is_late) == (1, True)  # the launch ended on 20 June
    [line] = late_children(found)
    assert f"{COUNTY} 逾期 {own.red} 项，1 个阶段过了结束日" in line


def test_all_counties_take_one_statement(cascade):
    county(cascade, OTHER)
    said = []
    with open_session(read_only=True) as session:
        campaign_id = key_of(campaign_named(session, CITY))
        engine = engine_for(settings().database)

        def count(_connection, _cursor, statement, *_):
            said.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        below = standing_below(session, campaign_id, LightDays(DAY, DAY))
        event.remove(engine, "before_cursor_execute", count)

    assert len(said) == 1
    assert (below.work_items, len(below.children)) == (2, 2)


def test_a_countys_delay_stands_on_the_citys_board_and_not_in_its_sums(cascade):
    view = view_campaign(CITY, DAY)

    pages = board_pages([view])

    [row] = [one for one in pages.lights if one["类别"] == "下级"]
    assert (row["名称"], row["灯"]) == (COUNTY, "红")
    assert any("下级有落后的" in one for one in attention(view))
    assert pages.red == view.board.all.red


def test_an_item_handed_down_is_the_countys_with_the_citys_day(cascade):
    said = hand_item_down(CITY, "w2", COUNTY, "创建办", when())

    assert "W2 已交办给“西坪 2025”，在那里是 H1，2025-07-10 前" in said
    row = item(COUNTY, "H1")
    assert (row.kind, row.due, row.unit_id) == ("handed", item(CITY, "W2").due, None)
    assert row.title == "健全决策机制（青汀 2025 W2 交办）"
    assert "H1" in hand_item_down(CITY, "W2", COUNTY, "创建办", when())  # again: nothing new
    _, [line] = children_of(CITY, DAY)
    assert (line.code, line.child_code, line.in_words) == ("W2", "H1", "未开始")
    assert chain_faults() == []


def test_what_the_county_did_shows_at_the_city_and_closes_nothing_there(cascade):
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    with open_session() as session:
        campaign_id = key_of(campaign_named(session, COUNTY))
        report = Report("H1", Progress.DONE, "西坪县创建办", note="已办")
        register(session, campaign_id, report, moment=when())

    found, [line] = children_of(CITY, DAY)

    assert line.in_words == "已完成（2025-07-21）"
    assert (found[0].handed, found[0].handed_done) == (1, 1)
    assert item(CITY, "W2").state == Progress.OPEN
    county(cascade)  # its plan loaded again leaves it alone
    assert item(COUNTY, "H1").state == Progress.DONE


def test_what_is_taken_back_is_kept_and_goes_on_when_it_is_handed_down_again(cascade):
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    with open_session() as session:
        campaign_id = key_of(campaign_named(session, COUNTY))
        register(session, campaign_id, Report("H1", Progress.STARTED, "创建办"), moment=when())

    take_item_back(CITY, "W2", COUNTY, "创建办", "改由市级办理", when())

    assert item(COUNTY, "H1").withdrawn
    _, [line] = children_of(CITY, DAY)
    assert line.in_words == "已收回（2025-07-21）"
    with pytest.raises(CampaignError, match="没有交办给"):
        take_item_back(CITY, "W2", COUNTY, "创建办", "再收", when())
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    row = item(COUNTY, "H1")
    assert (row.withdrawn, row.state) == (False, Progress.STARTED)
    assert chain_faults() == []


def test_a_day_that_moved_at_the_city_is_said_until_it_is_handed_down_again(cascade):
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    with open_session() as session:
        campaign_id = key_of(campaign_named(session, CITY))
        milestone_coded(session, campaign_id, "W2").due = date(2025, 8, 1)

    assert "本级的时限已变" in children_of(CITY, DAY)[1][0].in_words
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    assert item(COUNTY, "H1").due == date(2025, 8, 1)
    assert children_of(CITY, DAY)[1][0].in_words == "未开始"


def told_of_handed_items(slug: str, day: date) -> list[str]:
    """Return what the office of a campaign is told of them in the week of a day."""
    with open_session() as session:
        campaign_id = key_of(campaign_named(session, slug))
        if not session.exec(select(Post).where(Post.campaign_id == campaign_id)).first():
            session.add(
                Post(campaign_id=campaign_id, level=Level.OFFICE, title="创建办", tag="office")
            )
        remind_of_what_stands(session, [campaign_id], moment_of(NOW, day))
        query = select(Notice.words).where(
            Notice.campaign_id == campaign_id, Notice.rule == HANDED_MOVED
        )
        return list(session.exec(query))


def test_both_offices_are_told_once_a_week_of_a_day_that_moved_at_the_city(cascade):
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    assert told_of_handed_items(CITY, DAY) == []
    with open_session() as session:
        milestone_coded(session, key_of(campaign_named(session, CITY)), "W2").due = date(2025, 8, 1)

    for _ in range(2):
        [city_told] = told_of_handed_items(CITY, DAY)
        [county_told] = told_of_handed_items(COUNTY, DAY)

    assert f"W2（{COUNTY}，现在是 2025-08-01）" in city_told and "再交办一次" in city_told
    assert f"H1（{CITY}，现在是 2025-08-01）" in county_told and "仍按原来的办" in county_told
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    assert len(told_of_handed_items(CITY, date(2025, 7, 28))) == 1  # none of the next week


def test_an_item_that_left_the_citys_plan_is_to_be_taken_back(cascade):
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    with open_session() as session:
        milestone_coded(session, key_of(campaign_named(session, CITY)), "W2").withdrawn = True

    assert "请收回" in children_of(CITY, DAY)[1][0].in_words
    assert "已撤销" in told_of_handed_items(CITY, DAY)[0]
    take_item_back(CITY, "W2", COUNTY, "创建办", "方案已改", when())
    assert item(COUNTY, "H1").withdrawn


def test_an_indicator_is_handed_down_with_the_last_day_of_its_parts(cascade):
    with open_session() as session:
        campaign_id = key_of(campaign_named(session, CITY))
        one = Indicator(campaign_id=campaign_id, code="1.1.1", level=3, title="可办率不低于 90%")
        session.add(one)
        session.flush()
        unit = unit_names(session, campaign_id)["市司法局"]
        session.add(
            Assignment(
                campaign_id=campaign_id,
                indicator_id=one.id,
                unit_id=unit,
                role="lead",
                due=date(2025, 9, 1),
            )
        )

    said = hand_item_down(CITY, "1.1.1", COUNTY, "创建办", when())

    assert "1.1.1 已交办给“西坪 2025”，在那里是 H1，2025-09-01 前" in said
    assert hand_item_down(CITY, "1.1.1", COUNTY, "创建办", when()) == said
    [line] = children_of(CITY, DAY)[1]
    assert (line.code, line.child_code, line.in_words) == ("1.1.1", "H1", "未开始")
    take_item_back(CITY, "1.1.1", COUNTY, "创建办", "改由市级办理", when())
    assert item(COUNTY, "H1").withdrawn
    assert chain_faults() == []


def test_the_county_gives_an_item_from_above_to_a_unit_of_its_own(cascade):
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())

    assert "由县司法局负责" in give_item(COUNTY, "h1", "县司法局", "县创建办", when())
    assert "没有变动" in give_item(COUNTY, "H1", "县司法局", "县创建办", when())

    unit_id = item(COUNTY, "H1").unit_id
    assert unit_id
    take_item_back(CITY, "W2", COUNTY, "创建办", "点错了", when())
    with pytest.raises(CampaignError, match="已经收回"):
        give_item(COUNTY, "H1", "县司法局", "县创建办", when())
    hand_item_down(CITY, "W2", COUNTY, "创建办", when())
    assert item(COUNTY, "H1").unit_id == unit_id
    assert children_of(CITY, DAY)[1][0].child_unit == "县司法局"
    assert "由创建办负责" in give_item(COUNTY, "H1", "", "县创建办", when())  # taken back
    with pytest.raises(CampaignError, match="不是上级交办的"):
        give_item(COUNTY, "W1", "县司法局", "县创建办", when())
    with pytest.raises(CampaignError, match="没有名为 县气象局 的单位"):
        give_item(COUNTY, "H1", "县气象局", "县创建办", when())
    assert chain_faults() == []


@pytest.mark.parametrize(
    ("code", "to", "words"),
    [
        ("S1.END", COUNTY, "阶段收尾由本级决定"),
        ("W9", COUNTY, "没有编号为 W9 的事项"),
        ("W1", OTHER, "先用 shifan campaign parent"),
        ("W1", CITY, "先用 shifan campaign parent"),
    ],
)
def test_what_cannot_be_handed_down_is_refused(cascade, code, to, words):
    county(cascade, OTHER, parent="")

    with pytest.raises(CampaignError, match=words):
        hand_item_down(CITY, code, to, "创建办", when())


def test_the_gate_names_the_counties_that_have_not_finished_their_launch(cascade):
    assert launch_obstacles() == ["下级还没有完成部署启动：西坪县创建法治政府建设示范县实施方案"]


def test_the_gate_names_the_counties_that_have_no_plan_where_the_plan_demands_them(
    database, tmp_path
):
    city(tmp_path, "gates: {required: [children-ready]}\n")
    counties_of_the_city("西坪县政府", "东坪县政府")
    assert launch_obstacles() == [
        "还没有自己方案的县区：西坪县政府、东坪县政府",
        "还没有自己方案的部门和单位：市司法局",
    ]

    county(tmp_path)

    assert "还没有自己方案的县区：东坪县政府" in launch_obstacles()


def test_a_county_that_nobody_placed_hides_no_other_and_a_department_none_at_all(
    database, tmp_path
):
    city(tmp_path, "gates: {required: [children-ready]}\n")
    counties_of_the_city("西坪区政府", "东坪县政府")
    county(tmp_path)  # its issuer is 西坪县, which no unit of the city is
    department(tmp_path)

    said = launch_obstacles()

    assert "还没有自己方案的县区：西坪区政府、东坪县政府" in said
    assert (
        "没有写明是哪个单位的下级（shifan campaign parent 加 --of）：西坪县创建法治政府建设示范县实施方案"
        in said
    )
    change_parent(COUNTY, CITY, "西坪区政府", "创建办", when())
    assert "还没有自己方案的县区：东坪县政府" in launch_obstacles()


def test_a_step_of_the_counties_own_is_a_demand_until_the_office_vouches(database, tmp_path):
    city(tmp_path, steps="动员, 分级贯彻落实")
    counties_of_the_city("西坪县政府")
    assert launch_obstacles() == [
        "还没有自己方案的县区：西坪县政府",
        "还没有自己方案的部门和单位：市司法局",
    ]

    which = Which(CITY, "children-ready", 1)
    confirm(which, Vouching("创建办", note="县区另行印发"), when())

    assert launch_obstacles() == []


def test_without_a_demand_and_without_counties_nothing_is_measured(database, tmp_path):
    city(tmp_path)
    counties_of_the_city("西坪县政府")

    assert launch_obstacles() == []


def test_an_archive_says_what_was_run_and_by_which_approval(cascade):
    department(cascade)
    set_approval(COUNTY, "法办〔2025〕6号", "创建办", when())
    pages = {}
    for slug in (COUNTY, "市公安局 2025"):
        close_campaign(slug, "创建办", "已完成", when())
        file = cascade / f"{slug}.zip"
        archive_campaign(slug, file, "创建办", "归档", when())
        with zipfile.ZipFile(file) as archive:
            [name] = [one for one in archive.namelist() if one.endswith("说明.html")]
            pages[slug] = archive.read(name).decode()

    assert "批准文号 法办〔2025〕6号" in pages[COUNTY]
    assert "这项创建活动留下的" in pages[COUNTY]
    assert "这项工作计划留下的" in pages["市公安局 2025"]
