"""A paper printed by typst says what its Word file says, no more and no less, whatever paper it is."""

import re
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from lxml import etree

from models.campaign.progress import Report, register
from models.database import open_session
from models.rules.words import Progress
from models.settings import moment_of
from tasks.papers import pdf
from tasks.papers.briefings.issuing import draft_briefing
from tasks.papers.briefings.sent import add_item
from tasks.papers.dispatching import DispatchOrder, write_dispatch
from tasks.papers.keeping import PaperOrder
from tasks.papers.typst_pdf import typeset
from tasks.papers.writing import (
    write_bulletin,
    write_problems,
    write_rectification,
    write_report,
    write_unit_checklist,
)
from tests.conftest import NOW, TODAY
from tests.support.papers import WRITTEN, W, everything, sourced_table, written_as_word

LATER = moment_of(NOW.replace(month=8, day=4))  # after the day of every work item, 2025-07-31
EARLIER = moment_of(NOW, TODAY)
UNIT = "市政府办公室"
PAPERS = {
    "report": write_report,
    "problems": write_problems,
    "rectification": write_rectification,
    "bulletin": write_bulletin,
    "briefing": lambda slug, order, moment: briefing_at(order, moment),
    "dispatch": lambda slug, order, moment: write_dispatch(
        slug, DispatchOrder(UNIT), order, moment
    ),
    "checklist": lambda slug, order, moment: write_unit_checklist(slug, UNIT, order, moment),
}


def briefing_at(order, moment):
    """Write a briefing of one article in place of any other paper."""
    path = order.out.with_suffix(".txt")
    path.write_text("某局推进执法规范化\n组织开展执法监督。", encoding="utf-8")
    add_item(None, path, (UNIT, "", "创建办"), moment)
    return draft_briefing(None, order.out, order.by_post, moment).written


PAGE_NUMBER = re.compile("— *[0-9]+ *—")
NOTES = "word/footnotes.xml"


def letters_of_word(content):
    """Return how often each letter stands in the text and the notes of a Word file, and the heads of its tables."""
    with ZipFile(BytesIO(content)) as package:
        names = [name for name in ("word/document.xml", NOTES) if name in package.namelist()]
        trees = [etree.fromstring(package.read(name)) for name in names]
    heads = [
        "".join(text.text for text in own.iter(f"{W}t"))
        for tree in trees
        for own in tree.iter(f"{W}tr")
        if own.find(f"{W}trPr/{W}tblHeader") is not None
    ]
    hyphen, texts = f"{W}noBreakHyphen", []
    for tree in trees:
        texts += ["-" if one.tag == hyphen else one.text for one in tree.iter(f"{W}t", hyphen)]
    return counted("".join(texts)), [counted(head) for head in heads], trees


def letters_of_pdf(content):
    """Return how often each letter stands in a PDF, but in the numbers of its pages, and how many pages it has."""
    with pypdfium2.PdfDocument(content) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return counted("".join(PAGE_NUMBER.sub("", text) for text in texts)), len(texts)


def counted(text):
    return Counter("".join(text.split()).replace("\u2011", "-"))


def note_numbers(trees):
    """Return the digits of the notes' numbers, which Word writes itself: in the text and before each note."""
    count = len(list(trees[0].iter(f"{W}footnoteReference")))
    return Counter("".join(str(n) for n in range(1, count + 1)) * 2)


def unlike(word, printed):
    """Return what letters are printed too rarely or too often; a table's head may be printed again on each page."""
    said, heads, trees = letters_of_word(word)
    found, pages = letters_of_pdf(printed)
    missing, more = said - found, found - (said + note_numbers(trees))
    again = Counter()
    for head in heads:
        for letter, often in head.items():
            again[letter] += often * (pages - 1)
    return missing, more - again


@pytest.mark.parametrize("red_head", [False, True])
@pytest.mark.parametrize("name", PAPERS)
def test_typst_says_what_the_word_file_says(
    campaign, campaign_id, tmp_path, monkeypatch, name, red_head
):
    with open_session() as session:
        note = "已制定方案 <并> 组织#实施$；共 3 件，占 12.5%。"
        said = Report("W5", Progress.STARTED, "联络员", unit=UNIT, note=note)
        register(session, campaign_id, said, moment=EARLIER)
    number = "金政发〔2025〕33号" if red_head else ""
    made = []
    for ending in ("docx", "pdf"):
        out = tmp_path / f"文书.{ending}"
        monkeypatch.setattr(pdf, "has_libreoffice", lambda: False)
        PAPERS[name]("jc", PaperOrder(out, red_head=red_head, number=number), LATER)
        made.append(out.read_bytes())

    assert unlike(*made) == (Counter(), Counter())


@pytest.mark.parametrize("draft", [everything(), sourced_table(17)])
def test_typst_says_what_the_word_file_says_of_every_part(draft):
    assert unlike(written_as_word(draft), typeset(draft, WRITTEN)[0]) == (Counter(), Counter())
