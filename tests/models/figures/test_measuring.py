"""Figures in the tables: registered, corrected, taken back, set against their targets."""

import json
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.errors import PlanError
from models.evidence.demands.demand import Demand
from models.evidence.evidence import Evidence
from models.figures.measurement import Measurement
from models.figures.measuring import NewMeasurement, measure, measured
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.scoring_table import add_demand, add_tree, names, units

AT = moment_of(NOW, TODAY)
SHARE = (">=", 90.0, "%")


@pytest.fixture
def ids(session, campaign_id):
    return add_tree(session, campaign_id)


@pytest.fixture
def demand(session, campaign_id, ids):
    return add_demand(session, campaign_id, ids["1.1.1"], SHARE, counted="网上可办", out_of="全部")


def put(session, campaign_id, *rows, by="市政府办公室联络员"):
    return measure(session, campaign_id, rows, by, AT)


def entries(session):
    query = select(AuditEntry).where(AuditEntry.what == "measured").order_by(AuditEntry.id)
    return [(one.who, one.subject, json.loads(one.facts)) for one in session.exec(query)]


def faults(session, campaign_id, *rows, by="创建办"):
    with pytest.raises(PlanError) as caught:
        measure(session, campaign_id, rows, by, AT)
    return caught.value.faults


@ON_BOTH
def test_a_figure_is_registered_once_and_a_correction_keeps_the_old_one_in_the_chain(
    session, campaign_id, demand
):
    unit, name = units(session, campaign_id)[0], names(session, campaign_id)[0]
    one = NewMeasurement(demand, unit, "", 35, 40, "政务服务网")

    assert put(session, campaign_id, one) == 1
    assert put(session, campaign_id, one) == 0
    assert put(session, campaign_id, NewMeasurement(demand, unit, "", 36, 40, "政务服务网")) == 1

    [row] = session.exec(select(Measurement))
    assert (row.numerator, row.denominator, row.by_post) == (36, 40, "市政府办公室联络员")
    _, corrected = entries(session)
    assert corrected[:2] == ("市政府办公室联络员", f"1.1.1#1/{name}")
    assert corrected[2]["old"]["numerator"] == 35
    assert corrected[2]["new"]["numerator"] == 36


@ON_BOTH
def test_all_units_together_come_first_and_then_each_in_its_fixed_order(
    session, campaign_id, ids, demand
):
    first, second = units(session, campaign_id)[:2]
    put(
        session,
        campaign_id,
        NewMeasurement(demand, second, "", 10, 100),
        NewMeasurement(demand, first, "", 9, 10),
    )

    lines = measured(session, campaign_id)

    assert [line.unit for line in lines] == ["", *names(session, campaign_id)[:2]]
    assert [line.value for line in lines] == [Decimal("17.27"), Decimal(90), Decimal(10)]
    assert [line.reached for line in lines] == [False, True, False]


def test_who_leads_owes_a_figure_and_one_who_helps_does_not(session, campaign_id, demand):
    whole, lead = measured(session, campaign_id)

    assert lead.unit == names(session, campaign_id)[0]
    assert (whole.missing, lead.missing, lead.value) == (True, True, None)


def test_a_target_of_each_unit_is_owed_by_every_unit(session, campaign_id, ids):
    add_demand(session, campaign_id, ids["1.1.2"], (">=", 5.0, "%"), text="不少于本单位人员的5%")

    lines = measured(session, campaign_id)

    assert [line.unit for line in lines] == ["", *names(session, campaign_id)[:2]]


def test_periods_that_nobody_spoke_of_are_said_and_one_that_runs_owes_nothing(
    session, campaign_id, ids
):
    quarterly = add_demand(session, campaign_id, ids["1.1.2"], SHARE, per="quarter")
    unit = units(session, campaign_id)[0]
    put(session, campaign_id, NewMeasurement(quarterly, unit, "2025Q1", 9, 10))

    lines = measured(session, campaign_id, today=date(2025, 11, 1), unit_id=unit)

    said = {line.period: (line.missing, line.value, line.trend) for line in lines if line.unit}
    assert said == {
        "2025Q1": (False, Decimal(90), "2024年第四季度没有数据，看不出趋势"),
        "2025Q2": (True, None, ""),
        "2025Q3": (True, None, ""),
        "2025Q4": (False, None, ""),
    }


