"""The pages: whatever changes what they show moves their mark, and they show every campaign."""

from datetime import date, timedelta

from models.campaign.progress import Report
from models.rules.words import Progress
from models.settings import moment_of
from tasks.campaign.life import close_campaign, rename_campaign
from tasks.campaign.progress import register_report
from tasks.gates.confirming import Vouching, Which, conditions, confirm
from tasks.notices.silences import add_silence, end_silence
from tasks.patrol.board import HOW_LIGHTS_ADD_UP, board_pages, due_in_words
from tasks.patrol.pages import pages_mark, pages_of
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.view import with_the_others
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.alerts import MONDAY, at
from tests.support.packs import load_pack


def register():
    register_report("jc", Report("W1", Progress.STARTED, "创建办"), moment_of(NOW, TODAY))


def silence():
    said = {"author": "组长", "reason": "换人", "until": MONDAY}
    add_silence("jc", "市司法局", **said, moment=moment_of(NOW, TODAY))


def end():
    end_silence("jc", 1, by="组长", moment=moment_of(NOW, TODAY))


def load():
    load_pack(moment_of(NOW, TODAY))


def patrol():
    patrol_campaign("jc", moment_of(at(MONDAY), MONDAY))


def vouch():
    confirm(Which("jc", conditions()[0]), Vouching("创建办", TODAY), moment_of(NOW, TODAY))


def close():
    close_campaign("second", "创建办", "已获命名", moment_of(NOW, TODAY))


def rename():
    rename_campaign("jc", "金昌 2025", "创建办", moment_of(NOW, TODAY))


DEEDS = (register, silence, end, load, patrol, vouch, close, rename)


@ON_BOTH
def test_every_deed_that_a_page_shows_moves_the_mark_and_looking_does_not(campaign):
    marks = [pages_mark(MONDAY)]
    for deed in DEEDS:
        deed()
        marks.append(pages_mark(MONDAY))
        assert pages_of(MONDAY).mark == marks[-1]

    assert len(set(marks)) == len(DEEDS) + 1
    assert pages_mark(MONDAY + timedelta(days=1)) not in marks  # the lights of another day


def test_the_pages_of_a_moment_hold_every_campaign_and_what_stands_in_the_way(campaign):
    load()
    pages = pages_of(MONDAY)

    assert {row["创建活动"] for row in pages.board.lights} == {"jc", "second"}
    assert {row["创建活动"] for row in pages.board.week} == {"jc", "second"}
    for name in ("jc", "second"):
        assert f"（{name}）" in pages.board.chart
        assert f"（{name}）" in pages.outlook


def test_a_patrol_of_one_campaign_shows_the_others_as_they_stand(campaign):
    load()
    one = patrol_campaign("second", moment_of(at(MONDAY), MONDAY))
    every = with_the_others([one], moment_of(at(MONDAY), MONDAY))

    assert {view.slug for view in every} == {"jc", "second"}
    assert one in every


def test_the_pages_of_a_preview_say_so_at_every_campaign(campaign):
    view = patrol_campaign("jc", moment_of(at(MONDAY), MONDAY + timedelta(days=30)), preview=True)
    pages = board_pages([view])

    assert "（jc【预览】）" in pages.chart
    assert {row["创建活动"] for row in pages.lights} == {"jc【预览】"}


def test_what_a_phone_shows_of_a_table_is_short_and_says_it_all(campaign):
    """The window breaks no line in a cell: on 390 points stand the counts, or what is late, since when and whose."""
    pages = board_pages([patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))])

    assert list(pages.lights[0]) == [
        "名称", "灯", "红", "黄", "蓝", "绿", "类别", "创建活动",
    ]  # fmt: skip
    assert {row["灯"] for row in (*pages.lights, *pages.week)} <= {"红", "黄", "蓝", "绿"}
    for said in (HOW_LIGHTS_ADD_UP, due_in_words(pages)):
        assert "红为逾期，黄为滞后，蓝为临近，绿为正常" in said
    assert list(pages.week[0])[:5] == ["编号", "灯", "时限", "责任", "事项"]
    assert "06-20" in {row["时限"] for row in pages.week}


def test_a_day_of_another_year_is_said_with_its_year(campaign):
    later = date(2026, 1, 5)
    pages = board_pages([patrol_campaign(campaign, moment_of(at(later), later))])

    assert "2025-06-20" in {row["时限"] for row in pages.week}


def test_with_several_campaigns_the_first_column_says_whose_a_row_is(campaign):
    """A phone of 390 points shows no more than the first columns of a table."""
    load()
    one, two = (patrol_campaign(slug, moment_of(at(MONDAY), MONDAY)) for slug in ("jc", "second"))

    alone, both = board_pages([one]), board_pages([one, two])

    assert alone.lights[0]["名称"] == "全部事项"
    names = [row["名称"] for row in both.lights if row["类别"] == "合计"]
    assert names == [f"{one.label} · 全部事项", f"{two.label} · 全部事项"]
    assert {row["事项"].partition(" · ")[0] for row in both.week} == {one.label, two.label}
