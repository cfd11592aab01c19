"""Every number that is shown of a campaign is the number of one set, counted here a second way."""

import json
import random
import re
from collections import Counter
from datetime import date

import pytest
from sqlmodel import col, select

from deployments.cli import run
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment, WorkItem
from models.database import open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.reopening import follow_evidence
from models.loading.plan import store_plan
from models.notices.notice import Message, Notice
from models.rules.evidence.proof import BY_TERM
from models.rules.evidence.words import EvidenceState
from models.rules.lights import light, light_days
from models.rules.words import Light, Progress
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.evidence.deciding import decide_pieces_of
from tasks.notices.delivery import deliver
from tasks.notices.silences import add_silence
from tasks.patrol.board import HOW_LIGHTS_ADD_UP, board_pages, due_in_words
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.summary import standing, summary
from tasks.patrol.view import CampaignView, view_campaign
from tasks.plans.loading import find_plan, read_plan
from tasks.window.message import page_of_message
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.alerts import at, every_tag, robots
from tests.support.evidence import NOON, handed, piece
from tests.support.fill import fill_indicators
from tests.support.visitors import account

# Three stages are past their end, and all of what was to be done in them is folded into three alarms.
LATE = date(2025, 9, 24)
RED = re.compile(r"红[（(]逾期[）)](\d+)")


@pytest.fixture
def hard(campaign, campaign_id, provider, tmp_path, monkeypatch):
    """Several stages, folded alarms, the office's own items, what does not apply, silences, a demo."""
    with open_session() as session:
        fill_indicators(session, campaign_id, 2, due=date(2025, 9, 1))
        plan, moment = read_plan(find_plan("jinchang-2025")), moment_of(NOW, TODAY)
        store_plan(session, plan, slug="demo", start=None, moment=moment, is_demo=True)
    robots(tmp_path, monkeypatch, provider.base, list(dict.fromkeys(every_tag())))
    return campaign


def scatter(campaign_id: int, seed: int) -> None:
    """Let every item be somewhere, and a few owned by others than the plan says."""
    chance = random.Random(seed)
    states = [*Progress, Progress.OPEN, Progress.OPEN]
    with open_session() as session:
        units = list(session.exec(select(Unit.id).where(Unit.campaign_id == campaign_id)))
        for table in (Milestone, Assignment):
            for row in session.exec(select(table).where(table.campaign_id == campaign_id)):
                row.state = chance.choice(states).value
                row.withdrawn = chance.random() < 0.05
                if table is Milestone:
                    if row.kind == "stage_end":
                        row.state, row.withdrawn = Progress.OPEN.value, False
                    elif row.kind != "work_item":
                        row.unit_id = chance.choice([None, None, chance.choice(units)])
    add_silence(
        "jc", "市司法局", author="组长", reason="换人", until=LATE, moment=moment_of(NOW, TODAY)
    )


def hand_in_and_return(campaign_id: int) -> int:
    """Let evidence of every third work item be returned, and that of others run out; return what it reopened."""
    with open_session(read_only=True) as session:
        codes = [
            f"W{one}"
            for one in session.exec(
                select(WorkItem.ordinal).where(
                    WorkItem.campaign_id == campaign_id, col(WorkItem.withdrawn).is_(False)
                )
            )
        ]
    handed(*(piece(f"{code} 的材料", [code], content=code.encode()) for code in codes[::3]))
    ending = {"expires_on": date(2025, 9, 1)}
    handed(
        *(
            piece(f"{code} 的证", [code], content=code.encode() * 2, **ending)
            for code in codes[1::3]
        )
    )
    said = SaidOfEvidence("创建办审核岗", "不清楚", NOON)
    returned = [f"E{n:04d}" for n in range(1, len(codes[::3]) + 1)]
    decide_pieces_of("jc", returned, EvidenceState.RETURNED, said)
    with open_session() as session:
        return follow_evidence(session, campaign_id, BY_TERM, moment_of(NOW, LATE)).reopened


def counted(campaign_id: int) -> dict[str, Counter]:
    """Count by the rule for one item, row by row: all, by body, by stage."""
    found: dict[str, Counter] = {"all": Counter(), "owner": Counter(), "stage": Counter()}
    with open_session(read_only=True) as session:
        days = light_days(LATE, work_calendar(session))
        names = {u.id: u.name for u in session.exec(select(Unit))}
        ordinals = {s.id: s.ordinal for s in session.exec(select(Stage))}
        stage_of = {}
        milestones = list(
            session.exec(select(Milestone).where(Milestone.campaign_id == campaign_id))
        )
        for one in milestones:
            if one.kind == "work_item":
                stage_of[one.work_item_id] = ordinals.get(one.stage_id)
        for one in milestones:
            if one.withdrawn:
                continue
            lit = light(Progress(one.state), one.due, one.begin_by, days)
            whole = one.kind == "work_item" and one.unit_id
            owner = "整项" if whole else names.get(one.unit_id, "创建办")
            found["all"][lit] += 1
            found["owner"][owner, lit] += 1
            if one.kind != "stage_end":
                who = "创建办" if one.unit_id is None else "各单位"
                found["stage"][ordinals.get(one.stage_id), who, lit] += 1
        for part in session.exec(select(Assignment).where(Assignment.campaign_id == campaign_id)):
            if part.withdrawn:
                continue
            lit = light(Progress(part.state), part.due, part.begin_by, days)
            found["all"][lit] += 1
            found["owner"][names[part.unit_id], lit] += 1
            found["stage"][stage_of.get(part.work_item_id), "各单位", lit] += 1
    return found


