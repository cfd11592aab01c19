"""What a form shows of an item, so that nobody takes another for it."""

import pytest

from tasks.campaign.naming import item_for_form
from tests.conftest import ON_BOTH


@ON_BOTH
@pytest.mark.parametrize(
    ("code", "unit", "owner"),
    [
        ("W5", "", "市政府办公室、市政务服务中心"),
        ("W5", "市政务服务中心", "市政务服务中心"),
        ("S2.1", "", "创建办"),
        ("S1", "", "创建办"),
    ],
)
def test_a_form_names_who_owns_an_item(campaign, code, unit, owner):
    assert f"（{owner}，" in item_for_form(campaign, code, unit)
