"""The office's own tables go out with our sample and come back as its own."""

import pytest

from models.assessment.own_tables import case_sheets
from models.assessment.results import weights_of
from models.database import open_session
from models.errors import PlanError
from tasks.assessment.office_tables import (
    export_case_sheets,
    export_weights,
    load_case_sheets,
    load_weights,
)
from tests.conftest import ON_BOTH
from tests.support.sheets import edited, place
from tests.tasks.assessment.conftest import AT


@ON_BOTH
def test_sheets_go_out_as_a_sample_and_come_back_as_the_offices_own(
    campaign, campaign_id, tmp_path
):
    out = tmp_path / "标准.xlsx"
    rows, own = export_case_sheets(None, out, AT)
    assert (rows > 40, own) == (True, False)

    def change(book):
        place(book["评查标准"], "标准", 种类="处罚", 编号="A1").value = "处罚主体合法"

    path = edited(out, change)
    assert load_case_sheets(None, path, "创建办", moment=AT).changes == rows
    assert load_case_sheets(None, path, "创建办", moment=AT).changes == 0
    with open_session(read_only=True) as session:
        sheets, own = case_sheets(session, campaign_id)
    assert own
    assert sheets["处罚"][0].text == "处罚主体合法"


def test_a_row_that_is_gone_is_withdrawn(campaign, campaign_id, tmp_path):
    out = tmp_path / "标准.xlsx"
    export_case_sheets(None, out, AT)
    load_case_sheets(None, out, "创建办", moment=AT)

    def drop(book):
        page = book["评查标准"]
        page.delete_rows(place(page, "标准", 种类="许可", 编号="A2").row)

    assert load_case_sheets(None, edited(out, drop), "创建办", moment=AT).changes > 0
    with open_session(read_only=True) as session:
        sheets, _ = case_sheets(session, campaign_id)
    assert "A2" not in [one.code for one in sheets["许可"]]


def test_sheets_that_do_not_come_to_a_hundred_are_refused(campaign, tmp_path):
    out = tmp_path / "标准.xlsx"
    export_case_sheets(None, out, AT)

    def change(book):
        page = book["评查标准"]
        place(page, "部分满分", 种类="许可", 编号="C1").value = 90
        place(page, "每处扣分", 种类="处罚", 编号="A1").value = 5

    with pytest.raises(PlanError) as caught:
        load_case_sheets(None, edited(out, change), "创建办", moment=AT)
    assert ["不扣分" in line for line in caught.value.faults] == [True]

    def other(book):
        place(book["评查标准"], "部分满分", 种类="许可", 编号="C1").value = 90

    with pytest.raises(PlanError, match="许可：“内容”部分的满分写了几个不同的数：80、90"):
        load_case_sheets(None, edited(out, other), "创建办", moment=AT)


def test_weights_come_back_and_must_add_up(campaign, campaign_id, tmp_path):
    out = tmp_path / "权重.xlsx"
    assert export_weights(None, out, AT) == 8

    def change(book):
        page = book["评估权重"]
        place(page, "权重", 方式="案卷评查").value = 30
        place(page, "权重", 方式="网络检索").value = 0

    load_weights(None, edited(out, change), "创建办", moment=AT)
    with open_session(read_only=True) as session:
        assert {one.method.chinese: one.points for one in weights_of(session, campaign_id)}[
            "案卷评查"
        ] == 30

    def wrong(book):
        place(book["评估权重"], "权重", 方式="案卷评查").value = 31

    with pytest.raises(PlanError, match="合计是 111，应为 100"):
        load_weights(None, edited(out, wrong), "创建办", moment=AT)
