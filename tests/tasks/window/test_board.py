"""The board: its numbers are everybody's numbers, and it asks the tables eight things at any size."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.campaign.due_groups import Cut
from models.campaign.milestone import Milestone
from models.campaign.progress import Report
from models.database import open_session
from models.errors import NotFoundError
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Light, Progress
from models.settings import moment_of
from tasks.campaign.progress import register_report
from tasks.doctor.patrols import last_patrol
from tasks.notices.acknowledging import acknowledge as acknowledge_item
from tasks.patrol.heartbeat import beat
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.view import view_campaign
from tasks.window.board import board_mark, board_page
from tasks.window.front import front_page
from tasks.window.lines import patrol_run
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.alerts import MONDAY, at
from tests.support.deciding import asked as question
from tests.support.deciding import decide
from tests.support.fill import fill_indicators
from tests.support.packs import load_pack
from tests.tools.bench_patrol import asked, recorded

LATE = date(2025, 9, 24)
ALL = Cut(reds=10_000, soon=10_000)


def register(
    code: str, state: Progress, note: str = "", unit: str | None = None, day: date = LATE
) -> None:
    report = Report(code, state, "创建办", unit, note=note)
    register_report("jc", report, moment_of(at(day), day))


@ON_BOTH
def test_the_numbers_of_the_board_are_those_of_every_other_place(campaign, campaign_id):
    with open_session() as session:
        fill_indicators(session, campaign_id, 3, due=date(2025, 9, 1))
    register("W5", Progress.DONE)

    page, seen = board_page("jc", LATE, ALL), view_campaign("jc", LATE)

    assert page.lights == seen.board.all
    assert page.reds.items == page.lights.red == sum(line.parts for line in page.reds.lines)
    assert page.reds.things == len({line.code for line in page.reds.lines})
    assert {one.name: one.lights for one in page.units} == seen.board.units
    assert sum(stage.lights.total for stage in page.stages) <= page.lights.total


def test_a_task_with_all_its_parts_is_one_line_that_names_who_leads_it(campaign, campaign_id):
    reds = board_page("jc", LATE, ALL).reds.lines

    [line] = [line for line in reds if line.code == "W7"]
    assert (line.unit, line.units, line.parts) == ("市司法局", 3, 4)
    assert line.whose == "市司法局等 3 个单位"
    assert line.light is Light.RED
    assert line.workdays < 0


def test_the_offices_own_things_are_named_with_the_others(campaign):
    lines = board_page("jc", LATE, ALL).reds.lines

    assert {line.whose for line in lines if line.code == "S1.1"} == {"创建办"}


def test_the_last_word_is_shown_with_what_is_late(campaign):
    register("W7", Progress.STARTED, "等省厅批复", unit="市司法局")
    acknowledge_item("jc", "S1.1", "组长", "", moment=moment_of(at(LATE), LATE))
    reds = {line.code: line for line in board_page("jc", LATE, ALL).reds.lines}

    assert (reds["W7"].said.by, reds["W7"].said.words) == ("创建办", "等省厅批复")
    assert (reds["S1.1"].said.by, reds["S1.1"].said.words) == ("组长", "已签收")
    assert reds["S1.1"].said.on == LATE
    assert not reds["S1.2"].said.words


def test_a_part_that_is_done_is_not_late_with_the_others(campaign):
    register("W7", Progress.DONE, unit="市司法局")

    [line] = [line for line in board_page("jc", LATE, ALL).reds.lines if line.code == "W7"]
    assert line.parts < 4


def test_what_a_week_brought_adds_up(campaign):
    day = date(2025, 8, 4)  # 31 July was a Thursday: what was due then is late since Friday
    week_ago = day - timedelta(days=7)
    register("S1.1", Progress.DONE, day=day)  # late since June
    register("W7", Progress.DONE, day=day)  # late since Friday

    page, then = board_page("jc", day, ALL), view_campaign("jc", week_ago).board.all.red
    assert page.beside.caught_up == 1
    assert page.beside.done == 5  # the step, the task and its parts
    assert then + 1 + page.beside.change == page.lights.red  # by now one of then is done


@pytest.mark.parametrize(("days", "said"), [(0, 1), (7, 1), (8, 0)])
def test_a_week_in_which_a_stage_was_postponed_is_told_as_one(campaign, days, said):
    later = Said(Answer.POSTPONE, "等省里复核", MONDAY + timedelta(days=60))
    assert decide(question("jc", MONDAY), later, MONDAY).done

    page = board_page("jc", MONDAY + timedelta(days=days), ALL)

    assert page.beside.ends_moved == said


def test_a_small_board_says_how_much_it_leaves_out(campaign):
    page = board_page("jc", LATE, Cut(reds=2, soon=1))

    assert len(page.reds.lines) == 2
    assert page.reds.more == page.reds.things - 2
    assert page.reds.items == page.lights.red


def test_the_board_asks_eight_things_at_any_size(campaign, campaign_id):
    def statements() -> int:
        with recorded() as said:
            board_page("jc", LATE)
        return len(asked(said))

    small = statements()
    with open_session() as session:
        fill_indicators(session, campaign_id, 40, due=date(2025, 9, 1))

    assert small == statements() == 8
    with recorded() as said:
        board_mark("jc", LATE)
    assert len(asked(said)) == 1


def acknowledge():
    acknowledge_item("jc", "S1.1", "组长", "", moment=moment_of(NOW, TODAY))


def registered():
    register("W1", Progress.STARTED, day=TODAY)


def patrolled():
    patrol_campaign("jc", moment_of(at(MONDAY), MONDAY))


def beaten():
    beat(moment_of(at(MONDAY, 14), MONDAY), None, [])  # a second patrol of the day


def by_hand():
    with open_session() as session:
        session.exec(select(Milestone)).first().due = LATE


@ON_BOTH
def test_whatever_the_board_shows_moves_its_mark_and_looking_does_not(campaign):
    marks = [board_mark("jc", MONDAY)]
    for deed in (registered, acknowledge, patrolled, beaten, by_hand):
        deed()
        marks.append(board_mark("jc", MONDAY))
        board_page("jc", MONDAY)
        assert board_mark("jc", MONDAY) == marks[-1]

    assert len(set(marks)) == len(marks)
    assert board_mark("jc", LATE) not in marks


def test_the_last_patrol_is_shown_and_one_that_is_missing_too(campaign):
    before = board_page("jc", MONDAY).patrol
    beat(moment_of(at(MONDAY), MONDAY), None, [view_campaign("jc", MONDAY)])

    assert before.at is None
    assert before.late
    assert not board_page("jc", MONDAY).patrol.late
    assert board_page("jc", MONDAY).patrol.campaigns == 1
    assert board_page("jc", MONDAY + timedelta(days=1)).patrol.late


@ON_BOTH
def test_a_patrol_that_another_machine_did_is_the_last_one_on_every_page(campaign):
    """The first page waits for all campaigns, a board for its own."""
    friday = MONDAY - timedelta(days=3)
    load_pack(moment_of(at(friday, 7)), "other")
    beat(moment_of(at(friday), friday), None, [], "run-of-friday")  # the last that was made here
    patrolled()

    own, half = board_page("jc", MONDAY).patrol, front_page(MONDAY).patrol
    patrol_campaign("other", moment_of(at(MONDAY, 9), MONDAY))
    other, whole = board_page("other", MONDAY).patrol, front_page(MONDAY).patrol

    assert (own.at, own.campaigns, own.late) == (at(MONDAY), 1, False)
    assert (half.campaigns, half.late) == (1, True)
    assert (other.at, other.campaigns, other.late) == (at(MONDAY, 9), 1, False)
    assert (whole.at, whole.campaigns, whole.late) == (at(MONDAY), 2, False)
    assert board_page("jc", MONDAY).patrol == own
    assert whole.run == board_mark("jc", MONDAY).run == patrol_run("jc", MONDAY) == ""
    told = last_patrol(at(MONDAY, 12))
    assert (told.at, told.campaigns) == (whole.at, whole.campaigns)


def test_the_run_of_a_patrol_is_shown_by_the_machine_that_made_it(campaign):
    patrolled()
    beat(moment_of(at(MONDAY, 10), MONDAY), None, [], "a-run")

    line = board_page("jc", MONDAY).patrol
    assert line.at == at(MONDAY, 10)
    assert line.run == board_mark("jc", MONDAY).run == patrol_run("jc", MONDAY)
    assert line.run.endswith("a-run")


def test_a_campaign_that_is_not_there_is_said_in_one_line(campaign):
    for ask in (board_page, board_mark):
        with pytest.raises(NotFoundError, match="没有简称为“nowhere”"):
            ask("nowhere", TODAY)
