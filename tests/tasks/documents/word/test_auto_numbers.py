"""Fields that number paragraphs show the number that the paper shows, or a doubt says that they do."""

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.reading import read_document
from tests.support.word_packages import cell, para, row, run, table, write_package
from tests.tasks.documents.word.conftest import lines_of, named

MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/>'
    f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    for level in (1, 2, 3)
)


def code(said: str, result: str | None = None) -> str:
    shown = "" if result is None else MARK.format("separate") + (run(result) if result else "")
    inner = f"<w:r><w:instrText>{said}</w:instrText></w:r>{shown}"
    return MARK.format("begin") + inner + MARK.format("end")


def heading(level: int, *content: str) -> str:
    return para(*content, said=f'<w:pStyle w:val="{level}"/>')


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (["AUTONUM"] * 3, ["1.", "2.", "3."]),
        ([" AUTONUM  \\* Arabic \\* MERGEFORMAT "] * 2, ["1.", "2."]),
        ([r"AUTONUM \* CHINESENUM3 \s 、"] * 2, ["一、", "二、"]),
        ([r"AUTONUM \s )"] * 2, ["1)", "2)"]),
        ([r"autonum \* roman"] * 2, ["i.", "ii."]),
        ([r"AUTONUM \* GB2"], ["⑴."]),
        (["AUTONUMLGL"] * 2, ["1.", "2."]),
        ([r"AUTONUMLGL \e"] * 2, ["1", "2"]),
        (["AUTONUMOUT"] * 4, ["I.", "II.", "III.", "IV."]),
        (["LISTNUM"] * 2, ["1)", "2)"]),
        ([r"LISTNUM \l 7"] * 2, ["1.", "2."]),
        ([r"LISTNUM NumberDefault \l 1", r"LISTNUM \l 2", r"LISTNUM \l 2", r"LISTNUM \l 1"], ["1)", "a)", "b)", "2)"]),
        ([r'LISTNUM "LegalDefault" \l 1', r"LISTNUM LegalDefault \l 2", r"LISTNUM LegalDefault \l 2"], ["1.", "1.1.", "1.2."]),
        ([r"LISTNUM OutlineDefault \l 1 \s 5", r"LISTNUM OutlineDefault \l 1"], ["V.", "VI."]),
        ([r"LISTNUM \s 0", "LISTNUM"], ["0)", "1)"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("result", [None, ""])
def test_the_number_is_the_one_of_the_paper(read, fields, shown, result):
    document = read("".join(para(code(each, result), "强化领导") for each in fields))

    assert lines_of(document) == [f"{each}强化领导" for each in shown]
    assert document.not_read == ()


def test_a_simple_field_is_one_too(read):
    simple = '<w:fldSimple w:instr="AUTONUM"></w:fldSimple>'

    assert lines_of(read(para(simple, "甲") + para(simple, "乙"))) == ["1.甲", "2.乙"]


def test_a_result_that_stands_there_is_the_number(read):
    assert lines_of(read(para(code("AUTONUM", "七、"), "甲"))) == ["七、甲"]


def test_a_sequence_that_only_counts_on_shows_nothing(read):
    assert lines_of(read(para(code(r"SEQ 表 \h", ""), "甲"))) == ["甲"]


def test_rows_of_a_table_are_numbered(read):
    rows = [row(cell(para(code("AUTONUM"))), "落实制度", "市司法局") for _ in range(2)]

    found = lines_of(read(table(row("序号", "任务", "单位"), *rows)))

    assert found[1:] == ["1.|落实制度|市司法局", "2.|落实制度|市司法局"]


def test_what_is_struck_is_not_counted(read):
    gone = f'<w:del w:id="1" w:author="x">{code("AUTONUM")}</w:del>'

    assert lines_of(read(para(gone, "甲") + para(code("AUTONUM"), "乙"))) == ["甲", "1.乙"]


def test_headings_are_numbered_by_their_levels(read):
    body = "".join(heading(level, code("AUTONUMLGL"), "题") for level in (1, 2, 2, 1, 2))

    assert lines_of(read(body, parts={"styles.xml": STYLES})) == [
        "1.题",
        "1.1.题",
        "1.2.题",
        "2.题",
        "2.1.题",
    ]


@pytest.mark.parametrize(
    "body",
    [
        para(code("AUTONUM"), "甲") + heading(1, "题") + para(code("AUTONUM"), "乙"),
        heading(1, code("AUTONUM"), "题") + para(code("AUTONUM"), "乙"),
        para(code("AUTONUM"), "甲") + para(code("AUTONUMLGL"), "乙"),
        para(code(r"AUTONUM \* ZODIAC1"), "甲") + para(code(r"AUTONUM \* ZODIAC1"), "乙"),
        heading(2, code("AUTONUMLGL"), "题") + heading(2, code("AUTONUMLGL"), "题"),
        para(code("LISTNUM 自己"), "甲") + para(code("LISTNUM 自己"), "乙"),
        para(code("LISTNUM"), "甲", code("LISTNUM"), "乙"),
        para(code(r" SEQ  \* ARABIC ", ""), "甲"),
        para(code(r"LISTNUM \l 10"), "甲") + para(code(r"LISTNUM \l 0"), "甲", code("LISTNUM")),
    ],
)
@pytest.mark.usefixtures("letters_may_be_lost")
def test_a_number_that_nobody_can_tell_is_a_doubt(tmp_path, body):
    document = read_document(
        write_package(tmp_path / "方案.docx", body, parts={"styles.xml": STYLES})
    )

    assert {why for why, _ in named(document)} == {MISSING}
    assert all("自动编号" in words for _, words in named(document))
