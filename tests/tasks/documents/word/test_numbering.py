"""The automatic numbers of Word are those that its paper shows."""

import pytest
from lxml import etree

from tasks.documents.word.numbering import Numbering

WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHER = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def part(name, inner):
    return etree.fromstring(f"<w:{name} {WORDS} {OTHER}>{inner}</w:{name}>")


def level(at, kind, text, more="", start=1):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


PLAIN = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3．", '<w:suff w:val="nothing"/>')
)


def lists(levels=PLAIN, nums=None):
    """numbering.xml of one abstract list; ``nums``: the number of a list and what it overrides."""
    each = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="7"/>{inner}</w:num>'
        for key, inner in (nums or {1: ""}).items()
    )
    return part("numbering", f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{each}')


def numbered(at=0, num=1, text="事项", mark="", style=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    place = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    listed = "" if num is None else f'<w:numId w:val="{num}"/>'
    inner = text if text.startswith("<") or not text else f"<w:r><w:t>{text}</w:t></w:r>"
    numbers = f"<w:numPr>{place}{listed}</w:numPr>" if place or listed else ""
    return f"<w:p><w:pPr>{named}{numbers}<w:rPr>{mark}</w:rPr></w:pPr>{inner}</w:p>"


def shown(paragraphs, numbering=None, styles=""):
    """What is printed before each paragraph, in order."""
    root = lists() if numbering is None else numbering
    counting = Numbering(root, part("styles", styles) if styles else None)
    body = part("body", "".join(paragraphs))
    return [counting.number(paragraph) for paragraph in body.iter("{*}p")]


def test_levels_below_begin_again():
    levels = [0, 1, 1, 2, 0, 1, 2, 2]

    assert shown([numbered(at) for at in levels]) == [
        "一、", "（一）", "（二）", "1．", "二、", "（一）", "1．", "2．",
    ]  # fmt: skip


def test_a_file_without_lists_has_no_numbers():
    counting = Numbering(None, None)

    assert counting.number(part("body", numbered())[0]) == ""


@pytest.mark.parametrize(
    ("levels", "numbers"),
    [
        ([1, 0, 1], ["1.1 ", "2. ", "2.1 "]),  # the level passed over was there all the same
        ([0, 2, 1], ["1. ", "1.1.1 ", "1.2 "]),
        ([2, 2], ["1.1.1 ", "1.1.2 "]),
    ],
)
def test_a_level_that_is_passed_over_counts(levels, numbers):
    three = (
        level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3")
    )

    assert shown([numbered(at) for at in levels], lists(three)) == numbers


def test_a_list_that_starts_anew_does_so_once():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = lists(nums={1: "", 2: anew, 3: ""})
    order = [1, 1, 2, 2, 1, 3, 2]

    assert shown([numbered(0, num) for num in order], numbering) == [
        "一、", "二、", "一、", "二、", "三、", "四、", "五、",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        # once for the list, not once for each of its levels
        ([(0, 1), (1, 1), (1, 2), (0, 2)], ["一、", "（一）", "（五）", "二、"]),
        # a level that is passed over begins as the list of all says
        ([(1, 2), (1, 2)], ["（五）", "（六）"]),
        ([(1, 2), (0, 2)], ["（五）", "二、"]),
    ],
)
def test_a_list_that_starts_anew_at_several_levels_does_so_where_it_is_used_first(order, numbers):
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="5"/></w:lvlOverride>'
        for at in (0, 1)
    )

    assert shown([numbered(*each) for each in order], lists(nums={1: "", 2: anew})) == numbers


@pytest.mark.parametrize(
    ("start", "first"),
    [("5", "五、"), ("0", "〇、"), ("-3", "〇、"), ("x", "〇、"), ("99999999999", "三万")],
)
def test_a_list_starts_anew_with_the_number_it_says(start, first):
    anew = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'

    assert shown([numbered()], lists(nums={1: anew}))[0].startswith(first)


def test_a_list_that_starts_anew_below_does_so_behind_each_level_above():
    anew = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/></w:lvlOverride>'

    assert shown([numbered(at) for at in (0, 1, 1, 0, 1)], lists(nums={1: anew})) == [
        "一、", "（三）", "（四）", "二、", "（三）",
    ]  # fmt: skip


