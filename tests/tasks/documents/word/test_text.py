"""What the paper shows of a paragraph, and what it does not, which is named."""

import pytest

from models.plan.reading.text.marks import UNREADABLE
from tasks.documents.pages import (
    COMMENT,
    CONTENTS,
    DRAWN,
    FIELD_CODE,
    FOOTER,
    HEADER,
    HIDDEN,
    NOTE_MARK,
    PLACEHOLDER,
    RUBY,
    SIGN,
    STRUCK,
    WATERMARK,
)
from tests.support.word_packages import control, field, para, paras, row, run, table
from tests.tasks.documents.word.conftest import lines_of, named

INSERTED, MOVED_HERE = '<w:ins w:id="1" w:author="x">', '<w:moveTo w:id="1" w:author="x">'
GONE = '<w:del w:id="1" w:author="x"/>'
VANISH = "<w:vanish/>"


def struck(text: str) -> str:
    return f'<w:del w:id="1" w:author="x"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["甲", "乙"], "甲乙"),
        ([f"{INSERTED}{run('甲')}</w:ins>", "乙"], "甲乙"),
        ([f"{MOVED_HERE}{run('甲')}</w:moveTo>", "乙"], "甲乙"),
        ([f"<w:hyperlink>{run('甲')}</w:hyperlink>", "乙"], "甲乙"),
        ([f"<w:smartTag><w:smartTagPr/>{run('甲')}</w:smartTag>", "乙"], "甲乙"),
        ([f'<w:fldSimple w:instr="DATE">{run("甲")}</w:fldSimple>', "乙"], "甲乙"),
        ([f'<w:dir w:val="ltr">{run("甲")}</w:dir><w:bdo w:val="ltr">{run("乙")}</w:bdo>'], "甲乙"),
        ([control(run("甲")), "乙"], "甲乙"),
        ([f"<w:customXml>{run('甲')}</w:customXml>", "乙"], "甲乙"),
        ([field(' DATE \\@ "yyyy" ', run("甲")), "乙"], "甲乙"),
        ([field("IF 1=1", field("DATE", run("甲"))), "乙"], "甲乙"),
        ([field('SET v "甲"', ""), field("REF v", run("甲")), "乙"], "甲乙"),
        (["甲", "<w:r><w:tab/></w:r>", "乙", "<w:r><w:ptab/></w:r>"], "甲\t乙\t"),
        (["A", "<w:r><w:noBreakHyphen/></w:r>", "1", "<w:r><w:softHyphen/></w:r>"], "A-1"),
        (["率", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "95%"], "率≥95%"),
        (['<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>', "甲"], "①甲"),
        (['<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>', "甲"], "①甲"),
        ([run("\uf0b3", '<w:rFonts w:ascii="Symbol"/>'), "95%"], "≥95%"),
        ([run("\uf06c", '<w:rFonts w:ascii="Wingdings"/>'), "加强"], "●加强"),
        ([run("甲\uf0b3乙", '<w:rFonts w:hAnsi="Symbol"/>')], "甲≥乙"),
        (['<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "甲"], "α甲"),
        (['<w:r><w:sym w:font="Symbol" w:char="61"/></w:r>', "甲"], "α甲"),
        (['<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "甲"], "☑甲"),
        (['<w:r><w:sym w:font="Wingdings" w:char="F020"/></w:r>', "甲"], "甲"),  # a blank
        (["加强\n  执法"], "加强   执法"),
        (["<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>", "甲"], "x+y甲"),
        (
            [
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,2)'
                '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
                "甲",
            ],
            "②甲",
        ),
        (["率", "<m:f><m:num><m:r><m:t>2</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"], "率2/3"),
        # A list to choose from in an old form holds its choice among its properties.
        (
            [
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
                '<w:listEntry w:val="县司法局"/><w:listEntry w:val="县财政局"/></w:ddList></w:ffData></w:fldChar></w:r>'
                '<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ],
            "县财政局",
        ),
        # Marks of a field without their like change nothing.
        (['<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "甲"], "甲"),
        (['<w:r><w:fldChar w:fldCharType="end"/></w:r>', "甲"], "甲"),
        (['<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>', "甲"], "甲"),
        ([run("甲", '<w:vanish w:val="0"/>'), run("乙", '<w:vanish w:val="false"/>')], "甲乙"),
        ([run("甲", "<w:webHidden/>"), "乙"], "甲乙"),
    ],
)  # fmt: skip
def test_the_words_of_a_paragraph_are_those_of_the_paper(read, pieces, text):
    document = read(para(*pieces))

    assert [line.text for line in document.lines] == [text]
    assert document.not_read == ()


@pytest.mark.parametrize(
    ("sign", "lines"),
    [("<w:br/>", ["甲", "乙"]), ('<w:br w:type="page"/>', ["甲", "乙"]), ("<w:cr/>", ["甲", "乙"])],
)
def test_a_break_ends_a_line(read, sign, lines):
    assert lines_of(read(para("甲", f"<w:r>{sign}</w:r>", "乙"))) == lines


MOVED = f'<w:moveFrom w:id="1" w:author="x">{run("丙丁")}</w:moveFrom>'
RUBY_WORD = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('丙丁')}</w:rt><w:rubyBase>{run('乙')}</w:rubyBase></w:ruby></w:r>"
CODE = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("pieces", "text", "why"),
    [
        (["甲", struck("丙丁"), "乙"], "甲乙", STRUCK),
        (["甲", MOVED, "乙"], "甲乙", STRUCK),
        (["甲", run("丙丁", VANISH), "乙"], "甲乙", HIDDEN),
        (["甲", run("丙丁", '<w:vanish w:val="on"/>'), "乙"], "甲乙", HIDDEN),
        (["甲", control(run("丙丁"), "<w:showingPlcHdr/>"), "乙"], "甲乙", PLACEHOLDER),
        (["甲", RUBY_WORD], "甲乙", RUBY),
        (["甲", field("TOC \\o", run("丙丁")), "乙"], "甲乙", CONTENTS),
        (
            ["甲", CODE.format("begin"), "丙丁", CODE.format("separate"), "乙", CODE.format("end")],
            "甲乙",
            FIELD_CODE,
        ),
        (["甲乙", "<w:r><w:drawing><a:p><a:r><a:t>丙丁</a:t></a:r></a:p></w:drawing></w:r>"], "甲乙", DRAWN),
    ],
)  # fmt: skip
def test_what_is_not_text_is_named(read, pieces, text, why):
    document = read(para(*pieces))

    assert lines_of(document) == [text]
    assert named(document) == [(why, "丙丁")]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="p"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="q"><w:name w:val="y"/><w:basedOn w:val="p"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="o"><w:name w:val="z"/><w:basedOn w:val="p"/>'
    '<w:rPr><w:vanish w:val="off"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="c"><w:name w:val="c"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
)
ALL_HIDDEN = f"<w:docDefaults><w:rPrDefault><w:rPr>{VANISH}</w:rPr></w:rPrDefault></w:docDefaults>"
CHARACTER = '<w:rStyle w:val="c"/>'


@pytest.mark.parametrize(
    ("style", "said", "default", "hidden"),
    [
        ("a", "", "", False),
        ("p", "", "", True),
        ("q", "", "", True),  # by the style it is based on
        ("o", "", "", False),
        ("a", CHARACTER, "", True),
        ("p", CHARACTER, "", False),  # one undoes the other
        ("p", '<w:vanish w:val="0"/>', "", False),
        ("a", "", ALL_HIDDEN, True),
        ("a", '<w:vanish w:val="0"/>', ALL_HIDDEN, False),
    ],
)
def test_a_style_may_hide_text(read, style, said, default, hidden):
    body = para(run("丙丁", said), said=f'<w:pStyle w:val="{style}"/>') + para(
        run("正文。", '<w:vanish w:val="0"/>')
    )

    document = read(body, parts={"styles.xml": default + STYLES})

    assert "".join(lines_of(document)) == ("正文。" if hidden else "丙丁正文。")
    assert named(document) == ([(HIDDEN, "丙丁")] if hidden else [])


@pytest.mark.parametrize(
    ("mark", "text", "lines"),
    [
        (f"<w:rPr>{GONE}</w:rPr>", "甲", ["甲乙", "丁"]),
        (f"<w:rPr>{GONE.replace('del', 'moveFrom')}</w:rPr>", "甲", ["甲乙", "丁"]),
        (f"<w:rPr>{VANISH}</w:rPr>", "甲", ["甲乙", "丁"]),
        ("<w:rPr><w:vanish w:val='0'/></w:rPr>", "甲", ["甲", "乙", "丁"]),
        (f"<w:rPr>{GONE}</w:rPr>", struck("丙"), ["乙", "丁"]),
    ],
)
def test_a_paragraph_whose_mark_is_gone_goes_on_in_the_next(read, mark, text, lines):
    assert lines_of(read(para(text, said=mark) + paras("乙", "丁"))) == lines


def test_a_great_first_letter_belongs_to_its_word(read):
    drop = '<w:framePr w:dropCap="drop" w:lines="2"/>'

    assert lines_of(read(para("为", said=drop) + paras("改善环境。"))) == ["为改善环境。"]


def test_fields_within_fields_without_end_cost_little(read):
    marks = "".join(CODE.format(kind) for kind in ["begin", "separate"])
    body = para(*[marks] * 20_000, "甲", *[CODE.format("end")] * 20_000)

    assert lines_of(read(body)) == ["甲"]


def test_a_struck_mark_before_a_table_joins_nothing(read):
    body = para("甲", said=f"<w:rPr>{GONE}</w:rPr>") + table(["乙", "丁"]) + paras("戊")

    assert lines_of(read(body)) == ["甲", "乙|丁", "戊"]


TOC_LINE = '<w:pStyle w:val="10"/>'
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
LISTED = paras("一、丙", "二、丁")


@pytest.mark.parametrize(
    "contents",
    [
        para("一、丙", said=TOC_LINE) + para("二、丁", said=TOC_LINE),
        control(LISTED, GALLERY),
        para(CODE.format("begin"), "<w:r><w:instrText>TOC \\h</w:instrText></w:r>", CODE.format("separate"), "一、丙")
        + para(field("PAGEREF _1", run("二、丁")))
        + para(CODE.format("end")),
        para(f'<w:hyperlink w:anchor="_Toc1">{run("一、丙")}</w:hyperlink>')
        + para(" ", f'<w:hyperlink w:anchor="_Toc2">{run("二、")}{run("丁")}</w:hyperlink>'),
        para(f'<w:fldSimple w:instr=" TOC \\o">{run("一、丙二、丁")}</w:fldSimple>'),
    ],
    ids=["by style", "by control", "by field", "by links", "by simple field"],
)  # fmt: skip
def test_a_generated_contents_list_is_named_as_one_piece(read, contents):
    document = read(paras("方案") + contents + paras("正文。"), parts={"styles.xml": STYLES})

    assert lines_of(document) == ["方案", "正文。"]
    assert named(document) == [(CONTENTS, "一、丙二、丁")]


@pytest.mark.parametrize(
    ("anchor", "before"), [("_Toc1", "见"), ("_Ref1", ""), ("附件", ""), ("_Toc1", "一、")]
)
def test_a_link_within_the_text_is_text(read, anchor, before):
    link = f'<w:hyperlink w:anchor="{anchor}">{run("总体要求")}</w:hyperlink>'

    assert lines_of(read(para(before, link))) == [f"{before}总体要求"]


def note(kind: str, number: str, *inner: str, said: str = "") -> str:
    return f'<w:{kind} w:id="{number}" {said}>{"".join(inner)}</w:{kind}>'


NOTES = (
    note("footnote", "0", para("线"), said='w:type="separator"').replace(run("线"), "<w:r><w:separator/></w:r>")
    + note("footnote", "2", para("<w:r><w:footnoteRef/></w:r>", "各县区：指甲县、乙县。"))
)  # fmt: skip
CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def test_a_note_is_a_line_behind_its_paragraph_with_its_mark(read):
    body = para("各县区", CALL, "负责落实。") + paras("正文。")

    document = read(body, parts={"footnotes.xml": NOTES})

    assert lines_of(document) == ["各县区负责落实。", "注1：各县区：指甲县、乙县。", "正文。"]
    assert document.not_read == ()


def test_a_note_of_a_cell_is_a_line_behind_the_table(read):
    body = table(["任务", "单位"], row("甲", f"<w:tc>{para('各县区', CALL)}</w:tc>")) + paras(
        "正文。"
    )

    assert lines_of(read(body, parts={"footnotes.xml": NOTES})) == [
        "任务|单位",
        "甲|各县区",
        "注1：各县区：指甲县、乙县。",
        "正文。",
    ]


def test_a_mark_of_its_own_stays_out_of_the_sentence(read):
    call = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'

    document = read(para("各县区", call, "负责。"), parts={"footnotes.xml": NOTES})

    assert lines_of(document)[0] == "各县区负责。"
    assert named(document) == [(NOTE_MARK, "*")]


def test_a_note_that_nothing_calls_is_read_at_the_end(read):
    assert lines_of(read(paras("正文。"), parts={"endnotes.xml": note("endnote", "5", paras("尾。"))})) == [
        "正文。",
        "尾注1：尾。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "lines", "left"),
    [
        (para("甲", f"<w:del>{CALL}</w:del>"), ["甲"], [(STRUCK, "各县区：指甲县、乙县。")]),
        (
            para("甲", f"<w:moveFrom>{CALL}</w:moveFrom>")
            + para("乙", f"<w:moveTo>{CALL}</w:moveTo>"),
            ["甲", "乙", "注1：各县区：指甲县、乙县。"],
            [],
        ),
        (
            para(f"<w:r><w:rPr>{VANISH}</w:rPr><w:footnoteReference w:id='2'/></w:r>", "甲"),
            ["甲"],
            [(HIDDEN, "各县区：指甲县、乙县。")],
        ),
    ],
)
def test_a_note_whose_mark_is_gone_is_gone(read, body, lines, left):
    document = read(body, parts={"footnotes.xml": NOTES})

    assert lines_of(document) == lines
    assert named(document) == left


def test_a_formula_where_a_paragraph_should_stand_is_read(read):
    formula = "<m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>"

    assert lines_of(read(formula + para("甲"))) == ["x=1", "甲"]


def test_of_two_notes_of_one_name_both_are_read(read):
    twice = NOTES + note("footnote", "2", para("各乡镇：指甲镇、乙镇。"))

    assert lines_of(read(para("各县区", CALL), parts={"footnotes.xml": twice})) == [
        "各县区",
        "注1：各县区：指甲县、乙县。",
        "注2：各乡镇：指甲镇、乙镇。",
    ]


def test_comments_heads_and_feet_are_named(read):
    art = '<w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
    body = para("甲", '<w:r><w:commentReference w:id="1"/></w:r>') + paras("乙")
    parts = {
        "comments.xml": note("comment", "1", paras("请核实")),
        "header.xml": para(art, "页上"),
        "footer.xml": paras("页下"),
        "footer2.xml": paras("页下"),
    }

    document = read(body, parts=parts)

    assert lines_of(document) == ["甲", "乙"]
    assert named(document) == [
        (COMMENT, "请核实"),
        (WATERMARK, "内部资料"),
        (HEADER, "页上"),
        (FOOTER, "页下"),
        (FOOTER, "页下"),
    ]
    assert document.not_read[0].line == 2


CHART = (
    '<c:x xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">{}'
    "<c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:x>"
)


@pytest.mark.parametrize(
    ("part", "inner", "words"),
    [
        ("chart", "<a:t>图题</a:t>", "图题"),
        (
            "chart",
            "<c:tx><c:strRef><c:strCache><c:pt><c:v>系列</c:v></c:pt></c:strCache></c:strRef></c:tx>",
            "系列",
        ),
        ("chart", "<c:tx><c:v>系列</c:v></c:tx>", "系列"),
        ("chart", "<c:cat><c:strLit><c:pt><c:v>类别</c:v></c:pt></c:strLit></c:cat>", "类别"),
        ("chartEx", "<c:strDim><c:lvl><c:pt>类别</c:pt></c:lvl></c:strDim>", "类别"),
        ("diagramData", "<a:t>流程</a:t>", "流程"),
    ],
)
def test_the_words_of_a_drawing_kept_apart_are_named(read, part, inner, words):
    document = read(paras("甲"), parts={f"{part}.xml": CHART.format(inner)})

    assert lines_of(document) == ["甲"]
    assert named(document) == [(DRAWN, words)]


def test_a_file_of_two_bodies_is_read_to_the_end_of_the_second(read):
    assert lines_of(read(f"{paras('甲')}</w:body><w:body>{paras('乙')}")) == ["甲", "乙"]


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (symbol("Webdings", "zz"), SIGN),
        (symbol("Webdings", ""), SIGN),
        (symbol("Wingdings", "F03F"), SIGN),
        (symbol("Wingdings 3", "F07D"), SIGN),
        (symbol("Webdings", "4A"), SIGN),
        (symbol("宋体", "D800"), SIGN),
        (symbol("宋体", "F0E5"), SIGN),
        (symbol("Symbol", "F0F0"), UNREADABLE),  # in a formula it matters
        (run("\uf0ff", '<w:rFonts w:hAnsi="Symbol"/>'), UNREADABLE),
        (run("\uf0ff", '<w:rFonts w:ascii="Wingdings"/>'), SIGN),
        (run("\uf0ff"), SIGN),
    ],
)
def test_a_sign_that_nobody_knows_is_named(read, piece, why):
    document = read(para(piece, "甲"))

    assert lines_of(document) == ["甲"]
    assert named(document) == [(why, "〓")]


def test_a_sign_that_is_struck_or_hidden_is_not_named(read):
    body = para(f'<w:del w:id="1" w:author="x">{symbol("Webdings", "F04A")}</w:del>', "甲")

    assert named(read(body)) == []


@pytest.mark.parametrize("code", ['SET v "甲"', ' ask v "问" '])
def test_the_result_that_a_field_keeps_for_others_is_named(read, code):
    document = read(para(field(code, run("甲")), "乙"))

    assert lines_of(document) == ["乙"]
    assert named(document) == [(FIELD_CODE, "甲")]
