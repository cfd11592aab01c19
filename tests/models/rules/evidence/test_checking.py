"""What is found wrong with a file by itself, at the bounds of each rule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.evidence.checking import LATE, LATE_SCAN, findings_of
from models.rules.evidence.examined import Examined, Hindrance
from models.rules.evidence.findings import CHECKS
from models.rules.evidence.personal_kinds import PersonalKind

FACT = date(2025, 6, 1)
OPEN = (None, None)
WORD = Examined("总结.docx", "docx")


def checks(examined, fact_on=FACT, period=OPEN, to_publish=False):
    found = findings_of(examined, fact_on, period, to_publish)
    assert all(one.check in CHECKS and len(one.detail) > 10 for one in found)
    return [one.check for one in found]


@pytest.mark.parametrize(
    ("media", "scan", "days", "found"),
    [
        ("docx", False, LATE["docx"], []),
        ("docx", False, LATE["docx"] + 1, ["made-later"]),
        ("pdf", False, LATE["pdf"] + 1, ["made-later"]),
        ("pdf", True, LATE["pdf"] + 1, []),  # scanned when somebody asked for it
        ("pdf", True, LATE_SCAN + 1, ["made-later"]),
        ("png", False, LATE["png"], []),  # a paper may be scanned long after
        ("png", False, LATE["png"] + 1, ["made-later"]),
        ("txt", False, 999, []),  # no property of its own says when
        ("docx", False, -400, []),  # a form made long before
    ],
)
def test_a_file_made_long_after_the_fact_is_marked(media, scan, days, found):
    seen = Examined("a." + media, media, made_on=FACT + timedelta(days), scan=scan)

    assert checks(seen) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [(0, []), (1, []), (2, ["made-later"]), (-3, []), (-4, ["other-day"])],
)
def test_a_photograph_of_another_day_is_marked(days, found):
    assert checks(Examined("a.jpg", "jpg", taken_on=FACT + timedelta(days))) == found


@pytest.mark.parametrize(
    ("fact_on", "found"),
    [
        (date(2024, 12, 31), ["outside-period"]),
        (date(2025, 1, 1), []),
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), ["outside-period"]),
        (None, []),
    ],
)
def test_a_fact_outside_the_period_is_marked(fact_on, found):
    assert checks(WORD, fact_on, (date(2025, 1, 1), date(2025, 12, 31))) == found


def test_a_photographs_day_stands_in_where_no_day_was_given():
    seen = Examined("a.jpg", "jpg", taken_on=date(2024, 5, 1))

    assert checks(seen, None, (date(2025, 1, 1), None)) == ["outside-period"]


@pytest.mark.parametrize("fault", [one for one in Hindrance if one])
def test_what_could_not_be_seen_is_said(fault):
    [found] = findings_of(replace(WORD, fault=fault, fault_words="打不开"), FACT, OPEN, False)

    assert (found.check, found.detail) == (fault.value, "“总结.docx”打不开")


def test_personal_numbers_matter_in_what_is_published():
    seen = replace(WORD, personal=((PersonalKind.MOBILE, "138****5678"),) * 7)

    assert checks(seen) == []
    [found] = findings_of(seen, FACT, OPEN, True)
    assert "手机号 138****5678" in found.detail and "等 7 个" in found.detail


def test_a_wrong_ending_is_named_with_the_right_one():
    [found] = findings_of(Examined("a.doc", "pdf", suffix_fits=False), None, OPEN, False)

    assert "叫 .doc，内容却是 .pdf 文件" in found.detail
