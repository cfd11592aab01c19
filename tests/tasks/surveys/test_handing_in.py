"""What tests, surveys and talks came to is handed in to a drill and counts once somebody else has reviewed it."""

from datetime import date, timedelta

import pytest

from models.assessment.drill import drill_coded
from models.assessment.drills import NewDrill, add_drill
from models.assessment.results import combined_of, results_of
from models.assessment.workpapers import review_workpaper
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError
from models.rules.assessment.words import Method
from models.rules.surveys.words import TalkRole
from models.settings import moment_of
from models.surveys.talk_writing import NewTalk, NewTalkMark, store_talk_marks, store_talks
from tasks.surveys.handing_in import HandIn, hand_in_law_test, hand_in_survey, hand_in_talks
from tasks.surveys.law_answers_list import export_answers, load_answers
from tasks.surveys.phone_list import write_calls
from tasks.surveys.survey_answers_list import load_survey_answers
from tests.conftest import NOW, TODAY
from tests.support.law_tests import answer, drawn_test
from tests.support.surveys import answered, ready_survey

pytestmark = pytest.mark.usefixtures("campaign", "database", "drill")
AT = moment_of(NOW, TODAY)
LATER = moment_of(NOW + timedelta(hours=1))
GROUP = "评估测评组"
SECOND = date(2025, 9, 1)  # a later drill begins
INTO = HandIn("M1", GROUP, "总体较好")


@pytest.fixture
def drill(campaign, database):
    """A mock assessment under way, M1."""
    with writing_to(None) as (session, found):
        new = NewDrill("第一次模拟", TODAY, date(2025, 8, 1), GROUP)
        add_drill(session, found.id, new, "创建办", AT)


def results():
    with looking_at(None) as (session, found):
        one = drill_coded(session, found.id, "M1")
        combined_of(session, one)
        return {each.kind: (each.score, each.of) for each in results_of(session, one.id)}


def reviewed(method):
    with writing_to(None) as (session, found):
        one = drill_coded(session, found.id, "M1")
        review_workpaper(session, one, method, "创建办审核岗", LATER)


def test_a_law_test_counts_by_its_pass_rate_once_another_has_reviewed_it(tmp_path):
    drawn_test(tmp_path, AT, date(2025, 8, 1), {"市司法局": (2, 2)})
    with pytest.raises(CampaignError, match="还没有成绩"):
        hand_in_law_test(None, None, INTO, LATER)
    export_answers(None, None, tmp_path / "答卷.xlsx", AT)
    filled = answer(
        tmp_path / "答卷.xlsx", lambda number, n: "A" if n == 1 and "Z" in number else ""
    )
    load_answers(None, None, filled, "创建办", AT)

    said = hand_in_law_test(None, None, HandIn("m1", GROUP, "总体较好"), LATER)
    hand_in_law_test(None, None, INTO, LATER)

    assert said.startswith("法律知识测试 0.00 分已报进 M1")
    assert results() == {}
    reviewed(Method.LAW_TEST)
    assert results() == {Method.LAW_TEST: (0.0, 2)}


def test_a_survey_is_handed_in_and_one_of_too_few_answers_is_not(tmp_path):
    ready_survey(tmp_path, AT)
    write_calls(None, None, tmp_path / "清单.xlsx", GROUP, AT)
    with pytest.raises(CampaignError, match="样本不足"):
        hand_in_survey(None, None, INTO, LATER)
    good, bad = ["满意"] * 5, ["不满意"] * 5
    path = answered(
        tmp_path / "答案.xlsx", AT, lambda c, s, n: ("完成", bad if n % 4 == 0 else good, "")
    )
    load_survey_answers(None, None, path, GROUP, AT)

    hand_in_survey(None, None, INTO, LATER)
    reviewed(Method.SATISFACTION)

    assert results()[Method.SATISFACTION] == (pytest.approx(75, abs=1), 740)


def test_talks_without_marks_and_drills_that_are_none_are_refused(tmp_path):
    with pytest.raises(CampaignError, match="还没有评过分的访谈"):
        hand_in_talks(None, INTO, LATER)
    with pytest.raises(CampaignError, match="像是姓名"):
        hand_in_talks(None, HandIn("M1", "张三"), LATER)


def test_a_drill_is_told_only_the_talks_that_were_held_for_it():
    with writing_to(None) as (session, found):
        add_drill(session, found.id, NewDrill("第二次模拟", SECOND, SECOND, GROUP), "创建办", AT)
        officer = {"role": TalkRole.OFFICER, "unit_id": None, "by_post": GROUP}
        days = (TODAY, SECOND)
        talks = [NewTalk(n, held_on=day, **officer) for n, day in enumerate(days, 1)]
        store_talks(session, found.id, talks)
        marks = [NewTalkMark(talk, 1, points, "", False) for talk, points in ((1, 40.0), (2, 10.0))]
        store_talk_marks(session, found.id, marks)

    assert "100.00 分已报进 M1" in hand_in_talks(None, INTO, LATER)
    assert "25.00 分已报进 M2" in hand_in_talks(None, HandIn("M2", GROUP), LATER)
