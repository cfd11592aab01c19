"""Forms in Word: what a content control or an old list shows is read, what it only offers is not."""

import pytest

from tasks.evidence.examining.examine import examine
from tests.support.word_packages import para
from tests.tasks.evidence.examining.test_marks_placed import MARK, PAGE, word


def held(body: str, control: str = "") -> str:
    """Return what a content control holds (w:sdt), with the properties of its kind."""
    return f"<w:sdt><w:sdtPr>{control}</w:sdtPr><w:sdtContent>{body}</w:sdtContent></w:sdt>"


def run_of(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def old_list(*entries: str, chosen: int | None = None) -> str:
    """Return an old list to choose from, which shows one of its entries and has no text."""
    result = "" if chosen is None else f'<w:result w:val="{chosen}"/>'
    said = "".join(f'<w:listEntry w:val="{one}"/>' for one in entries)
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{result}{said}</w:ddList></w:ffData></w:fldChar>'
    code = "<w:instrText> FORMDROPDOWN </w:instrText>"
    end = '<w:fldChar w:fldCharType="end"/>'
    return "".join(f"<w:r>{one}</w:r>" for one in (begin, code, end))


OFFERED = f'<w:dropDownList><w:listItem w:displayText="{MARK}" w:value="1"/></w:dropDownList>'


@pytest.mark.parametrize(
    "body",
    [
        held(para(MARK)),
        f"<w:p>{held(run_of(MARK), OFFERED)}</w:p>",
        f"<w:p>{held(run_of('机密'))}{run_of('★')}{held(run_of('1年'))}</w:p>",
        f"<w:p>{old_list('普通', MARK, chosen=1)}</w:p>",
        f"<w:p>{old_list(MARK, '普通')}</w:p>",  # nothing chosen: it shows the first
        f"<w:p>{old_list('普通', MARK, chosen=0)}{old_list('普通', MARK, chosen=1)}</w:p>",
    ],
)
def test_a_mark_that_a_form_shows_is_a_mark(body):
    [seen] = examine([("a.docx", word(body + PAGE))], read_scans=False)

    assert MARK in seen.secret
    assert MARK in seen.text


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{run_of('密级：')}{held(run_of('选择一项。'), OFFERED)}</w:p>",
        f"<w:p>{run_of('密级：')}{old_list('普通', MARK, chosen=0)}</w:p>",
        f"<w:p>{run_of('密级：')}{old_list('普通', MARK, chosen=7)}</w:p>",  # there is no eighth
    ],
)
def test_a_mark_that_a_form_only_offers_is_none(body):
    [seen] = examine([("a.docx", word(body + PAGE))], read_scans=False)

    assert (seen.fault_words, seen.secret) == ("", "")


def test_numbers_that_a_form_shows_are_found_and_its_boxes_read():
    body = (
        f"<w:p>{held(run_of('13812345678'))}{run_of('、')}{old_list('无', '13912345678', chosen=1)}</w:p>"
        f"<w:p>{held(run_of('☒'))}{run_of('已培训')}</w:p>"
    )
    [seen] = examine([("a.docx", word(body))], read_scans=False)

    assert [one[1] for one in seen.personal] == ["138****5678", "139****5678"]
    assert "☒已培训" in seen.text
