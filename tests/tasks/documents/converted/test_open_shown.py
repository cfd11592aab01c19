"""An OpenDocument file is converted as its paper shows it: fields as they were, nothing that is hidden."""

import io
import time
import zipfile

import pytest

from tasks.documents.converted.open_document import open_pieces
from tasks.documents.converted.open_shown import as_on_paper
from tasks.documents.pages import HIDDEN
from tests.tasks.documents.converted.test_open_document import BODY, NAMES

GONE = 'text:is-hidden="true"'


def shown(body: str) -> str:
    content = BODY.format(names=NAMES, body=body, more="")
    made = as_on_paper(content.encode()).decode()
    return made.partition("<office:text>")[2].partition("</office:text>")[0]


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ('<text:date text:date-value="2020-01-02">2020年</text:date>', "<text:span>2020年</text:span>"),
        ('<text:text-input text:description="d">甲</text:text-input>', "<text:span>甲</text:span>"),
        ("<text:user-field-get>甲</text:user-field-get>", "<text:span>甲</text:span>"),
        ("<text:sender-firstname>甲</text:sender-firstname>", "<text:span>甲</text:span>"),
        ("<text:title/>", "<text:span/>"),
        ("<text:sequence>1</text:sequence>", "<text:span>1</text:span>"),
        ("<text:page-number>1</text:page-number>", None),
        ("<text:drop-down><text:label/>甲</text:drop-down>", None),
        ("<text:sequence-decl/><text:user-field-decl/><text:dated>甲</text:dated>", None),
        (f"甲<text:hidden-text {GONE}>乙</text:hidden-text>丙", "甲丙"),
        ('甲<text:hidden-text text:is-hidden="false">乙</text:hidden-text>', None),
        (f"<text:p>甲</text:p><text:p><text:hidden-paragraph {GONE}/>乙</text:p>", "<text:p>甲</text:p>"),
        (f"<text:h>乙<text:hidden-paragraph {GONE}/></text:h><text:p/><text:p>甲</text:p>", "<text:p/><text:p>甲</text:p>"),
        ('<text:p>甲<text:hidden-paragraph text:is-hidden="false"/></text:p>', None),
        ('<text:section text:display="none"><text:p>甲</text:p></text:section><text:p>乙</text:p>', "<text:p>乙</text:p>"),
        (f"<text:section {GONE}><text:section>甲</text:section></text:section>乙", "乙"),
        ("<text:section>甲<text:section text:display='none'>乙</text:section>丙</text:section>", "<text:section>甲丙</text:section>"),
        ('<text:section text:display="true">甲</text:section>', None),
        ('<text:section text:display="none">甲', None),  # without an end: the other reader says so
        ("</text:section></text:section>甲", None),
    ],
)  # fmt: skip
def test_fields_are_their_text_and_hidden_parts_are_gone(body, becomes):
    assert shown(body) == (body if becomes is None else becomes)


@pytest.mark.parametrize(
    "body",
    [
        f"<text:p><text:hidden-text {GONE}>暗</text:hidden-text></text:p>",
        f"<text:p>暗<text:hidden-paragraph {GONE}/></text:p>",
        '<text:section text:display="none"><text:p>暗</text:p></text:section>',
        f"<text:section {GONE}><text:section><text:p>暗</text:p></text:section></text:section>",
    ],
)
def test_what_is_gone_is_counted_as_hidden(body):
    content = BODY.format(names=NAMES, body=body, more="").encode()

    assert list(open_pieces(content)) == [(HIDDEN, "暗")]


def test_a_package_keeps_its_other_parts():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<text:p><text:time>8时</text:time></text:p>")
        archive.writestr("styles.xml", "<text:time/>")

    with zipfile.ZipFile(io.BytesIO(as_on_paper(made.getvalue()))) as archive:
        assert archive.namelist() == ["mimetype", "content.xml", "styles.xml"]
        assert (
            archive.read("content.xml") == b"<text:p><text:span>8\xe6\x97\xb6</text:span></text:p>"
        )
        assert archive.read("styles.xml") == b"<text:time/>"


def test_a_file_without_any_stays_as_it_is():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", "<text:p>甲</text:p>")

    assert as_on_paper(made.getvalue()) == made.getvalue()


@pytest.mark.parametrize(
    "piece",
    ["<text:date", "<text:date ", "<text:section ", f"<text:hidden-text {GONE}>", f"<text:p><text:hidden-paragraph {GONE}/>", "<text:section text:display='none'>"],
)  # fmt: skip
def test_a_long_one_takes_its_length_in_time(piece):
    content = (piece * 100_000).encode()
    start = time.process_time()

    as_on_paper(content)

    assert time.process_time() - start < 5
