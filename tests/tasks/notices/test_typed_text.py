"""Names that are Markdown, HTML and addresses: on every page and in every message they are words."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from apprise import NotifyFormat
from apprise.conversion import convert_between
from sqlmodel import text

from flows.running.publish import _shown
from models.database import open_session
from models.notices.waiting import WaitingNotice
from models.settings import moment_of
from notifications.letter import letter
from notifications.saying.message import Message
from notifications.saying.wording import fit, markdown_body
from tasks.decisions.questions import read_question
from tasks.gates.checklists import checklist, rounds_under_way, stage_page
from tasks.gates.outlook import all_outlooks, outlook_page
from tasks.patrol.board import board_pages
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, ON_BOTH
from tests.notifications.test_templates import notice
from tests.support.deciding import asked, noon
from tests.support.seen import Page

MONDAY = date(2025, 7, 21)
BAD = "http://a.example"
TYPED = (
    f"科！[图]({BAD}/1.png)[页]({BAD})<img src={BAD}/2.png></details>|`*_~"
    f" {BAD}/3 www.a.example z@a.example"
)
NAMES = [
    ("campaign", "title"),
    ("unit", "name"),
    ("stage", "name"),
    ("milestone", "title"),
    ("work_item", "title"),
    ("unit_group", "name"),
    ("post", "title"),
]


def rename() -> None:
    """Let everything that has a name be called what nobody should be called."""
    with open_session() as session:
        for table, column in NAMES:
            statement = text(f"UPDATE {table} SET {column} = {column} || :typed")  # noqa: S608
            session.connection().execute(statement, {"typed": TYPED})


def harmless(markdown: str, *, shown: bool = True) -> Page:
    """Return the page; nothing in it leads to, or fetches from, what was typed."""
    page = Page(markdown)
    assert not [one for one in page.addresses if "a.example" in one]
    assert page.tags.count("img") == markdown.count('src="data:image/svg+xml;base64,')
    assert page.tags.count("details") == markdown.count("<details>")
    assert (TYPED in page.words) == shown
    return page


def test_the_pages_of_the_window_show_names_as_typed(campaign):
    view = patrol_campaign(campaign, moment_of(NOW, MONDAY))
    before = Page(board_pages([view]).chart).tags
    rename()
    view = patrol_campaign(campaign, moment_of(NOW, MONDAY))
    rounds = rounds_under_way(MONDAY)

    assert harmless(board_pages([view]).chart).tags == before
    harmless(outlook_page(all_outlooks(None, MONDAY)))
    for one in rounds:
        harmless(stage_page(one))
        for unit in one.units:
            harmless(checklist(one, unit))


def test_a_table_of_the_window_means_nothing_to_a_reader_of_markdown_either(campaign):
    rename()
    pages = board_pages([patrol_campaign(campaign, moment_of(NOW, MONDAY))])

    tables = (_shown(pages.lights), _shown(pages.week))
    cells = [cell for table in tables for row in table for cell in row.values()]

    assert any("a.example" in cell for cell in cells)
    for cell in cells:
        assert Page(cell).tags in (["p"], [])
        assert "://" not in cell
    ordinary = [
        {"单位": "市司法局（负责人）", "编号": "W5_1", "时限": "2025-07-21", "灯": "红（逾期）"}
    ]
    assert _shown(ordinary) == ordinary


@ON_BOTH
def test_the_form_of_a_decision_shows_names_and_reasons_as_typed(office: Callable[..., str]):
    slug = office(steps="培训")
    number = asked(slug)
    rename()

    form = read_question(number, "test", moment_of(noon(MONDAY), MONDAY)).markdown

    harmless(form)


def told() -> list[WaitingNotice]:
    hostile = replace(
        notice(1), title=TYPED, owner=TYPED, campaign=TYPED, detail=f"理由：{TYPED}", code="W1"
    )
    words = replace(notice(2, "all_clear", "unit"), words=TYPED)
    return [hostile, words, replace(hostile, id=3, code="W3", campaign="另一个")]


def said() -> Message:
    return letter(told(), 7)


def test_a_letter_shows_names_as_typed_and_its_own_links_work():
    page = harmless(said().body_markdown)

    assert page.words.count(TYPED) >= 4
    assert len(page.addresses) >= 3
    assert all(one.startswith("http://127.0.0.1:4200/") for one in page.addresses)


def test_a_robot_gets_no_link_and_no_mark_out_of_a_name():
    """A robot's Markdown knows no escapes: what would act is said full-width, the same for the eye."""
    told = fit(said(), 20_000, lambda subject, body: body)

    assert "](http://a.example" not in told
    assert BAD not in told
    assert "www.a.example" not in told
    assert "\\" not in told
    assert "<img" not in told
    assert "科！[图］(http：//a.example/1.png)" in told
    assert "](http://127.0.0.1:4200" in told  # our own still lead somewhere
    harmless(told, shown=False)


def test_a_mail_in_html_gets_no_link_and_no_picture_out_of_a_name():
    page = convert_between(NotifyFormat.MARKDOWN, NotifyFormat.HTML, markdown_body(said()))

    assert "<img" not in page
    assert 'href="http://a.example' not in page
    assert BAD not in page


def test_a_text_message_says_names_as_typed_without_an_escape():
    plain = said().plain()

    marks = "|`*_~"
    assert f"</details>{marks} http：//a.example/3 www．a.example z＠a.example" in plain
    assert "科！[图](http：//a.example/1.png)" in plain
    assert "<!-- -->" not in plain
    assert "\\" not in plain


def test_the_chart_is_well_formed_whatever_a_stage_is_called(campaign):
    rename()
    chart = board_pages([patrol_campaign(campaign, moment_of(NOW, MONDAY))]).chart
    [drawn] = re.findall(r"base64,([^\"]*)\"", chart)

    svg = base64.b64decode(drawn).decode()
    words = "".join(ElementTree.fromstring(svg).itertext())

    assert TYPED in words
    assert "<img" not in svg
