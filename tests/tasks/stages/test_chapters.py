"""What each kind of stage finds in the morning, chapter by chapter."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from models.assessment.drills import NewDrill, add_drill
from models.campaign.campaign import Campaign
from models.campaign.milestone import Milestone
from models.campaign.own_milestones import OwnMilestone, lay_milestones
from models.campaign.work import Assignment
from models.database import open_session
from models.evidence.packages.package import Package
from models.findings.finding import FindingCycle, RaisedFinding
from models.papers.paper import Paper
from models.rules.findings.words import FindingState
from models.rules.words import MilestoneKind, Progress, StageKind
from models.settings import moment_of, settings
from models.units.unit import Post, Unit
from tasks.campaign.progress import Report, register_report
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import stage_page
from tasks.gates.confirming import Vouching, Which, confirm
from tasks.stages.accepting import assessors_view, rehearsals_held, sign_off
from tasks.stages.consolidating import findings_looked_back, package_standing, uploads_registered
from tasks.stages.implementing import PUBLICITY, highlights_found, publicity_going_on, self_checks
from tasks.stages.launching import founding, units_ready
from tasks.stages.self_evaluating import DRAFT, report_drafts, scoring_done
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import indicator, piece
from tests.support.rows import everything
from tests.tasks.stages.conftest import DAY

MOMENT = moment_of(NOW, DAY)


def test_the_launch_tells_which_of_meeting_task_force_and_training_are_done(campaign, under_way):
    register_report(campaign, Report("S1.1", Progress.DONE, "创建办", done_on=DAY), MOMENT)
    confirm(Which(campaign, "children-ready"), Vouching("创建办"), MOMENT)

    [chapter] = founding(under_way(StageKind.LAUNCH))

    said = dict(chapter.rows)
    assert said["已召开动员部署会"] == "已办"
    assert said["已成立领导小组和工作专班"] == "还差：S1.2 成立创建工作专班尚未完成"
    assert said["县区、部门都有自己的方案和专班"] == "已办，创建办 2025-07-21 确认"
    assert chapter.brief == "动员部署还差 2 项"


def test_the_launch_lists_the_documents_of_the_groups_that_are_not_there(campaign_id, under_way):
    with open_session() as session:
        due = date(2025, 6, 30)
        wanted = OwnMilestone(MilestoneKind.DOCUMENT, "G2.1", "督导检查方案", due)
        lay_milestones(session, campaign_id, [wanted])

    [chapter] = founding(under_way(StageKind.LAUNCH))

    assert ("G2.1 督导检查方案（创建办）", "未开始，2025-06-30 前") in [*map(tuple, chapter.rows)]


@ON_BOTH
def test_the_launch_lists_each_unit_that_lacks_a_plan_a_ledger_or_a_liaison(campaign_id, under_way):
    with open_session() as session:
        indicator(session, campaign_id, "9.1", "清单")
        piece(session, campaign_id, "一", ("9.1", 1), title="本局创建方案", provider_id=2)
        session.exec(select(Post).where(Post.unit_id == 3, Post.level == 1)).one().vacant = True
        below = {"parent_id": campaign_id, "parent_unit_id": 4, "plan_json": "{}", "loaded_at": NOW}
        session.add(Campaign(slug="市教育局", title="工作计划", kind="plan", **below))

    [chapter] = units_ready(under_way(StageKind.LAUNCH))

    rows = {row[0]: row[1:] for row in chapter.rows}
    assert [rows[name][0] for name in ("市政府办公室", "市司法局", "市教育局")] == [
        "没有",
        "有",
        "有",
    ]
    assert [row[2] for row in rows.values()].count("没有") == 1
    assert chapter.brief == f"{len(rows)} 家单位还没有备齐"
    assert "没有联络员的 1 家" in chapter.line


@ON_BOTH
def test_the_implementation_lists_unchecked_parts_by_unit_and_ranks_nobody(under_way):
    [chapter] = self_checks(under_way(StageKind.IMPLEMENTATION))

    assert [row[0] for row in chapter.rows][:2] == ["市政府办公室", "市司法局"]  # the plan's order
    assert int(chapter.rows[0][1]) > 0
    assert chapter.brief == f"{len(chapter.rows)} 家单位没有自查完"


def test_the_implementation_shows_what_of_publicity_is_late_or_due_within_a_month(
    campaign_id, under_way
):
    with open_session() as session:
        days = {
            "D1.a.1": date(2025, 7, 18),
            "D1.b.1": date(2025, 8, 1),
            "D1.c.1": date(2025, 12, 1),
        }
        lay_milestones(
            session,
            campaign_id,
            [
                OwnMilestone(MilestoneKind.SUBMISSION, c, "宣传报送", d, unit_id=1)
                for c, d in days.items()
            ],
        )

    [chapter] = publicity_going_on(under_way(StageKind.IMPLEMENTATION))

    shown = {row[0].partition(" ")[0]: row[1:] for row in chapter.rows}
    assert shown["D1.a.1"] == ("市政府办公室", "2025-07-18", "逾期")
    assert shown["D1.b.1"][2] == "未开始"
    assert "D1.c.1" not in shown
    assert chapter.brief == "宣传逾期 1 项"


@ON_BOTH
def test_only_accepted_pieces_that_speak_of_it_are_candidates_for_a_highlight(
    campaign_id, under_way
):
    with open_session() as session:
        indicator(session, campaign_id, "9.1", "清单")
        piece(session, campaign_id, "一", title="一件事一次办的经验", provider_id=2)
        piece(session, campaign_id, "二", title="首创做法", state="submitted")
        piece(session, campaign_id, "三", title="获奖证书", withdrawn=True)
        piece(
            session,
            campaign_id,
            "四",
            title="会议通知",
            caption="全省推广现场会",
            url="https://a.cn/1",
        )

    [chapter] = highlights_found(under_way(StageKind.IMPLEMENTATION))

    assert [tuple(row) for row in chapter.rows] == [
        ("E0001 一件事一次办的经验", "市司法局", ""),
        ("E0004 会议通知", "创建办", "已公开"),
    ]


def test_the_self_evaluation_lists_indicators_without_a_score(campaign_id, under_way):
    with open_session() as session:
        indicator(session, campaign_id, "9.1", "清单")

    [chapter] = scoring_done(under_way(StageKind.SELF_EVALUATION))

    [(what, _, lacks)] = chapter.rows
    assert (what, lacks) == ("9.1 清单", "没有自评分、初审分")
    assert chapter.brief == "1 项指标没有自评分"


def test_a_draft_of_the_report_is_a_file_and_never_a_version(under_way):
    rounds = under_way(StageKind.SELF_EVALUATION)
    before = everything()

    [chapter] = report_drafts(rounds, MOMENT)
    report_drafts(rounds, MOMENT)

    [file] = (settings().home / "checklists").rglob(DRAFT)
    assert file.read_bytes()[:2] == b"PK"
    assert everything() == before
    with open_session(read_only=True) as session:
        assert session.exec(select(Paper)).all() == []
    assert [row[0] for row in chapter.rows][:2] == ["主送机关", "组织领导的做法和成效"]
    assert chapter.brief == f"报告草稿 {len(chapter.rows)} 处空白"


def test_a_preview_of_the_self_evaluation_writes_no_draft(under_way):
    [chapter] = report_drafts(under_way(StageKind.SELF_EVALUATION, preview=True), MOMENT)

    assert "预览不写文件" in chapter.line
    assert not (settings().home / "checklists").exists()


@ON_BOTH
def test_the_consolidation_names_gaps_changes_since_the_package_and_what_is_not_uploaded(
    campaign_id, under_way
):
    with open_session() as session:
        indicator(session, campaign_id, "9.1", "清单", demands=2)
        made = {"sha256": "0" * 64, "files": 1, "gaps": 2, "made_by": "创建办"}
        session.add(Package(campaign_id=campaign_id, made_at=NOW.replace(month=6, day=1), **made))
        piece(session, campaign_id, "一", ("9.1", 1), title="权责清单")

    [package] = package_standing(rounds := under_way(StageKind.CONSOLIDATION))
    [uploads] = uploads_registered(rounds)

    assert "此后有 1 处变化；缺项 1 处" in package.line
    assert [row[0] for row in package.rows] == ["缺材料", "材料有变化"]
    assert uploads.rows == [("9.1", "E0001 权责清单", "第 1 版")]
    assert (package.brief, uploads.brief) == ("材料包缺 1 项", "1 份没有登记上传")


@ON_BOTH
def test_the_look_back_wants_open_problems_and_those_closed_and_not_looked_at(
    campaign_id, under_way
):
    states = (
        (FindingState.ASSIGNED, None),
        (FindingState.CLOSED, None),
        (FindingState.CLOSED, DAY),
        (FindingState.ENDED, None),
    )
    with open_session() as session:
        for n, (state, looked) in enumerate(states, 1):
            more = {
                "problem": f"问题{n}",
                "source": "self-check",
                "found_on": DAY,
                "raised_at": NOW,
            }
            row = RaisedFinding(
                campaign_id=campaign_id, code=f"F{n}", state=state, unit_id=1, **more
            )
            session.add(row)
            session.flush()
            session.add(FindingCycle(finding_id=row.id or 0, opened_on=DAY, looked_on=looked))
        visits = {"V1.1": date(2025, 7, 1), "V1.2": date(2025, 8, 1)}
        lay_milestones(
            session,
            campaign_id,
            [
                OwnMilestone(MilestoneKind.VISIT, c, "督导检查", d, unit_id=2)
                for c, d in visits.items()
            ],
        )

    [chapter] = findings_looked_back(under_way(StageKind.CONSOLIDATION))

    assert [(row[0], row[3]) for row in chapter.rows] == [
        ("F1 问题1", "整改中"),
        ("F2 问题2", "已销号，没有回头看"),
        ("V1.1 督导检查", "督导检查逾期没有登记"),
    ]
    assert "督导检查 2 次，还有 2 次没有登记，其中逾期 1 次" in chapter.line
    assert chapter.brief == "1 个问题没有销号，1 个没有回头看"


def test_the_acceptance_lists_all_eight_rehearsals_and_what_the_assessors_would_find(
    campaign, campaign_id, under_way
):
    register_report(campaign, Report("S5.2", Progress.DONE, "创建办", done_on=DAY), MOMENT)
    with open_session() as session:
        drill = NewDrill("第一次", DAY, DAY, "评估组")
        add_drill(session, campaign_id, drill, "创建办", MOMENT)

    [rehearsed] = rehearsals_held(rounds := under_way(StageKind.ACCEPTANCE))
    [signed], [found] = sign_off(rounds), assessors_view(rounds)

    assert len(rehearsed.rows) == 8
    assert rehearsed.rows[0][:2] == ("网络检索", "已办")
    assert rehearsed.brief == "7 项活动没有演练"
    assert "还没有提请审批" in signed.line
    assert "如果今天验收" in found.line
    assert found.rows[0][2] == "当天可办"


@pytest.mark.parametrize("kind", list(StageKind))
def test_a_look_writes_nothing_and_asks_the_same_however_large(kind, under_way):
    looks = {
        StageKind.LAUNCH: (founding, units_ready),
        StageKind.IMPLEMENTATION: (self_checks, publicity_going_on, highlights_found),
        StageKind.SELF_EVALUATION: (scoring_done,),
        StageKind.CONSOLIDATION: (package_standing, uploads_registered, findings_looked_back),
        StageKind.ACCEPTANCE: (rehearsals_held, sign_off, assessors_view),
    }[kind]
    rounds, before = under_way(kind), everything()

    chapters = [chapter for look in looks for chapter in look(rounds)]

    assert everything() == before
    for chapter in chapters:
        assert all(len(row) == len(chapter.head) for row in chapter.rows)
        assert "None" not in f"{chapter}"


def test_the_page_of_a_stage_shows_its_chapters_before_the_gate(under_way):
    [one] = under_way(StageKind.LAUNCH)
    page = stage_page(replace(one, chapters=units_ready([one])))

    assert page.index("## 各单位的方案、台账和联络员") < page.index("## 推进条件")
    assert (
        "| 单位 | 自己的方案 | 台账 | 联络员 |\n| --- | --- | --- | --- |\n| 市政府办公室 |" in page
    )
    assert "<details><summary>还有 28 行</summary>" in page.partition("## 推进条件")[0]


def test_nothing_is_asked_of_a_milestone_that_was_taken_back(campaign_id, under_way):
    with open_session() as session:
        for one in session.exec(select(Milestone)):
            one.withdrawn = one.kind in PUBLICITY

    [chapter] = publicity_going_on(under_way(StageKind.IMPLEMENTATION))

    assert chapter.line.startswith("方案里没有宣传措施，也没有定期报送")


def nothing_to_do(session) -> None:
    """Take everything back that the plan hands to units."""
    for one in session.exec(select(Assignment)):
        one.withdrawn = True
    for one in session.exec(select(Milestone)):
        one.withdrawn = one.kind in PUBLICITY


def test_what_has_no_premise_says_so_and_is_never_in_order(campaign, under_way):
    with open_session() as session:
        nothing_to_do(session)

    said = {
        chapter.heading: (chapter.line, chapter.brief)
        for kind, looks in {
            StageKind.IMPLEMENTATION: (self_checks, publicity_going_on, highlights_found),
            StageKind.SELF_EVALUATION: (scoring_done,),
            StageKind.CONSOLIDATION: (package_standing, uploads_registered, findings_looked_back),
        }.items()
        for look in looks
        for chapter in look(under_way(kind))
    }

    for heading, line, brief in (
        ("各单位自查（责任分解条数）", "还没有责任分解", "还没有责任分解"),
        ("宣传", "方案里没有宣传措施", ""),
        ("特色亮点的线索", "还没有找到线索", ""),
        ("逐项自评和初审", "还没有装入指标表", "没有指标表"),
        ("申报材料包", "还没有装入指标表", "没有指标表"),
        ("上传登记", "还没有通过核查的材料", ""),
        ("回头看", "不等于没有问题", ""),
    ):
        assert line in said[heading][0], heading
        assert said[heading][1] == brief


def test_while_nothing_is_handed_out_every_unit_of_the_roster_is_asked_for_its_plan(
    campaign, under_way
):
    with open_session() as session:
        nothing_to_do(session)
        roster = len(session.exec(select(Unit).where(col(Unit.retired).is_(False))).all())

    [chapter] = units_ready(under_way(StageKind.LAUNCH))
    assert chapter.brief == f"{roster} 家单位还没有备齐"

    with open_session() as session:
        for unit in session.exec(select(Unit)):
            unit.retired = True
    [chapter] = units_ready(under_way(StageKind.LAUNCH))
    assert (chapter.brief, chapter.rows) == ("名册里没有单位", [])


def test_a_long_table_is_folded_behind_its_first_rows(under_way):
    [one] = under_way(StageKind.LAUNCH)
    many = Chapter("许多", "许多行", ("编号",), [(f"第{n}行",) for n in range(100)])
    page = stage_page(replace(one, chapters=[many]))

    open_part, _, folded = page.partition("<details><summary>还有 88 行</summary>")
    assert "第11行" in open_part
    assert "第12行" not in open_part
    assert "| 第59行 |" in folded
    assert "另有 40 行没有列出" in folded
