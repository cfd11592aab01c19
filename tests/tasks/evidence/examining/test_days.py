"""Days at midnight: an instant is of the day it was in China, whatever zone a file names it in."""

import pytest

from tasks.evidence.examining.days import CHINA, ofd_day, pdf_day, written_day, xmp_day


def day(when):
    return when and when.astimezone(CHINA).date().isoformat()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("D:20250601235900+08'00'", "2025-06-01"),
        ("D:20250602000100+08'00'", "2025-06-02"),
        ("D:20250601155900Z", "2025-06-01"),
        ("D:20250601160000Z", "2025-06-02"),
        ("D:20250601235900", "2025-06-01"),  # no zone: of here
        ("D:20250601110000-05'00'", "2025-06-02"),
        ("D:20250230000000Z", None),
    ],
)
def test_a_pdf_names_the_day_it_was_in_china(text, found):
    assert day(pdf_day(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-06-01T15:59:59Z", "2025-06-01"),
        ("2025-06-01T16:00:00Z", "2025-06-02"),
        ("2025-06-01T23:59:00+08:00", "2025-06-01"),
        ("2025-06-02T00:01:00+08:00", "2025-06-02"),
        ("2025-06-01", "2025-06-01"),
        ("yesterday", None),
    ],
)
def test_an_office_file_names_the_day_it_was_in_china(text, found):
    assert day(written_day(text)) == found


def test_without_a_zone_an_office_file_speaks_of_utc_and_a_pdfs_own_words_of_here():
    assert day(written_day("2025-06-01T16:30:00")) == "2025-06-02"
    assert day(xmp_day(b"<xmp:CreateDate>2025-06-01T23:30:00</xmp:CreateDate>")) == "2025-06-01"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-06-01", "2025-06-01"),
        ("2025-06-01T23:59:00", "2025-06-01"),  # no zone: of here
        ("2025-06-01 23:59:00", "2025-06-01"),
        ("2025-06-02T00:01:00", "2025-06-02"),
        ("2025-06-01T16:00:00Z", "2025-06-02"),
        ("2025-06-01T15:59:00Z", "2025-06-01"),
        ("", None),
    ],
)
def test_an_ofd_names_the_day_it_was_in_china(text, found):
    assert day(ofd_day(text)) == found