def test_a_list_may_write_a_level_its_own_way_and_count_on():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "第%1项")}</w:lvlOverride>'
    numbering = lists(nums={1: "", 2: own})

    assert shown([numbered(0, 1), numbered(0, 2), numbered(0, 1)], numbering) == [
        "一、", "第2项 ", "三、",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("restart", "last"),
    [
        ("", "（1）"),  # begins again behind any level above
        ('<w:lvlRestart w:val="0"/>', "（3）"),  # never
        ('<w:lvlRestart w:val="1"/>', "（3）"),  # only behind the first level
        ('<w:lvlRestart w:val="2"/>', "（1）"),
    ],
)
def test_a_level_begins_again_behind_the_level_it_names(restart, last):
    levels = PLAIN.replace(level(2, "decimal", "%3．", '<w:suff w:val="nothing"/>'), "")
    levels += level(2, "decimal", "（%3）", restart)

    assert shown([numbered(at) for at in (0, 1, 2, 2, 1, 2)], lists(levels))[-1] == last


def test_a_legal_level_writes_all_numbers_in_arabic_digits():
    levels = level(0, "chineseCountingThousand", "第%1章") + level(
        1, "chineseCounting", "%1.%2", "<w:isLgl/>"
    )

    assert shown([numbered(0), numbered(1), numbered(1)], lists(levels)) == [
        "第一章 ",
        "1.1 ",
        "1.2 ",
    ]


@pytest.mark.parametrize(
    ("text", "more", "number"),
    [
        ("%1、", "", "一、"),
        ("（%1）", "", "（一）"),
        ("第%1条", "", "第一条 "),  # a tab or blank keeps it apart from the text
        ("%1", "", "一 "),
        ("%1.", "", "一. "),  # "1." before "5万元" would be 1.5
        ("%1、", '<w:suff w:val="space"/>', "一、 "),
        ("第%1条", '<w:suff w:val="nothing"/>', "第一条"),
        ("", "", ""),
        ("附则", "", "附则 "),
        ("%1%4、", "", "一、"),  # a level that is not there
        ("100%", "", "100%"),
    ],
)
def test_a_number_stands_apart_from_the_text_as_the_list_says(text, more, number):
    assert shown([numbered()], lists(level(0, "chineseCounting", text, more))) == [number]


@pytest.mark.parametrize(
    ("mark", "first"), [("<w:vanish/>", ""), ('<w:vanish w:val="0"/>', "第一章 ")]
)
def test_a_level_with_hidden_numbers_is_counted_all_the_same(mark, first):
    levels = level(0, "chineseCounting", "第%1章", f"<w:rPr>{mark}</w:rPr>")
    levels += level(1, "decimal", "%1.%2", "<w:isLgl/>")

    assert shown([numbered(0), numbered(1)], lists(levels)) == [first, "1.1 "]


def test_bullets_are_no_numbers_but_their_level_counts():
    levels = level(0, "bullet", "●") + level(1, "decimal", "%2)")

    assert shown([numbered(at) for at in (1, 1, 0, 1)], lists(levels)) == ["1) ", "2) ", "", "1) "]


def test_a_format_of_leading_zeros_keeps_its_width():
    choice = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    levels = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{choice}<w:lvlText w:val="%1、"/></w:lvl>'

    assert shown([numbered(), numbered()], lists(levels)) == ["009、", "010、"]


def style(name, inner="", based_on="", kind="paragraph", more=""):
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}" {more}>{base}{inner}</w:style>'


def numbers_of(num=None, at=None):
    place = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    listed = "" if num is None else f'<w:numId w:val="{num}"/>'
    return f"<w:pPr><w:numPr>{place}{listed}</w:numPr></w:pPr>"


BY_STYLE = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="标题1"/>') + level(
    1, "chineseCounting", "（%2）", '<w:pStyle w:val="标题2"/>'
)


@pytest.mark.parametrize(
    "styles",
    [
        style("标题1", numbers_of(1)) + style("标题2", numbers_of(1)),  # the level names the style
        style("标题1", numbers_of(1)) + style("标题2", "", "标题1"),  # the list comes from below
        style("标题1", numbers_of(1)) + style("标题2", numbers_of(None, 1), "标题1"),
        style("标题1", numbers_of(1, 5))
        + style("标题2", numbers_of(1, 5)),  # what it says is not asked
    ],
)
def test_a_style_gives_the_level_that_names_it(styles):
    paragraphs = [numbered(None, None, style=name) for name in ("标题1", "标题2", "标题2", "标题1")]

    assert shown(paragraphs, lists(BY_STYLE), styles) == ["一、", "（一）", "（二）", "二、"]


