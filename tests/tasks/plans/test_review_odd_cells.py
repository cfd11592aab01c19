"""Whatever stands in a cell of a review workbook, it is taken right or told in one clear line."""

import datetime

import pytest

from models.errors import CampaignError
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from tasks.plans import review_reading
from tasks.workbook.opening import Page, read_pages
from tests.support.reviews import read_review, write_review

TEXT = """某市法治建设实施方案
2024年3月1日
一、重点任务
1.加强执法。合格率不低于95%。（牵头单位：市司法局）
二、实施步骤
（一）启动阶段（2024年3月）。动员部署。每月20日前报送进展。
（二）推进阶段（2024年4月至11月）。全面推进。
三、组织保障
成立由市长任组长的创建工作领导小组，办公室设在市司法局。
"""
ODD = [
    "²", "-1", "0", "9" * 25, "9" * 5000, "1e999", "inf", "nan", float("inf"), 1e300, True, "%",
    "t999-0", "s999-0", "o999", "t0", "t²-0", "任务999", "任务²", f"任务{'9' * 5000}", "阶段9",
    "9999-12-31", "0001-01-01", "2025-02-30", datetime.date(9999, 12, 31),
    datetime.datetime(1900, 1, 1), datetime.time(1, 2),
    "x" * 60_000, "长" * 90, "\x00\x07", "、、、", "(((",
]  # fmt: skip


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """The sheets of a review workbook as they come back untouched."""
    path = tmp_path_factory.mktemp("review") / "r.xlsx"
    read = read_plan(Document.from_text(TEXT))
    write_review(path, read.plan, read.doubts)
    return read_pages(path)[0]


def copied(sheets):
    return [Page(page.name, page.hidden, [list(row) for row in page.grid]) for page in sheets]


def hand_in(monkeypatch, sheets):
    monkeypatch.setattr(review_reading.opening, "read_pages", lambda _path: (sheets, []))


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_an_odd_cell_is_taken_or_told(sheets, monkeypatch, tmp_path, odd):
    for at, rows in enumerate(page.grid for page in sheets):
        for row in range(min(len(rows), 3)):
            for column in range(len(rows[row])):
                changed = copied(sheets)
                changed[at].grid[row][column] = odd
                hand_in(monkeypatch, changed)
                try:
                    read_review(tmp_path / "r.xlsx").model_dump_json()
                except CampaignError as error:
                    assert len(max(str(error).splitlines(), key=len)) < 200


def test_two_odd_cells_of_one_row_are_taken_or_told(sheets, monkeypatch, tmp_path):
    [(at, rows)] = [(n, page.grid) for n, page in enumerate(sheets) if page.name == "指标"]
    belongs, origin = rows[0].index("所属"), len(rows[0]) - 1
    for said in ("任务1", "任务9", "阶段1", "任务²"):
        for came in ("t999-0", "t0-9", "t²-0", "s9-9", "t" + "9" * 5000):
            changed = copied(sheets)
            changed[at].grid[1][belongs], changed[at].grid[1][origin] = said, came
            hand_in(monkeypatch, changed)
            try:
                read_review(tmp_path / "r.xlsx")
            except CampaignError as error:
                assert "第 2 行" in str(error)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (0.9, "是 0.9% 还是 90%"),
        (1, "是 1% 还是 100%"),
        ("0.9%", ""),
        (90, ""),
        (95.0, ""),
        (1.5, ""),
    ],
)
def test_a_number_that_excel_shows_as_percent_is_asked_about(
    sheets, monkeypatch, tmp_path, typed, asked
):
    changed = copied(sheets)
    [rows] = [page.grid for page in changed if page.name == "指标"]
    assert (rows[1][rows[0].index("数值")], rows[1][rows[0].index("单位")]) == (95, "%")
    rows[1][rows[0].index("数值")] = typed
    hand_in(monkeypatch, changed)
    try:
        read_review(tmp_path / "r.xlsx")
    except CampaignError as error:
        assert asked and f"表“指标”第 2 行“数值”列：{asked}？" in str(error)
    else:
        assert not asked


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "told"),
    [
        ("组织机构", "负责人职务", "市长 王甲乙", "如“市长”"),
        ("组织机构", "常务副职", "王甲乙常务副市长", "如“常务副市长”"),
        ("组织机构", "副职", "副市长\n王甲乙副市长", "如“副市长”"),
        ("组织机构", "成员职务", "王甲（市财政局局长）", "如“市财政局局长”"),
        ("组织机构", "联络员职务", "联络员13800000000", "如“联络员”"),
        ("任务", "牵头领导", "王甲乙副市长", "如“副市长”"),
        ("组织机构", "负责人职务", "市委书记、市长", ""),
        ("组织机构", "副职", "副市长\n市政府秘书长", ""),
    ],
)
def test_a_person_typed_into_a_cell_for_posts_is_told(
    sheets, monkeypatch, tmp_path, sheet, column, typed, told
):
    changed = copied(sheets)
    [rows] = [page.grid for page in changed if page.name == sheet]
    rows[1][rows[0].index(column)] = typed
    hand_in(monkeypatch, changed)
    try:
        read_review(tmp_path / "r.xlsx")
    except CampaignError as error:
        assert told and f"表“{sheet}”第 2 行“{column}”列：" in str(error)
        assert f"请只写职务，{told}" in str(error)
    else:
        assert not told


def test_what_the_reading_left_stays_beside_a_new_line(monkeypatch, tmp_path):
    """Else nobody could add a post where the document's own words look like a name."""
    read = read_plan(Document.from_text(TEXT))
    group = read.plan.groups[0].model_copy(update={"deputy_posts": ["王甲乙副市长"]})
    plan = read.plan.model_copy(update={"groups": [group]})
    write_review(tmp_path / "r.xlsx", plan, read.doubts)
    changed = read_pages(tmp_path / "r.xlsx")[0]
    [rows] = [page.grid for page in changed if page.name == "组织机构"]
    rows[1][rows[0].index("副职")] += "\n市政府秘书长"
    hand_in(monkeypatch, changed)

    taken = read_review(tmp_path / "r.xlsx")

    assert taken.groups[0].deputy_posts == ["王甲乙副市长", "市政府秘书长"]
