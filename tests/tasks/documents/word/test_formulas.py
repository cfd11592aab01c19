"""What the form of a formula says is in its line: brackets, fractions, powers."""

import pytest

from tests.support.word_packages import para, run
from tests.tasks.documents.word.conftest import lines_of

RAISED = '<w:vertAlign w:val="superscript"/>'


def part(name: str, *inner: str) -> str:
    """A part of a formula, of texts and of other parts."""
    made = "".join(
        each if each.startswith("<") else f"<m:r><m:t>{each}</m:t></m:r>" for each in inner
    )
    return f"<m:{name}>{made}</m:{name}>"


def brackets(*inner: str, said: str = "") -> str:
    return f"<m:d><m:dPr>{said}</m:dPr>{''.join(part('e', each) for each in inner)}</m:d>"


def fraction(above: str, below: str, said: str = "") -> str:
    return f"<m:f><m:fPr>{said}</m:fPr>{part('num', above)}{part('den', below)}</m:f>"


def raised(name: str, *inner: str) -> str:
    names = ("e", "sup") if name == "sSup" else ("e", "sub", "sup")
    return part(name, *(part(*each) for each in zip(names, inner, strict=True)))


SQUARE = '<m:begChr m:val="["/><m:sepChr m:val=","/><m:endChr m:val="]"/>'
BRACE = '<m:begChr m:val="{"/><m:endChr m:val=""/>'


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        (fraction("出庭数", "应诉总数"), "出庭数/应诉总数"),
        (fraction("A+B", "C"), "(A+B)/C"),
        (fraction("A", "B×C"), "A/(B×C)"),
        (fraction("A×B", "C"), "A×B/C"),
        (fraction(brackets("A+B"), "C"), "(A+B)/C"),  # has its own
        (fraction("A", fraction("B", "C")), "A/(B/C)"),
        (fraction("甲", "乙", '<m:type m:val="noBar"/>'), "甲 乙"),
        (brackets("A+B"), "(A+B)"),
        (brackets("a", "b", said=SQUARE), "[a,b]"),
        (brackets("a", said=BRACE), "{a"),
        (raised("sSup", "10", "4"), "10^4"),
        (raised("sSup", "10", "-2"), "10^-2"),
        (raised("sSup", "10", "n+1"), "10^(n+1)"),
        (raised("sSup", "m", "2"), "m^2"),
        (raised("sSup", brackets("a"), "2"), "(a)^2"),
        (raised("sSubSup", "x", "1", "2"), "x1^2"),
        (part("rad", "<m:deg/>", part("e", "x+1")), "√(x+1)"),
        (part("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>', part("sub", "i"), part("e", "x")), "∑ix"),
    ],
)  # fmt: skip
def test_a_formula_is_one_line(read, formula, line):
    document = read(para("率＝", f"<m:oMath>{formula}</m:oMath>"))

    assert lines_of(document) == [f"率＝{line}"]
    assert document.not_read == ()


def test_a_struck_formula_draws_nothing(read):
    struck = f'<w:del w:id="1" w:author="x"><m:oMath>{fraction("A+B", "C")}</m:oMath></w:del>'

    assert lines_of(read(para(struck, "甲"))) == ["甲"]


@pytest.mark.parametrize(
    ("before", "above", "line"),
    [
        ("植树10", "4", "植树10^4株"),
        ("植树10", "-3", "植树10^-3株"),
        ("植树10", "万", "植树10万株"),
        ("面积3平方米", "2", "面积3平方米2株"),
        ("m", "2", "m2株"),
    ],
)
def test_a_raised_number_goes_on_with_none_before_it(read, before, above, line):
    assert lines_of(read(para(before, run(above, RAISED), "株"))) == [line]


@pytest.mark.parametrize(
    "said", ['<w:vertAlign w:val="baseline"/>', '<w:vertAlign w:val="subscript"/>', ""]
)
def test_what_is_not_raised_goes_on(read, said):
    assert lines_of(read(para("10", run("4", said), run("a", RAISED)))) == ["104a"]
