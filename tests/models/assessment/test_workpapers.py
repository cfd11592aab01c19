"""A drill from its first day to its end: workpapers, their locks, results, the milestone."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.assessment.drill import Workpaper, drill_coded
from models.assessment.drills import NewDrill, add_drill, drop_drill, finish_drill
from models.assessment.results import Result, combined_of, hand_in_result, results_of
from models.assessment.workpapers import (
    PaperWords,
    newest_reviewed,
    review_workpaper,
    revise_workpaper,
)
from models.audit.chain import AuditEntry
from models.campaign.milestone import milestone_coded
from models.errors import CampaignError, NotFoundError
from models.rules.assessment.words import DrillState, Method
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY

AT = moment_of(NOW, TODAY)
NEW = NewDrill("第一次模拟评估", TODAY, TODAY + timedelta(days=6), "评估测评组")
BY, OTHER = "评估测评组", "市司法局审核岗"


def hand_in(session, campaign_id, score=80.0, kind=Method.LAW_TEST, conclusion="总体较好"):
    words = PaperWords(BY, population="120 人", sample="20 人", conclusion=conclusion)
    return hand_in_result(
        session, campaign_id, "m1", Result(kind, score, 20, "20 人参加，16 人及格", NOW), words, AT
    )


@pytest.fixture
def drill(session, campaign_id):
    return add_drill(session, campaign_id, NEW, BY, AT)


@ON_BOTH
def test_a_drill_has_its_milestone_and_ends_with_it(session, campaign_id, drill):
    hand_in(session, campaign_id)
    review_workpaper(session, drill, Method.LAW_TEST, OTHER, AT)
    found = finish_drill(session, drill, BY, AT)

    milestone = milestone_coded(session, campaign_id, "M1")
    assert (milestone.kind, milestone.due, milestone.state) == ("drill", NEW.due, "done")
    assert found.known == 10
    assert found.points == pytest.approx(8)
    assert "满意度测评还没有结果" in found.words
    assert finish_drill(session, drill, BY, AT) == found


def test_the_same_drill_twice_is_one(session, campaign_id, drill):
    assert add_drill(session, campaign_id, NEW, BY, AT).id == drill.id


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewDrill("甲", date(2025, 7, 2), date(2025, 7, 1), BY), "早于开始日"),
        (NewDrill(" ", TODAY, TODAY, BY), "没有写名称"),
        (NewDrill("甲", TODAY, TODAY, "王小明"), "像是姓名"),
    ],
)
def test_a_drill_that_cannot_be_is_refused(session, campaign_id, new, words):
    with pytest.raises(CampaignError, match=words):
        add_drill(session, campaign_id, new, BY, AT)


def test_nobody_reviews_his_own_workpaper(session, campaign_id, drill):
    hand_in(session, campaign_id)

    with pytest.raises(CampaignError, match="应由别的岗位复核"):
        review_workpaper(session, drill, Method.LAW_TEST, f" {BY} ", AT)


def test_a_workpaper_without_a_conclusion_is_not_reviewed(session, campaign_id, drill):
    hand_in(session, campaign_id, conclusion="")

    with pytest.raises(CampaignError, match="还没有结论"):
        review_workpaper(session, drill, Method.LAW_TEST, OTHER, AT)


def test_a_reviewed_workpaper_changes_only_by_a_new_revision_and_counts_until_then(
    session, campaign_id, drill
):
    hand_in(session, campaign_id)
    review_workpaper(session, drill, Method.LAW_TEST, OTHER, AT)
    assert hand_in(session, campaign_id) == 1  # the same again

    with pytest.raises(CampaignError, match="复核锁定"):
        hand_in(session, campaign_id, 90.0)
    assert revise_workpaper(session, drill, Method.LAW_TEST, (BY, "漏了两份卷子"), AT) == 2
    assert hand_in(session, campaign_id, 90.0) == 2
    assert newest_reviewed(session, drill.id)[Method.LAW_TEST].score == 80
    review_workpaper(session, drill, Method.LAW_TEST, OTHER, AT)

    assert [one.score for one in results_of(session, drill.id)] == [90]
    assert [one.score for one in session.exec(select(Workpaper))] == [80, 90]


def test_a_result_counts_only_once_it_was_reviewed(session, campaign_id, drill):
    hand_in(session, campaign_id)

    assert not results_of(session, drill.id)
    assert combined_of(session, drill).words == "各项都还没有结果"
    with pytest.raises(CampaignError, match="还没有复核的工作底稿：法律知识测试"):
        finish_drill(session, drill, BY, AT)


def test_what_is_recorded_in_the_drill_is_not_handed_in_from_elsewhere(session, campaign_id, drill):
    with pytest.raises(CampaignError, match="由评估记录算出"):
        hand_in(session, campaign_id, kind=Method.SITE)


def test_a_dropped_drill_is_due_no_more_and_takes_nothing_in(session, campaign_id, drill):
    drop_drill(session, drill, BY, "改在下月", AT)
    drop_drill(session, drill, BY, "改在下月", AT)

    assert drill.state == DrillState.DROPPED
    assert milestone_coded(session, campaign_id, "M1").withdrawn
    with pytest.raises(CampaignError, match="不再登记"):
        hand_in(session, campaign_id)
    entries = session.exec(select(AuditEntry).where(AuditEntry.what == "drill-dropped")).all()
    assert len(entries) == 1


def test_a_drill_that_is_not_there_is_named_with_those_that_are(session, campaign_id, drill):
    with pytest.raises(NotFoundError, match="M1（第一次模拟评估）"):
        drill_coded(session, campaign_id, "M9")