def reds(text: str) -> list[int]:
    return [int(n) for n in RED.findall(text)]


def cell(row: dict[str, str], light: str) -> int:
    return int(next(value for name, value in row.items() if name.startswith(light)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_shown_number_is_the_number_of_one_set(hard, campaign_id, provider, capsys, seed):
    scatter(campaign_id, seed)
    assert hand_in_and_return(campaign_id) > 2
    truth = counted(campaign_id)
    red = truth["all"][Light.RED]
    view = patrol_campaign(hard, moment_of(at(LATE), LATE))
    deliver(lambda: at(LATE, 9, 1))

    assert red > 20
    assert reds(summary(view)) == [red]
    assert f"{sum(truth['all'].values())} 个事项" in summary(view)
    assert reds(standing(view)) == [red]
    _status_agrees(capsys, truth)
    _table_agrees(view, truth)
    _week_agrees(view, red)
    _letters_agree(truth)


def _status_agrees(capsys, truth) -> None:
    assert run(["status", "--campaign", "jc", "--today", LATE.isoformat(), "--json"]) == 0
    [shown] = json.loads(capsys.readouterr().out)["campaigns"]
    assert shown["lights"] == {lit.value: truth["all"][lit] for lit in Light}
    assert shown["slips"] == truth["all"][Light.RED]
    assert shown["items"] == sum(truth["all"].values())
    assert run(["status", "--campaign", "jc", "--today", LATE.isoformat()]) == 0
    assert reds(capsys.readouterr().out) == [truth["all"][Light.RED]]


def _table_agrees(view: CampaignView, truth) -> None:
    """The lights table: the rows of the bodies are theirs, and add up to the first row."""
    total, *rows = board_pages([view]).lights
    assert total["类别"] == "合计"
    bodies = [row for row in rows if row["类别"] in ("单位", "创建办", "整项")]
    assert "创建办" in {row["名称"] for row in bodies}
    for lit, word in (
        (Light.RED, "红"),
        (Light.YELLOW, "黄"),
        (Light.BLUE, "蓝"),
        (Light.GREEN, "绿"),
    ):
        assert cell(total, word) == truth["all"][lit] == sum(cell(row, word) for row in bodies)
        for row in bodies:
            name = "整项" if row["类别"] == "整项" else row["名称"]
            assert cell(row, word) == truth["owner"][name, lit], name
    assert "相加等于合计" in HOW_LIGHTS_ADD_UP


def _week_agrees(view: CampaignView, red: int) -> None:
    pages = board_pages([view])
    assert len(pages.week) == pages.due
    assert len([row for row in pages.week if row["灯"].startswith("红")]) == pages.red == red
    assert f"共 {len(pages.week)} 项，其中逾期 {red} 项" in due_in_words(pages)


def _letters_agree(truth) -> None:
    """The leaders' letters: headline, first line, folded alarms, and the page behind the link."""
    red = truth["all"][Light.RED]
    with open_session(read_only=True) as session:
        own = set(session.exec(select(Post.tag).where(Post.unit_id.is_(None))))
        letters = list(session.exec(select(Message).where(Message.secret.is_(False))))
        session.expunge_all()
        folded = list(session.exec(select(Notice.id).where(Notice.state == "inhibited")))
    assert folded
    told = [letter for letter in letters if letter.tag in own]
    assert len(told) >= 2
    for letter in told:
        assert f"{red} 项逾期，今天提醒 " in letter.subject
        assert reds(letter.body.split("\n")[0]) == [red]
        for stage, said in re.findall(
            r"S(\d)\.END[^\n]*\n[^\n]*\n[^\n]*\n(阶段逾期[^\n]*)", letter.body
        ):
            for who in ("各单位", "创建办"):
                number = truth["stage"][int(stage), who, Light.RED]
                assert (f"{who} {number} 项" in said) == (number > 0)
    assert any("阶段逾期，含各单位" in letter.body for letter in told)
    long = []
    for letter in letters:
        [asked] = re.findall(r"今天提醒 (\d+) 项", letter.subject) or [None]
        if more := re.search(r"另有 (\d+) 项，见\[本消息的全部 (\d+) 项\]", letter.body):
            page = page_of_message(letter.id, account(), moment_of(at(LATE), LATE))
            assert len(page.items) == int(more[2]) == int(more[1]) + 10
            assert asked in (None, more[2])
            long.append(letter.id)
    assert long


@ON_BOTH
def test_a_table_that_is_cut_says_how_many_rows_are_not_listed(hard, monkeypatch):
    monkeypatch.setattr("tasks.patrol.board.ROWS_SHOWN", 5)
    pages = board_pages([view_campaign("jc", LATE), view_campaign("demo", LATE)])

    assert pages.due > 5
    assert pages.week[-1]["编号"] == f"另有 {pages.due - 5} 行没有列出"
    assert pages.lights[-1]["名称"].startswith("另有 ")


@ON_BOTH
def test_the_page_of_a_message_shows_its_items_as_they_are_now(hard, campaign_id):
    patrol_campaign(hard, moment_of(at(LATE), LATE))
    deliver(lambda: at(LATE, 9, 1))
    with open_session() as session:
        said = session.exec(select(Notice).where(Notice.subject_kind == "milestone")).all()
        notice = next(n for n in said if n.message_id)
        session.get_one(Milestone, notice.subject_id).state = Progress.DONE.value
        number = notice.message_id
    page = page_of_message(number, account(), moment_of(at(LATE), LATE))

    assert Progress.DONE in {one.item.state for one in page.items if one.item}