def test_a_style_that_no_level_names_gives_the_level_it_says():
    styles = style("条", numbers_of(1, 1)) + style("条的条", "", "条")

    assert shown([numbered(None, None, style="条的条")], None, styles) == ["（一）"]


def test_a_paragraph_takes_the_number_of_its_style_away():
    styles = style("标题1", numbers_of(1))
    paragraphs = [numbered(None, 0, style="标题1"), numbered(None, None, style="标题1")]

    assert shown(paragraphs, None, styles) == ["", "一、"]


def test_the_usual_style_numbers_paragraphs_without_one():
    assert shown(
        [numbered(None, None)], None, style("正文", numbers_of(1), more='w:default="1"')
    ) == ["一、"]


def test_a_list_style_is_followed_to_its_list():
    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="列表"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="列表"/>{PLAIN}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>',
    )
    styles = style("列表", numbers_of(2), kind="numbering")

    assert shown([numbered(0, 1), numbered(0, 2)], numbering, styles) == ["一、", "二、"]


def test_styles_and_lists_that_point_in_circles_end():
    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="列表"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    circle = (
        style("甲", "", "乙")
        + style("乙", "", "甲")
        + style("列表", numbers_of(1), kind="numbering")
    )
    deep = "".join(style(f"s{at}", "", f"s{at + 1}") for at in range(5000))

    assert shown([numbered(None, None, style="甲"), numbered()], numbering, circle) == ["", ""]
    assert shown([numbered(None, None, style="s0")], None, deep) == [""]


STRUCK = '<w:del w:id="1"><w:r><w:delText>旧的</w:delText></w:r></w:del>'
MOVED = '<w:moveFrom w:id="1"><w:r><w:t>旧的</w:t></w:r></w:moveFrom>'
GONE = '<w:del w:id="2"/>'
OUT_OF_SIGHT = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗的</w:t></w:r>"


@pytest.mark.parametrize(
    ("paragraph", "number"),
    [
        (numbered(text=STRUCK, mark=GONE), ""),
        (numbered(text=MOVED, mark='<w:moveFrom w:id="2"/>'), ""),
        (numbered(text=OUT_OF_SIGHT, mark="<w:vanish/>"), ""),
        (numbered(text="", mark="<w:vanish/>"), ""),
        (numbered(text=OUT_OF_SIGHT, style="暗"), ""),
        ("<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + numbered() + "</w:tc></w:tr>", ""),
    ],
)
def test_a_paragraph_that_is_not_on_paper_takes_no_number(paragraph, number):
    styles = style("暗", "<w:rPr><w:vanish/></w:rPr>")

    assert shown([numbered(), paragraph, numbered()], None, styles) == ["一、", number, "二、"]


@pytest.mark.parametrize(
    ("paragraph", "number"),
    [
        (numbered(text=""), "二、"),  # an empty one is printed with its number
        (numbered(text=STRUCK + "<w:r><w:t>新的</w:t></w:r>"), "二、"),
        (
            numbered(
                text='<w:ins w:id="3"><w:r><w:t>新的</w:t></w:r></w:ins>', mark='<w:ins w:id="4"/>'
            ),
            "二、",
        ),
        (numbered(text=OUT_OF_SIGHT), "二、"),
        (numbered(mark="<w:vanish/>"), "二、"),  # a head that runs into the text behind it
        (numbered(mark='<w:vanish w:val="0"/>'), "二、"),
        (numbered(text=STRUCK), ""),  # counted, but there is nothing to number
    ],
)
def test_a_paragraph_that_is_on_paper_is_counted(paragraph, number):
    assert shown([numbered(), paragraph, numbered()]) == ["一、", number, "三、"]


@pytest.mark.parametrize(
    "place",
    [
        '<w:ilvl w:val="12"/>',
        '<w:ilvl w:val="-1"/><w:numId w:val="9"/>',
        '<w:ilvl w:val="二"/>',
        "",
    ],
)
def test_a_place_that_no_list_has_gives_no_number(place):
    paragraph = f"<w:p><w:pPr><w:numPr>{place}</w:numPr></w:pPr></w:p>"

    assert shown([paragraph]) == [""]


@pytest.mark.parametrize("at", [9, 10, 32_767])
def test_a_level_that_word_does_not_have_is_passed_over(at):
    override = f'<w:lvlOverride w:ilvl="{at}">{level(at, "decimal", "%1.")}</w:lvlOverride>'
    root = lists(nums={1: override})

    assert shown([numbered(0), numbered(at), numbered(0)], root) == ["一、", "", "二、"]
