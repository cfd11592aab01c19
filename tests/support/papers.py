"""Drafts of papers to lay out, and what a Word file of ours says of itself."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

from models.papers.quoted import Missing, Quoted
from notifications.paper_blocks import Draft, Grid, Kind, Line, RedHead
from tasks.papers.word.document import word_file

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRITTEN = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
TITLE = "金昌市人民政府关于创建全国法治政府建设示范市自评情况的报告"


def lined(*lines: Line, head: RedHead | None = None) -> Draft:
    """Return a draft of these lines alone."""
    return Draft("标题", lines, red_head=head)


def everything() -> Draft:
    """Return a draft with every part that a paper can have but a picture."""
    number = Quoted("total", "104", "指标表，三级指标，共 104。")
    rows = tuple((("1.1.1",), ("某项指标",), (number,)) for _ in range(30))
    return Draft(
        TITLE,
        [
            Line(Kind.TITLE, (TITLE,)),
            Line(Kind.BLANK),
            Line(Kind.ADDRESSEE, ("省委依法治省办：",)),
            Line(Kind.HEADING_1, ("基本情况",), "一、"),
            Line(Kind.HEADING_2, ("总的情况",), "（一）"),
            Line(Kind.HEADING_3, ("指标",), "1."),
            Line(Kind.HEADING_4, ("数量",), "（1）"),
            Line(Kind.BODY, ("共有指标", number, "项。", Missing("会议情况", "由创建办提供"))),
            Line(Kind.CAPTION, ("表 1 指标",)),
            Grid(("编号", "指标", "得分"), rows, (2, 8, 2)),
            Line(Kind.ATTACHMENT, ("1. 问题清单",)),
            Line(Kind.SIGNED, ("金昌市全面依法治市委员会办公室",)),
            Line(Kind.SIGNED_ON, ("2025年7月1日",)),
        ],
        red_head=RedHead("金昌市人民政府文件", "金政发〔2025〕33号"),
    )


def sourced_table(lead: int, sources: int = 4, note: str = "来源第{}号的说明。") -> Draft:
    """Return a draft with ``lead`` paragraphs before a table of six rows with ``sources`` sources."""
    rows = tuple(((f"R{n}",), (Quoted(f"k{n}", "7", note.format(n % sources)),)) for n in range(6))
    text = [Line(Kind.BODY, ("正文",)) for _ in range(lead)]
    return Draft("t", [*text, Grid(("编号", "数"), rows, (1, 1))])


def written_as_word(draft: Draft) -> bytes:
    """Return ``draft`` as a Word file of one fixed moment."""
    return word_file(draft, WRITTEN, "创建办")


def part(content: bytes, name: str) -> etree._Element:
    """Return one part of a Word file, parsed."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def value(element: etree._Element, path: str, name: str = "val") -> str:
    """Return an attribute of what lies at ``path`` (w: for the namespace) under ``element``."""
    found = element.find(path, {"w": W[1:-1]})
    assert found is not None, path
    return str(found.get(W + name))
