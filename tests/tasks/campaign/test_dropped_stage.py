"""A stage that a corrected plan has no more: its questions fall with it."""

from datetime import date

import pytest

from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.questions import read_question
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import load_plan, read_plan
from tests.conftest import ON_BOTH
from tests.support.deciding import decide, decision, noon, open_questions, statuses
from tests.tasks.conftest import FRIDAY

DAY = date(2025, 7, 21)
GONE = "方案里已没有这个阶段"


@pytest.fixture
def question(office, tmp_path) -> int:
    """A question about a second stage, which the plan then drops."""
    slug = office()
    patrol_campaign(slug, moment_of(noon(FRIDAY), FRIDAY))
    number, _ = ask_by_hand(slug, 2, "创建办", moment_of(noon(FRIDAY), FRIDAY))
    path = tmp_path / "plan.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(x for x in lines if "ordinal: 2" not in x), encoding="utf-8")
    load_plan(read_plan(path), slug=slug, start=None, moment=moment_of(noon(FRIDAY), FRIDAY))
    return number


def test_the_next_patrol_closes_its_question(question):
    view = patrol_campaign("xj", moment_of(noon(DAY), DAY))

    assert [stage.ordinal for stage in view.stages] == [1]
    assert (decision(question).status, decision(question).closed_why) == ("overtaken", GONE)
    assert 2 not in open_questions("xj")
    assert GONE in read_question(question, "x", moment_of(noon(DAY), DAY)).closed


@ON_BOTH
def test_who_answers_before_that_is_told(question):
    outcome = decide(question, Said(Answer.APPROVE), DAY)

    assert outcome.overtaken
    assert GONE in outcome.line
    assert len(statuses("xj")) == 1
