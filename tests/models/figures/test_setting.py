"""Scores in the tables: of the office, of units, with deductions, and what a gate makes of them."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import campaign_named, stages_of
from models.campaign.work import Assignment, Indicator
from models.decisions.gate import gate_facts
from models.errors import PlanError
from models.evidence.evidence import Evidence
from models.figures.score import Deduction, Score
from models.figures.score_faults import NewDeduction, NewScore
from models.figures.scoring import differing, score_lines, score_totals
from models.figures.setting import set_scores
from models.rules.figures.words import ScoreKind
from models.rules.words import StageKind
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.scoring_table import add_tree, units

AT = moment_of(NOW, TODAY)
SELF, OFFICE, MOCK = ScoreKind
LEAF = "1.1.1"  # worth 2.5


@pytest.fixture
def ids(session, campaign_id):
    return add_tree(session, campaign_id)


@pytest.fixture
def put(session, campaign_id, ids):
    """Register one score of the leaf, by its points or by deductions."""

    def register(points=None, *offs, kind=OFFICE, by="创建办", **more):
        new = [NewScore(ids[LEAF], kind, points, **more)] if points is not None or more else []
        taken = [NewDeduction(ids[LEAF], kind, *off) for off in offs]
        count = set_scores(session, campaign_id, new, by, AT, taken)
        session.expire_all()
        return count

    return register


@pytest.fixture
def line(session, campaign_id):
    def found(code=LEAF):
        return next(one for one in score_lines(session, campaign_id) if one.code == code)

    return found


def parts(session, ids, column="office_score"):
    query = select(Assignment).where(Assignment.indicator_id == ids[LEAF]).order_by(Assignment.id)
    return [getattr(part, column) for part in session.exec(query)]


def gate(session, kind=StageKind.SELF_EVALUATION):
    campaign = campaign_named(session, None)
    [stage] = [one for one in stages_of(session, campaign.id) if one.kind == kind][:1]
    return gate_facts(session, campaign, stage, TODAY, lambda tag: True)


@ON_BOTH
def test_what_the_office_scores_is_the_score_of_every_part(session, ids, put, line):
    assert put(2, note="材料齐全") == 1
    assert put(2, note="材料齐全") == 0

    assert parts(session, ids) == [2, 2]
    assert line().points(OFFICE) == 2
    assert line().scores[OFFICE].note == "材料齐全"


def test_a_corrected_score_moves_the_parts_and_the_chain_keeps_the_old_one(session, ids, put):
    put(2)
    put(1.5)

    assert parts(session, ids) == [1.5, 1.5]
    entries = session.exec(select(AuditEntry).where(AuditEntry.what == "scored")).all()
    said = json.loads(entries[-1].facts)
    assert (said["kind"], said["old"]["points"], said["new"]["points"]) == ("初审分", 2, 1.5)


@ON_BOTH
def test_the_lead_unit_s_own_score_is_the_indicator_s_and_fills_in_parts_without_one(
    session, campaign_id, ids, put, line
):
    lead, helper = units(session, campaign_id)[:2]
    put(2, kind=SELF, unit_id=lead)

    assert line().points(SELF) == 2
    assert parts(session, ids, "self_score") == [2, 2]

    put(1, kind=SELF, unit_id=helper)  # of its own part
    assert line().points(SELF) == 2
    assert parts(session, ids, "self_score") == [2, 1]

    put(2.5, kind=SELF, unit_id=lead)  # what the helper said of itself stays
    assert line().points(SELF) == 2.5
    assert parts(session, ids, "self_score") == [2.5, 1]


def test_of_several_lead_units_the_lowest_score_is_the_indicator_s(
    session, campaign_id, ids, put, line
):
    for part in session.exec(select(Assignment)):
        part.role = "lead"
    session.flush()
    first, second = units(session, campaign_id)[:2]
    put(2.5, kind=SELF, unit_id=first)
    put(1, kind=SELF, unit_id=second)

    assert line().points(SELF) == 1
    assert parts(session, ids, "self_score") == [2.5, 1]


def test_where_nobody_leads_any_unit_answers(session, campaign_id, ids, put, line):
    for part in session.exec(select(Assignment)):
        if part.indicator_id == ids[LEAF]:
            part.role = "responsible" if part.role == "responsible" else "other"
    session.flush()
    put(2, kind=SELF, unit_id=units(session, campaign_id)[1])

    assert line().points(SELF) == 2


@ON_BOTH
def test_deductions_make_the_score_and_never_go_below_the_floor(session, ids, put, line):
    put(None, (1, "缺少印发件"))
    assert line().points(OFFICE) == Decimal("1.5")

    put(None, (5, "三起案件超期"))
    assert line().points(OFFICE) == 0  # 扣完为止
    assert parts(session, ids) == [0, 0]
    assert [off.reason for off in line().deductions] == ["缺少印发件", "三起案件超期"]


def test_the_same_deduction_twice_is_one_and_its_points_may_be_corrected(session, put, line):
    assert put(None, (1, "缺少印发件")) == 1
    assert put(None, (1, "缺少印发件")) == 0
    assert put(None, (0.5, "缺少印发件")) == 1

    assert line().points(OFFICE) == 2
    assert len(session.exec(select(Deduction)).all()) == 1


def test_a_deduction_named_by_its_row_may_get_other_words(session, campaign_id, ids, put, line):
    put(None, (1, "缺印发件"))
    [row] = session.exec(select(Deduction)).all()
    new = NewDeduction(ids[LEAF], OFFICE, 1, "缺少印发件", id=row.id)

    assert set_scores(session, campaign_id, (), "创建办", AT, [new]) == 1
    session.expire_all()
    assert [off.reason for off in line().deductions] == ["缺少印发件"]


def test_the_last_deduction_taken_back_leaves_the_whole(session, campaign_id, ids, put, line):
    put(None, (1, "缺少印发件"))
    gone = NewDeduction(ids[LEAF], OFFICE, 1, "缺少印发件", withdraw=True)

    assert set_scores(session, campaign_id, (), "创建办", AT, [gone]) == 1
    assert line().points(OFFICE) == Decimal("2.5")
    assert line().deductions == ()
    assert set_scores(session, campaign_id, (), "创建办", AT, [gone]) == 0


def test_a_deduction_shows_what_proves_it(session, campaign_id, put, line):
    piece = Evidence(campaign_id=campaign_id, number=3, kind="file", title="复议决定书")
    session.add(piece)
    session.flush()
    put(None, (1, "被撤销一件", piece.id))

    assert line().deductions[0].evidence == "E0003"


def test_a_score_taken_back_is_open_again(session, ids, put, line):
    put(2)
    assert put(None, withdraw=True) == 1
    assert put(None, withdraw=True) == 0

    assert line().points(OFFICE) is None
    assert parts(session, ids) == [None, None]
    assert put(2) == 1


@pytest.mark.parametrize(
    ("code", "points", "more", "fault"),
    [
        (LEAF, 2.6, {}, "1.1.1初审分：写的是 2.6 分，高于分值 2.5 分"),
        (LEAF, -1, {}, "1.1.1初审分：写的是 -1 分，低于最低分 0 分"),
        (LEAF, 0.125, {}, "1.1.1初审分：写的是 0.125 分，最多 2 位小数"),
        (LEAF, None, {}, "1.1.1初审分：没有填得分"),
        ("1.1", 2, {}, "1.1初审分：这一级不单独评分，由下级指标合计"),
        (LEAF, 2, {"unit_id": 1}, "1.1.1初审分：单位只能填自评分"),
        (LEAF, 2, {"note": "长" * 501}, "1.1.1初审分：说明有 501 个字，最多 500 个字"),
    ],
)
def test_a_score_that_cannot_be_is_a_fault_and_nothing_is_written(
    session, campaign_id, ids, code, points, more, fault
):
    with pytest.raises(PlanError) as caught:
        set_scores(
            session,
            campaign_id,
            [NewScore(ids["1.1.2"], OFFICE, 3), NewScore(ids[code], OFFICE, points, **more)],
            "创建办",
            AT,
        )

    assert caught.value.faults == [fault]
    assert session.exec(select(Score)).all() == []


def test_every_fault_is_said_at_once(session, campaign_id, ids):
    with pytest.raises(PlanError) as caught:
        set_scores(
            session,
            campaign_id,
            [
                NewScore(999, OFFICE, 3),
                NewScore(ids[LEAF], SELF, 1, unit_id=units(session, campaign_id)[5]),
                NewScore(ids[LEAF], OFFICE, 2),
            ],
            "",
            AT,
            [
                NewDeduction(ids[LEAF], OFFICE, 1, "缺少印发件"),
                NewDeduction(ids[LEAF], OFFICE, 0.5, "缺少印发件"),
                NewDeduction(ids["1.1.2"], OFFICE, 1, " "),
                NewDeduction(ids["1.1.2"], OFFICE, 0, "无"),
                NewDeduction(ids["1.1.2"], OFFICE, 1, "有", evidence_id=77),
            ],
        )

    assert len(caught.value.faults) == 8


def test_a_score_beside_deductions_must_be_what_they_leave(session, put):
    with pytest.raises(PlanError) as caught:
        put(2, (1, "缺少印发件"))

    assert caught.value.faults == [
        "1.1.1初审分：写的是 2 分，分值 2.5 分减去各条扣分应得 1.5 分；请改得分或改扣分"
    ]
    assert put(1.5, (1, "缺少印发件")) == 1


def test_what_unit_and_office_see_otherwise_is_listed(session, campaign_id, ids, put):
    put(2.5, kind=SELF)
    put(2)
    set_scores(
        session,
        campaign_id,
        [NewScore(ids["1.1.2"], kind, 3) for kind in (SELF, OFFICE)],
        "创建办",
        AT,
    )

    [one] = differing(score_lines(session, campaign_id))
    assert (one.code, one.difference) == (LEAF, Decimal("0.5"))


def test_a_total_says_aloud_what_is_not_scored(session, campaign_id, put):
    put(2)
    totals = score_totals(score_lines(session, campaign_id))

    assert totals[OFFICE].words == "得 2 分，已评 1 项，3 项还没有评，满分 10"
    assert totals[MOCK].words == "得 0 分，已评 0 项，4 项还没有评，满分 10"


@ON_BOTH
def test_the_gate_counts_the_same_indicators_as_the_total(session, campaign_id, ids, put):
    put(2, kind=SELF, unit_id=units(session, campaign_id)[0])
    facts = gate(session)

    assert (facts.indicators, facts.unscored, facts.unreviewed) == (4, 3, 4)
    assert (facts.unscored_parts, facts.unreviewed_parts) == (6, 8)
    totals = score_totals(score_lines(session, campaign_id))
    assert totals[SELF].open == facts.unscored


def test_a_unit_that_joins_a_scored_indicator_does_not_open_it_again(
    session, campaign_id, ids, put
):
    put(2, kind=SELF)
    session.add(
        Assignment(
            campaign_id=campaign_id,
            indicator_id=ids[LEAF],
            unit_id=units(session, campaign_id)[7],
            role="responsible",
        )
    )
    session.flush()

    assert gate(session).unscored == 3


def test_a_withdrawn_indicator_counts_nowhere_and_keeps_its_score(
    session, campaign_id, ids, put, line
):
    put(2)
    session.get(Indicator, ids[LEAF]).withdrawn = True
    session.flush()

    totals = score_totals(score_lines(session, campaign_id))
    assert totals[OFFICE].words == "得 0 分，已评 0 项，3 项还没有评，满分 7.5"
    session.get(Indicator, ids[LEAF]).withdrawn = False  # listed again
    session.flush()
    assert line().points(OFFICE) == 2


def test_without_points_an_indicator_is_reached_or_not_and_counted(session, campaign_id):
    ids = add_tree(session, campaign_id, points=False)
    new = [NewScore(ids["1.1.1"], OFFICE, 1), NewScore(ids["1.1.2"], OFFICE, 0.5)]

    assert set_scores(session, campaign_id, new, "创建办", AT) == 2
    assert score_totals(score_lines(session, campaign_id))[OFFICE].words == (
        "已评 2 项（其中达到 1 项、基本达到 1 项、没有达到 0 项），2 项还没有评；没有分值，不计总分"
    )
    with pytest.raises(PlanError, match="没有分值，应写 达到"):
        set_scores(session, campaign_id, [NewScore(ids["1.1.1"], OFFICE, 90)], "创建办", AT)
    with pytest.raises(PlanError, match="没有分值，不能扣分"):
        off = NewDeduction(ids["1.1.1"], OFFICE, 1, "缺少印发件")
        set_scores(session, campaign_id, (), "创建办", AT, [off])


@ON_BOTH
def test_all_indicators_are_scored_in_as_many_statements_as_one(session, campaign_id, ids):
    leaves = [ids[code] for code in ids if code.count(".") == 2]
    seen = []

    def count(*said):
        seen.append(said[2])

    def statements(of) -> int:
        seen.clear()
        event.listen(session.get_bind(), "before_cursor_execute", count)
        try:
            scores = [NewScore(id_, OFFICE, 1) for id_ in of]
            offs = [NewDeduction(id_, MOCK, 0.5, f"第 {n} 件") for n, id_ in enumerate(of)]
            set_scores(session, campaign_id, scores, "创建办", AT, offs)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", count)
        return len(seen)

    assert statements(leaves[:1]) >= statements(leaves[1:])