def test_a_figure_is_set_against_the_period_before(session, campaign_id, ids):
    yearly = add_demand(session, campaign_id, ids["1.1.2"], SHARE, per="year")
    first, second = units(session, campaign_id)[:2]
    put(
        session,
        campaign_id,
        NewMeasurement(yearly, first, "2024", 8, 10),
        NewMeasurement(yearly, first, "2025", 9, 10),
        NewMeasurement(yearly, second, "2025", 9, 10),
    )

    whole, one, _ = (line for line in measured(session, campaign_id) if line.period == "2025")

    assert one.trend == "比2024年高 10 个百分点"
    assert whole.trend == "比2024年高 10 个百分点（两期填报的单位不同，只供参考）"


def test_a_figure_taken_back_is_missing_again_and_may_come_anew(session, campaign_id, demand):
    unit = units(session, campaign_id)[0]
    one, gone = (
        NewMeasurement(demand, unit, "", 0, 40),
        NewMeasurement(demand, unit, "", None, withdraw=True),
    )
    put(session, campaign_id, one)

    assert put(session, campaign_id, gone) == 1
    assert put(session, campaign_id, gone) == 0
    assert [line.value for line in measured(session, campaign_id)] == [None, None]
    assert put(session, campaign_id, one) == 1
    assert [line.value for line in measured(session, campaign_id)] == [0, 0]


def test_every_fault_is_said_at_once_and_nothing_is_written(session, campaign_id, demand):
    unit = units(session, campaign_id)[0]
    found = faults(
        session,
        campaign_id,
        NewMeasurement(demand, unit, "", 35, 40),
        NewMeasurement(demand, unit, "2025", 41, 40),
        NewMeasurement(demand, unit, "", 35, 40),
        NewMeasurement(9_999, unit, "", 35, 40),
        NewMeasurement(demand, 9_999, "", 35, 40),
        NewMeasurement(demand, unit, "", 35, 40, evidence_id=9_999),
        by="",
    )

    assert len(found) == 8  # two of the second row, two rows said twice
    assert session.exec(select(Measurement)).all() == []


def test_a_period_still_to_come_has_no_figure(session, campaign_id, ids):
    yearly = add_demand(session, campaign_id, ids["1.1.2"], SHARE, per="year")
    [fault] = faults(
        session, campaign_id, NewMeasurement(yearly, units(session, campaign_id)[0], "2026", 1, 1)
    )

    assert fault.endswith("2026年还没有开始")


def test_what_proves_a_figure_is_shown_by_its_code(session, campaign_id, demand):
    piece = Evidence(campaign_id=campaign_id, number=12, kind="file", title="台账")
    session.add(piece)
    session.flush()
    unit = units(session, campaign_id)[0]
    put(session, campaign_id, NewMeasurement(demand, unit, "", 36, 40, "系统导出", piece.id))

    assert measured(session, campaign_id)[1].evidence == "E0012"


def test_a_withdrawn_demand_or_indicator_is_no_longer_measured(session, campaign_id, ids, demand):
    session.get(Demand, demand).withdrawn = True
    session.flush()

    assert measured(session, campaign_id) == []


@ON_BOTH
def test_many_figures_are_registered_and_read_in_as_many_statements_as_one(
    session, campaign_id, ids
):
    every = units(session, campaign_id)
    demands = [
        add_demand(session, campaign_id, ids["1.1.2"], SHARE, ordinal=n, per="month")
        for n in range(1, 6)
    ]
    rows = [
        NewMeasurement(demand, unit, f"2025-0{month}", 9, 10)
        for demand in demands
        for unit in every
        for month in (1, 2, 3)
    ]

    def statements(of) -> int:
        seen = []
        bind = session.get_bind()

        def count(*said):
            seen.append(said[2])

        event.listen(bind, "before_cursor_execute", count)
        try:
            measure(session, campaign_id, of, "创建办", AT)
            measured(session, campaign_id)
        finally:
            event.remove(bind, "before_cursor_execute", count)
        return len(seen)

    few, many = statements(rows[:1]), statements(rows[1:])

    assert many <= few + 3  # a driver cuts one statement of hundreds of rows into pages
    assert len(measured(session, campaign_id)) == len(demands) * 3 * (len(every) + 1)
