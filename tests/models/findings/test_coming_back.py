"""The same problem found again is the same finding, however it comes and whoever has it by now."""

import pytest
from sqlmodel import select

from models.errors import ProgressError
from models.findings.finding import RaisedFinding
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.rules.findings.words import FindingState, FindingStep
from models.units.succession import Heir, succeed
from models.units.unit import unit_named, units_of
from tests.conftest import ON_BOTH
from tests.support.findings import (
    ANOTHER,
    OFFICE,
    UNIT,
    at,
    closed,
    cycles_of,
    day,
    raised,
    row_of,
    step,
)

T, S = FindingStep, FindingState


def merged(session, campaign_id, *, heir=ANOTHER):
    """Merge the unit into another, or retire it alone."""
    units = {unit.name: unit for unit in units_of(session, campaign_id)}
    units[UNIT].retired = True
    session.flush()
    if heir:
        succeed(session, campaign_id, Heir(units[UNIT], units[heir], OFFICE, "改革"), at(20))


@pytest.mark.parametrize("words", ["执法文书没有编号。", " 执法文书 没有编号", "执法文书没有编号"])
def test_a_stop_or_a_blank_makes_no_other_problem(session, campaign_id, words):
    raised(session, campaign_id, "执法文书没有编号")

    assert raised(session, campaign_id, words).code == "F1"
    assert raised(session, campaign_id, "执法文书没有日期").code == "F2"


def test_what_was_handed_out_later_is_known_at_its_unit(session, campaign_id):
    raised(session, campaign_id, unit=None)
    step(session, campaign_id, "F1", T.ASSIGN, unit=UNIT)

    assert raised(session, campaign_id).code == "F1"
    assert raised(session, campaign_id, unit=ANOTHER).code == "F2"


@ON_BOTH
def test_what_comes_back_after_a_merger_is_the_heirs(session, campaign_id):
    raised(session, campaign_id)
    closed(session, campaign_id)
    merged(session, campaign_id)

    again = raised(session, campaign_id, unit=ANOTHER, days=30)

    assert (again.code, again.again) == ("F1", True)
    row = row_of(session, "F1")
    assert row.unit_id == unit_named(session, campaign_id, ANOTHER)
    assert len(cycles_of(session, "F1")) == 2
    # Found at it by its old name it is the same, too.
    assert raised(session, campaign_id, days=31).code == "F1"


def test_what_is_found_at_a_unit_that_is_gone_is_its_heirs_or_nobodys(session, campaign_id):
    merged(session, campaign_id)
    raised(session, campaign_id, days=21)
    assert row_of(session, "F1").unit_id == unit_named(session, campaign_id, ANOTHER)


def test_nothing_new_is_handed_to_a_unit_without_an_heir(session, campaign_id):
    merged(session, campaign_id, heir="")

    with pytest.raises(ProgressError, match="市司法局已停用，请交给接手的单位"):
        raised(session, campaign_id, days=21)
    assert session.exec(select(RaisedFinding)).all() == []


def test_found_twice_in_one_list_it_comes_back_once(session, campaign_id):
    raised(session, campaign_id)
    closed(session, campaign_id)
    unit = unit_named(session, campaign_id, UNIT)
    news = [NewFinding("执法文书没有编号", f"visit:V{n}.1", day(25), unit) for n in (1, 2)]

    outcomes = raise_findings(session, campaign_id, news, OFFICE, at(30))

    assert [(one.code, one.again, list(one.faults)) for one in outcomes] == [
        ("F1", True, []),
        ("F1", False, []),
    ]


def test_without_a_day_an_old_list_brings_nothing_back_and_says_so(session, campaign_id):
    raised(session, campaign_id)
    closed(session, campaign_id)

    back = raised(session, campaign_id, dated=False, days=30)

    assert (back.again, row_of(session, "F1").state) == (False, S.CLOSED)
    assert "没有写发现日期，没有当作再次发生" in back.note
