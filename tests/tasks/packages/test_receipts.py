"""What was uploaded by whom: a list that goes out with what is to be uploaded, and comes back."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from models.audit.chain import entries
from models.database import open_session
from models.errors import PlanError
from models.evidence.evidence import Evidence
from models.evidence.packages.receipts import receipt_lines
from models.settings import moment_of
from tasks.packages.receipts import export_receipts, load_receipts
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.pieces import indicator, piece, revised

MOMENT = moment_of(NOW)


@pytest.fixture
def filled(campaign, campaign_id):
    with open_session() as session:
        indicator(session, campaign_id, "1.1.1", "公开行政执法事项清单", demands=2)
        piece(session, campaign_id, "清单", ("1.1.1", 1), ("1.1.1", 2), title="执法事项清单")
        piece(session, campaign_id, "未核", ("1.1.1", 2), title="公告", state="submitted")
    return campaign


def written(path, **cells):
    book = load_workbook(path)
    page = book["上传登记"]
    names = {cell.value: cell.column for cell in page[3]}
    for name, value in cells.items():
        page.cell(4, names[name], value)
    path = path.with_name("回.xlsx")
    book.save(path)
    return path


def lines(campaign_id):
    with open_session(read_only=True) as session:
        return receipt_lines(session, campaign_id)


@ON_BOTH
def test_an_upload_is_registered_once_and_may_be_corrected(filled, campaign_id, tmp_path):
    out = tmp_path / "登记.xlsx"
    assert export_receipts(filled, out, TODAY) == (1, 0)

    back = written(out, 上传日期=datetime(2025, 6, 30), 上传人="创建办材料组")
    assert load_receipts(filled, back, moment=MOMENT).changes == 1
    assert load_receipts(filled, back, moment=MOMENT).changes == 0
    assert load_receipts(filled, written(back, 说明="重传"), moment=MOMENT).changes == 1

    [line] = lines(campaign_id)
    assert line.said == (date(2025, 6, 30), "创建办材料组", "重传")
    with open_session(read_only=True) as session:
        assert len([e for e in entries(session) if e.what == "upload-registered"]) == 2


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"上传日期": datetime(2025, 7, 2)}, "不在方案开始"),  # tomorrow
        ({"上传日期": "昨天"}, "写的是“昨天”"),
        ({"上传日期": datetime(2025, 6, 30), "上传人": "王小明"}, "像是姓名"),
        ({"材料编号": "E0099"}, "没有已通过的 E0099"),
        ({"材料编号": "E0002"}, "没有已通过的 E0002"),  # handed in, not accepted
    ],
)
def test_a_row_that_cannot_be_is_a_fault_with_its_place(
    filled, campaign_id, tmp_path, cells, words
):
    out = tmp_path / "登记.xlsx"
    export_receipts(filled, out, TODAY)

    with pytest.raises(PlanError, match=f"第 4 行.*{words}"):
        load_receipts(filled, written(out, **cells), moment=MOMENT)

    assert lines(campaign_id)[0].uploaded_on is None


def test_a_registered_day_cannot_be_emptied(filled, tmp_path):
    out = tmp_path / "登记.xlsx"
    export_receipts(filled, out, TODAY)
    back = written(out, 上传日期=datetime(2025, 6, 30))
    load_receipts(filled, back, moment=MOMENT)

    with pytest.raises(PlanError, match="不能清空"):
        load_receipts(filled, written(back, 上传日期=""), moment=MOMENT)


def test_an_uploaded_revision_stands_beside_its_successor(filled, campaign_id, tmp_path):
    out = tmp_path / "登记.xlsx"
    export_receipts(filled, out, TODAY)
    load_receipts(filled, written(out, 上传日期=datetime(2025, 6, 30)), moment=MOMENT)
    with open_session() as session:
        revised(session, session.get_one(Evidence, 1), b"new", 2)

    assert [(x.revision, x.uploaded_on) for x in lines(campaign_id)] == [
        (1, date(2025, 6, 30)),
        (2, None),
    ]
