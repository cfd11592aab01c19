"""Words that a .doc strikes are not taken for its text in silence."""

import pytest

from models.plan.reading.text.marks import UNCOUNTED
from tasks.documents.converted.pages import converted_pages
from tasks.documents.converted.pair import paired
from tasks.documents.converted.revisions import SHOWN
from tests.support.old_word import old_word
from tests.support.word_packages import para, paras, write_package

STRUCK = bytes.fromhex("00080163480100646800 08c127")
NOT_STRUCK = bytes.fromhex("00080063480100")
INSERTED = bytes.fromhex("0108010448010005680008c127")
GONE = '<w:del w:id="1" w:author="x"><w:r><w:delText>旧</w:delText></w:r></w:del>'


@pytest.mark.parametrize(
    ("said", "body", "doubts"),
    [
        (STRUCK, paras("旧新"), [(UNCOUNTED, SHOWN, 0, 0)]),
        (STRUCK, para(GONE, "新"), []),  # the file made of it says so too
        (NOT_STRUCK, paras("旧新"), []),
        (INSERTED, paras("旧新"), []),
        (b"", paras("旧新"), []),
    ],
)
def test_struck_words_that_stand_as_text_are_doubted(tmp_path, said, body, doubts):
    word = write_package(tmp_path / "made.docx", body).read_bytes()

    [(_, left)] = converted_pages(paired("doc", old_word("旧新\r") + said, word))

    assert [each for each in left if each[0] == UNCOUNTED] == doubts
