"""Search by name: what was typed is text, whatever it looks like."""

import pytest
from sqlmodel import select

from models.database import open_session
from models.units.unit import Unit, UnitAlias
from tasks.window.searching import searched
from tests.conftest import ON_BOTH
from tests.support.evidence import first_item


@ON_BOTH
def test_a_part_of_a_name_or_a_title_is_found_and_a_code_comes_first(campaign):
    found = searched("jc", " 司法 ")
    assert "市司法局" in [one.name for one in found.units]
    assert searched("jc", "ｗ１").items[0].code == "W1"
    title = searched("jc", "W1").items[0].title
    assert "W1" in [one.code for one in searched("jc", f"{title[:2]} {title[-2:]}").items]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "!", "' OR 1=1 --", "<b>", "\x00", "\u202e"])
def test_signs_find_nothing_but_themselves(campaign, typed):
    assert searched("jc", typed).is_empty


def test_another_name_of_a_unit_finds_it(campaign):
    with open_session() as session:
        unit = session.exec(select(Unit).where(Unit.name == "市司法局")).one()
        session.add(UnitAlias(campaign_id=1, unit_id=unit.id, name="法制办"))
    assert [one.name for one in searched("jc", "法制").units] == ["市司法局"]


def test_a_unit_finds_only_itself_and_what_it_has_a_part_in(campaign):
    item = first_item()
    with open_session(read_only=True) as session:
        ids = {one.name: one.id for one in session.exec(select(Unit))}
    assert searched("jc", item.code, ids[item.unit]).items[0].code == item.code
    assert item.code not in [one.code for one in searched("jc", item.code, ids[item.other]).items]
    assert {one.name for one in searched("jc", "局", ids["市司法局"]).units} == {"市司法局"}
