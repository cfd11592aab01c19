"""Fields that hold no result show what their code or their properties say."""

import pytest

from tasks.documents.pages import PLACEHOLDER
from tests.support.word_packages import field, para, run
from tests.tasks.documents.word.conftest import lines_of, named

MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def bare(code, properties=""):
    """Return a field without a result."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{properties}</w:fldChar></w:r>'
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{MARK.format('end')}"


def choice(said):
    return bare("FORMCHECKBOX", f"<w:ffData><w:checkBox>{said}</w:checkBox></w:ffData>")


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        (bare(r"eq \o\ac(○,3)"), "③"),
        (bare(r"eq \o\ac(□,是)"), "是"),
        (bare(r"eq \o(\s\up 7(市司),\s\do 3(法局))"), "市司法局"),  # two lines of half the size
        (bare(r"EQ \* jc2 \* &quot;Font:宋体&quot; \* hps10 \o\ad(\s\up 9(shì),市)"), "市"),
        (bare(r"EQ \f(1,3)"), "1/3"),
        (bare(r"EQ \f(A+B,C)"), "(A+B)/C"),
        (bare(r"EQ \f(A，B×C)"), "A/(B×C)"),
        (bare(r"EQ \f(出庭数,应诉总数)"), "出庭数/应诉总数"),
        (bare(r"eq \r(3,27)"), "3√27"),
        (bare(r"eq \r(x+1)"), "√(x+1)"),
        (bare(r"EQ \x(甲\,乙)"), "甲,乙"),
        (bare(r"EQ \b\bc\((甲;乙)"), "甲乙"),
        (bare("EQ " + "(" * 50 + "甲"), "(" * 50 + "甲"),
        (bare("EQ " + "甲" * 3000), ""),
        (bare('SYMBOL 254 \\f "Wingdings"'), "☑"),
        (bare("SYMBOL 0x4E2D \\u"), "中"),
        (bare("SYMBOL x"), ""),
        (field('SYMBOL 254 \\f "Wingdings"', run("√")), "√"),
        (bare("QUOTE “市司法局”"), "市司法局"),
        (bare("MACROBUTTON NoMacro 市司法局"), "市司法局"),
        (bare("GOTOBUTTON there 第三章"), "第三章"),
        (choice("<w:checked/>"), "☑"),
        (choice('<w:default w:val="1"/>'), "☑"),
        (choice('<w:default w:val="1"/><w:checked w:val="0"/>'), "□"),
        (bare("PRINT x"), ""),
    ],
)
def test_a_field_without_a_result_shows_its_code(read, piece, shown):
    document = read(para("由", piece, "负责。"))

    assert lines_of(document) == [f"由{shown}负责。"]
    assert not named(document)


def test_what_asks_for_something_to_be_typed_is_named(read):
    document = read(para("由", bare("MACROBUTTON NoMacro [单击此处填写单位]"), "负责。"))

    assert lines_of(document) == ["由负责。"]
    assert named(document) == [(PLACEHOLDER, "[单击此处填写单位]")]


def test_a_struck_field_shows_nothing(read):
    assert lines_of(read(para(f"<w:del>{bare('QUOTE 甲')}</w:del>", "乙"))) == ["乙"]
