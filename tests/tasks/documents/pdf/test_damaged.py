"""A damaged file: every page that one of the two readers finds is read or named, and none twice."""

import random
import re

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.faults import DocumentError
from tasks.documents.pdf import pages as reader
from tasks.documents.pdf.pages import pdf_pages
from tests.support.letter_count import pdf_letters, plain
from tests.support.pdf_drawing import Pen, pdf

WORDS = [
    "芦汀县法治建设实施方案一、总体要求坚持依法行政",
    "二、重点任务规范执法程序，由市司法局牵头，九月底前完成",
    "三、保障措施各部门密切配合、按时报送进展，严格督查考核",
]


def draw(words):
    def page(pen: Pen) -> None:
        pen.write(70, 100, words)
        pen.write(70, 130, words[::-1])

    return page


FILE = pdf(*map(draw, WORDS))


def read(content):
    rows, left = [], []
    for page_rows, page_left in pdf_pages(content):
        rows += ["".join(cells) or text for text, cells, _ in page_rows]
        left += page_left
    return rows, left


def test_a_page_that_hangs_on_nothing_is_named_and_the_others_are_read():
    kids = re.search(rb"/Kids \[ (\d+ 0 R) (\d+ 0 R) (\d+ 0 R)", FILE)
    cut = FILE.replace(kids[0], kids[0].replace(kids[2], b"9" * (len(kids[2]) - 4) + b" 0 R"))

    rows, left = read(cut)

    assert [words for words in WORDS if words in rows] == [WORDS[0], WORDS[2]]
    assert any(why == MISSING and "页已损坏" in words for why, words, _, _ in left)


def test_pages_are_all_read_where_the_index_of_the_file_is_broken():
    start = FILE.rindex(b"startxref")

    rows, left = read(FILE[:start] + b"startxref\n99999999\n%%EOF")

    assert [row for row in rows if row in WORDS] == WORDS
    assert not [why for why, _, _, _ in left if why == MISSING]


def test_a_page_is_not_taken_for_the_next_one_whose_object_it_runs_into():
    long = [words * 12 for words in WORDS]
    file = pdf(
        *(
            lambda pen, w=w: pen.write(
                20, 60, "\n".join(w[at : at + 50] for at in range(0, 300, 50))
            )
            for w in long
        )
    )
    ends = [found.start() for found in re.finditer(rb"endstream\r?\nendobj", file)]
    assert len(ends) == 3
    broken = file[: ends[0]] + file[ends[0] :].replace(b"endobj", b"endo-j", 1)

    rows, left = read(broken)

    read_whole = [words for words in long if words[:250] in "".join(rows)]
    assert read_whole == long or [why for why, _, _, _ in left if why == MISSING]


def test_one_page_that_breaks_both_readers_is_named(monkeypatch):
    first = reader.page_of

    def page_of(file, number, above):
        if number == 1:
            raise ValueError("odd")
        return first(file, number, above)

    def again(content, only=None):
        raise DocumentError("已损坏，打不开")
        yield

    monkeypatch.setattr(reader, "page_of", page_of)
    monkeypatch.setattr(reader, "_again", again)

    rows, left = read(FILE)

    assert [row for row in rows if row in WORDS] == [WORDS[0], WORDS[2]]
    assert [words for why, words, _, _ in left if why == MISSING] == ["第 2 页已损坏，读不出"]


@pytest.mark.parametrize("seed", range(12))
def test_what_another_library_finds_in_a_file_with_a_piece_cut_out_is_read_or_named(seed):
    chance = random.Random(seed)
    for _ in range(10):
        start = chance.randrange(len(FILE))
        content = FILE[:start] + FILE[start + chance.choice([1, 100, 1000]) :]
        try:
            rows, left = read(content)
            held = plain(pdf_letters(content))
        except Exception:  # one that nobody can open
            continue
        lost = [words for words in WORDS if words in held and words not in "".join(rows)]
        assert not lost or [why for why, _, _, _ in left if why == MISSING]
        assert all(rows.count(words) <= max(held.count(words), 1) for words in WORDS)
