"""The styles of a paper: text, title, four levels of headings, tables, captions, notes."""

from typing import Any

from docx.oxml.ns import qn

from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, fonts, made, type_size

NORMAL, TITLE, CAPTION, CELL, CELL_HEAD = "Normal", "PaperTitle", "PaperCaption", "PaperCell", "PaperCellHead"  # fmt: skip
BODY, ADDRESSEE, SIGNED, REMARK = "PaperBody", "PaperAddressee", "PaperSigned", "PaperRemark"
PAGE_NUMBER, FOOTNOTE, FOOTNOTE_MARK = "PaperPageNumber", "FootnoteText", "FootnoteReference"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")
MISSING = "PaperMissing"
SOURCES, SOURCE_MARK = "PaperSources", "PaperSourceMark"
EXACT = m.twips(m.LINE)
TWO_CHARACTERS = m.twips(2 * m.CHARACTER)


def _spacing(line: int, rule: str = "exact", before: int = 0, after: int = 0) -> Element:
    return made("spacing", before=before, after=after, line=line, lineRule=rule)


def _indent(**values: int) -> Element:
    return made("ind", **values)


def _centred() -> Element:
    return made("jc", val="center")


def _style(
    id_: str, name: str, about: tuple[Element, ...], run: tuple[Element, ...], based: str = NORMAL
) -> Element:
    """Return a paragraph style; ``about`` is what it says of the paragraph, ``run`` of its characters."""
    style = made("style", made("name", val=name), type="paragraph", styleId=id_)
    if based and id_ != NORMAL:
        style.append(made("basedOn", val=based))
    style.append(made("qFormat"))
    style.append(made("pPr", *about))
    style.append(made("rPr", *run))
    return style


def _heading(level: int, font: str) -> Element:
    about = (made("keepNext"), _indent(firstLine=TWO_CHARACTERS), made("outlineLvl", val=level - 1))
    run = (fonts(font, m.LATIN_FONT), made("b", val=0), made("color", val="000000"))
    return _style(HEADINGS[level - 1], f"heading {level}", about, run)


def _normal() -> Element:
    # Said though it is what Word does unasked: where it is not said, LibreOffice 7.4 lets a mark hang behind
    # the end of a justified line, where it neither shows nor prints it.
    hanging = made("overflowPunct", val=1)
    about = (made("widowControl", val=0), hanging, _spacing(EXACT), made("jc", val="both"))
    run = (fonts(m.BODY_FONT, m.LATIN_FONT), made("spacing", val=m.CLOSER), *type_size(m.TYPE))
    lang = made("lang", val="en-US", eastAsia="zh-CN")
    style = _style(NORMAL, "Normal", about, (*run, lang))
    style.set(qn("w:default"), "1")
    return style


def _plain(points: float) -> tuple[Element, ...]:
    """Return what smaller type says of itself: its own size, no characters drawn together."""
    return made("spacing", val=0), *type_size(points)


def paper_styles() -> list[Element]:
    """Return all styles, the default ones first; nothing of python-docx's own remains."""
    note = (made("vertAlign", val="superscript"),)
    return [
        _normal(),
        made("style", made("name", val="Default Paragraph Font"), type="character", default="1", styleId="DefaultParagraphFont"),
        _table_default(),
        _style(TITLE, "公文标题", (made("keepNext"), _centred()), (fonts(m.TITLE_FONT, m.LATIN_FONT), *type_size(m.TITLE))),
        _heading(1, m.HEAD_FONT),
        _heading(2, m.SECOND_FONT),
        _heading(3, m.BODY_FONT),
        _heading(4, m.BODY_FONT),
        _style(BODY, "公文正文", (_indent(firstLine=TWO_CHARACTERS),), ()),
        _style(ADDRESSEE, "主送机关", (), ()),
        _style(SIGNED, "落款", (made("jc", val="right"),), ()),
        _style(CAPTION, "图表题", (made("keepNext"), _centred()), (fonts(m.HEAD_FONT, m.LATIN_FONT), *_plain(14))),
        _style(CELL, "表格文字", (_spacing(m.twips(17)), made("jc", val="left")), _plain(m.TABLE)),
        _style(CELL_HEAD, "表头文字", (made("keepNext"), _spacing(m.twips(17)), _centred()), (fonts(m.HEAD_FONT, m.LATIN_FONT), *_plain(m.TABLE))),
        _style(REMARK, "附注", (_spacing(m.twips(20), "atLeast"), _indent(firstLine=m.twips(28))), _plain(14)),
        _style(PAGE_NUMBER, "页码", (_spacing(m.twips(m.PAGE_NUMBER_LINE)),), (fonts(m.NUMBER_FONT, m.NUMBER_FONT), *_plain(m.PAGE_NUMBER))),
        _style(FOOTNOTE, "footnote text", (_spacing(m.twips(12)), made("jc", val="left")), _plain(m.FOOTNOTE)),
        _style(SOURCES, "资料来源", (_spacing(m.twips(12)), made("jc", val="left")), _plain(m.FOOTNOTE)),
        made("style", made("name", val="来源编号"), made("rPr", *note), type="character", styleId=SOURCE_MARK),
        made("style", made("name", val="footnote reference"), made("rPr", *note), type="character", styleId=FOOTNOTE_MARK),
        made("style", made("name", val="待补"), made("rPr", made("shd", val="clear", color="auto", fill="FFFF00")), type="character", styleId=MISSING),
    ]  # fmt: skip


def _table_default() -> Element:
    about = made("tblPr", made("tblInd", w=0, type="dxa"))
    name = made("name", val="Normal Table")
    return made("style", name, about, type="table", default="1", styleId="TableNormal")


def put_styles(document: Any) -> None:
    """Give ``document`` our styles instead of those that python-docx brings."""
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    run = (
        fonts(m.BODY_FONT, m.LATIN_FONT),
        *type_size(m.TYPE),
        made("lang", val="en-US", eastAsia="zh-CN"),
    )
    defaults = made("rPrDefault", made("rPr", *run)), made("pPrDefault", made("pPr"))
    root.append(made("docDefaults", *defaults))
    root.extend(paper_styles())
