"""The sheet 全文: every sentence beside what it became, the empty ones to be seen."""

import openpyxl
import pytest

from models.plan.reading.accounting.became import became
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from tasks.plans.doubt_sheet import LONGEST_SHOWN
from tasks.plans.review_reading import take_review
from tests.places import DOCUMENTS
from tests.support.reviews import write_read

TEXT = """法治宣传工作方案
各科室：
根据《宪法》和2020年有关要求，制定本方案。
一、工作任务
（一）加强普法。开展宣传。普法知晓率达到90%以上。牵头单位：市司法局；责任单位：市教育局
（二）规范执法。办好2019年以来的案件。牵头单位：市公安局
二、实施步骤
（一）动员阶段（2026年3月1日至3月31日）。动员部署。
三、工作要求
要加强领导。各单位12月10日前报送总结。
2026年1月5日
"""


def rows_of(tmp_path, text):
    write_read(tmp_path / "r.xlsx", read_plan(Document.from_text(text, "方案.txt")))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["全文"]
    return list(sheet.iter_rows(min_row=2)), sheet


def test_each_sentence_stands_beside_what_it_became(tmp_path):
    rows, sheet = rows_of(tmp_path, TEXT)

    became = {row[2].value: row[3].value for row in rows}
    assert became["各科室："].splitlines()[-1] == "主送"
    assert became["根据《宪法》和2020年有关要求，制定本方案。"] == "前言"
    assert became["一、工作任务"] == "小标题"
    assert became["（一）加强普法。"] == "任务1名称"
    assert became["开展宣传。"] is None
    assert became["普法知晓率达到90%以上。"] == "任务1指标“达到90%以上”"
    assert became["牵头单位：市司法局；"] == "任务1牵头单位：市司法局"
    assert became["责任单位：市教育局"] == "任务1责任单位：市教育局"
    assert became["（一）动员阶段（2026年3月1日至3月31日）。"].splitlines()[0] == "阶段1名称"
    assert became["要加强领导。"] is None
    assert became["2026年1月5日"] == "落款"
    assert [row[1].value for row in rows if row[2].value == "开展宣传。"] == ["任务1“加强普法”"]
    assert sheet.freeze_panes == "B2"


def test_rows_with_doubts_are_yellow_and_the_others_are_not(tmp_path):
    rows, _ = rows_of(tmp_path, TEXT)

    yellow = [row for row in rows if row[2].fill.fgColor.rgb == "FFFFF2CC"]

    assert [row[2].value for row in yellow if "12月10日" in (row[4].value or "")] == [
        "各单位12月10日前报送总结。"
    ]
    assert all(row[4].value for row in yellow)
    assert all(not row[4].value for row in rows if row not in yellow)


def test_every_sentence_with_words_that_are_asked_about_is_yellow(tmp_path):
    asked = 0
    for path in sorted(DOCUMENTS.glob("1[27]*.txt")):
        read = read_plan(Document.from_text(path.read_text(encoding="utf-8"), path.name))
        write_read(tmp_path / "r.xlsx", read)
        sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["全文"]
        yellow = {row[2].value for row in sheet.iter_rows(min_row=2) if row[4].value}
        for each in became(read.marked.grounds, read.settled, read.plan):
            if each.doubted:
                asked += 1
                assert each.text.replace("|", "｜").rstrip("｜") in yellow

    assert asked


@pytest.mark.parametrize("name", ["02-weisheng", "13-wenming", "174-zhen", "06-xinwen"])
def test_the_text_is_whole_and_every_doubt_with_a_place_is_in_it(tmp_path, name):
    path = next(DOCUMENTS.glob(f"{name}*.txt"))
    read = read_plan(Document.from_text(path.read_text(encoding="utf-8"), path.name))
    write_read(tmp_path / "r.xlsx", read)

    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    rows = list(book["全文"].iter_rows(min_row=2, values_only=True))

    shown = "".join(row[2] for row in rows).replace("｜", "|")
    passages = [each.passage.text for each in read.marked.grounds]
    assert all(text.rstrip("|") in shown for text in passages)
    sentences = sum(text.count(mark) for text in passages for mark in "。；！？") + len(passages)
    assert len(rows) <= sentences + len(read.plan.not_read)
    told = "\n".join(row[4] or "" for row in rows)
    asked = list(book["请看一眼"].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in asked if row[0] and row[3] not in told] == []


def test_what_is_too_long_is_cut_with_a_word_and_no_text_is_a_formula(tmp_path):
    text = TEXT.replace("开展宣传。", "=1+1。" + "宣传" * 1500 + "。")
    rows, _ = rows_of(tmp_path, text)

    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert "=1+1。" in [row[2].value for row in rows]
    cut = [row[2].value for row in rows if "个字，见原文" in row[2].value]
    assert all(len(each) < LONGEST_SHOWN + 40 for each in cut)


def test_nobody_is_named_and_no_telephone_is_shown(tmp_path):
    text = TEXT.replace(
        "要加强领导。", "要加强领导。联系人：张建国，电话：13812345678。由王小明同志负责。"
    )
    write_read(tmp_path / "r.xlsx", read_plan(Document.from_text(text, "方案.txt")))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    seen = "".join(str(cell.value) for sheet in book for row in sheet for cell in row)

    assert not any(each in seen for each in ("张建国", "13812345678", "王小明"))


def test_what_somebody_writes_there_is_named_and_not_taken(tmp_path):
    rows_of(tmp_path, TEXT)
    read = read_plan(Document.from_text(TEXT, "方案.txt"))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    book["全文"]["D7"] = "任务1责任单位：市民政局"
    book.save(tmp_path / "r.xlsx")

    plan, notes = take_review(tmp_path / "r.xlsx")

    assert plan == read.plan
    assert notes == ["表“全文”里有 1 处不是原来的文字，没有收（第一处在第 7 行）"]
