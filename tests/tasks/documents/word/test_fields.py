"""What a field shows that holds no result: a box to tick, a chosen name, a character in a ring."""

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.pages import FIELD_CODE
from tasks.documents.reading import read_document
from tests.support.word_packages import para, run, write_package
from tests.tasks.documents.word.conftest import lines_of, named

CHOICE = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="县司法局"/><w:listEntry w:val="县财政局"/></w:ddList>'
TICKED = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox>'
EMPTY = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'


def mark(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def field(code: str, result: str | None = "", form: str = "") -> str:
    """A field; None for its result leaves out the mark before it too."""
    asked = f"<w:ffData>{form}</w:ffData>" if form else ""
    words = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    shown = "" if result is None else mark("separate") + result
    return mark("begin", asked) + words + shown + mark("end")


@pytest.mark.parametrize("result", [None, "", "<w:r><w:t> </w:t></w:r>"])
@pytest.mark.parametrize(
    ("code", "form", "shown"),
    [
        ("FORMDROPDOWN", CHOICE, "县财政局"),
        ("FORMCHECKBOX", TICKED, "☑"),
        ("FORMCHECKBOX", EMPTY, "□"),
        (" eq \\o\\ac(○,3)", "", "③"),
        ("EQ \\f(1,3)", "", "1/3"),
        ("SYMBOL 9312 \\u", "", "①"),
        ('QUOTE "县司法局"', "", "县司法局"),
        ("MACROBUTTON x 县司法局", "", "县司法局"),
        ("AUTONUM", "", "1."),
    ],
)
def test_a_field_without_a_result_shows_what_its_code_says(read, code, form, shown, result):
    [line] = lines_of(read(para("甲", field(code, result, form), "乙")))

    assert line.replace(" ", "") == f"甲{shown}乙"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("eq \\o\\ac(○,3)", "③"),
        ("SYMBOL 9312 \\u", "①"),
        ("QUOTE 县司法局", "县司法局"),
        ("AUTONUM", "1."),
        ("PAGE", ""),
    ],
)
def test_a_field_of_one_element_shows_what_its_code_says(read, code, shown):
    document = read(para("甲", f'<w:fldSimple w:instr="{code}"/>', "乙"))

    assert lines_of(document) == [f"甲{shown}乙"]
    assert document.not_read == ()


@pytest.mark.parametrize(
    "result",
    [
        run("③"),
        '<w:r><w:sym w:font="宋体" w:char="2462"/></w:r>',
        "<m:oMath><m:r><m:t>③</m:t></m:r></m:oMath>",
    ],
)
def test_a_result_is_read_and_its_code_is_not(read, result):
    assert lines_of(read(para(field("eq \\o\\ac(○,4)", result), "甲"))) == ["③甲"]


def test_a_result_may_be_a_picture(read):
    picture = "<w:r><w:pict><v:shape/></w:pict></w:r>"

    assert lines_of(read(para(field("eq \\o\\ac(○,4)", picture), "甲"))) == ["甲"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("REF _1 \\h", "REF"), (' MERGEFIELD "单位" ', "MERGEFIELD"), ("=SUM(ABOVE)", "="), ("if 1=1 甲", "IF")],
)  # fmt: skip
def test_a_field_that_nobody_worked_out_is_named(letters_may_be_lost, tmp_path, code, kind):
    for shape in (field(code, None), f"<w:fldSimple w:instr='{code}'/>"):
        document = read_document(write_package(tmp_path / "方案.docx", para("甲", shape, "乙")))

        assert lines_of(document) == ["甲乙"]
        assert named(document) == [(MISSING, f"没有更新的域（{kind}）")]


def test_a_result_of_nothing_is_nothing(read):
    """Somebody worked it out: REF of an empty bookmark, IF without an else."""
    document = read(para("甲", field('IF 1=2 "丙"'), field("REF _1"), "乙"))

    assert lines_of(document) == ["甲乙"]
    assert document.not_read == ()


def test_what_a_field_of_one_element_keeps_for_others_is_named(read):
    document = read(para("甲", f'<w:fldSimple w:instr="SET x">{run("丁")}</w:fldSimple>', "乙"))

    assert lines_of(document) == ["甲乙"]
    assert named(document) == [(FIELD_CODE, "丁")]
