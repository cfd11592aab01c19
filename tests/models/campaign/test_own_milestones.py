"""Milestones with a life of their own: laid, moved, settled, taken back; a plan leaves them alone."""

from datetime import date

import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign
from models.campaign.milestone import Milestone
from models.campaign.own_milestones import (
    HowFar,
    OwnMilestone,
    lay_milestones,
    settle_milestones,
    withdraw_milestones,
)
from models.campaign.progress import Report, register
from models.database import open_session
from models.errors import ProgressError
from models.loading.progress import milestone_lines
from models.plan.schema import Plan
from models.rules.words import REGISTERED_BY, MilestoneKind, Progress
from models.settings import moment_of
from tasks.plans.loading import load_plan
from tests.conftest import NOW

TODAY = date(2025, 7, 21)
DUE = date(2025, 8, 15)


def visit(due=DUE, code="V1.1", kind=MilestoneKind.VISIT) -> OwnMilestone:
    return OwnMilestone(kind, code, "督导某单位", due)


def laid(campaign_id, *wanted) -> None:
    with open_session() as session:
        lay_milestones(session, campaign_id, wanted)


def row(code="V1.1") -> Milestone:
    with open_session(read_only=True) as session:
        [found] = session.exec(select(Milestone).where(Milestone.code == code))
        session.expunge(found)
        return found


def test_one_that_is_laid_again_moves_and_keeps_what_was_registered(campaign_id, any_database):
    laid(campaign_id, visit())
    with open_session() as session:
        done = {"V1.1": HowFar(Progress.DONE, TODAY, "督导组", "已去")}
        assert settle_milestones(session, campaign_id, done) == ["V1.1"]
        assert settle_milestones(session, campaign_id, done) == []  # nothing new
        assert settle_milestones(session, campaign_id, {"V9.9": done["V1.1"]}) == []

    laid(campaign_id, visit(date(2025, 8, 20)))

    found = row()
    assert (found.due, found.original_due) == (date(2025, 8, 20), DUE)
    assert (found.state, found.done_on, found.by_post) == ("done", TODAY, "督导组")


def test_what_is_taken_back_stays_and_counts_again_when_it_is_laid_again(campaign_id):
    laid(campaign_id, visit())
    with open_session() as session:
        assert withdraw_milestones(session, campaign_id, ["V1.1", "S2.1"]) == 1  # the plan's stays
        assert withdraw_milestones(session, campaign_id, ["V1.1"]) == 0
    assert row().withdrawn and not row("S2.1").withdrawn

    laid(campaign_id, visit())

    assert not row().withdrawn


def test_a_plan_that_is_loaded_again_leaves_them_alone(campaign, campaign_id):
    laid(campaign_id, visit())
    with open_session(read_only=True) as session:
        plan = Plan.model_validate_json(session.get_one(Campaign, campaign_id).plan_json)

    load_plan(plan, slug=campaign, start=None, moment=moment_of(NOW, TODAY))

    assert not row().withdrawn


@pytest.mark.parametrize("kind", REGISTERED_BY)
def test_how_far_one_is_can_only_be_said_where_it_lives(campaign_id, kind):
    laid(campaign_id, visit(kind=kind))
    with open_session() as session:
        report = Report("V1.1", Progress.DONE, "创建办")
        with pytest.raises(ProgressError, match=REGISTERED_BY[kind]):
            register(session, campaign_id, report, moment=moment_of(NOW, TODAY))
        assert "V1.1" not in {line.code for line in milestone_lines(session, campaign_id)}


def test_a_document_is_registered_as_any_item(campaign_id):
    laid(campaign_id, visit(kind=MilestoneKind.DOCUMENT, code="G2.1"))
    with open_session() as session:
        report = Report("G2.1", Progress.DONE, "创建办")
        assert register(session, campaign_id, report, moment=moment_of(NOW, TODAY)) == 1
        assert "G2.1" in {line.code for line in milestone_lines(session, campaign_id)}
