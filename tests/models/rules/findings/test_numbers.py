"""The numbers of dispatches, and how a file's name is read."""

import pytest

from models.rules.findings.numbers import (
    form_fault,
    names_a_dispatch,
    number_in_words,
    number_named,
)

OWN = "金创办督〔{year}〕第{number}号"


@pytest.mark.parametrize(
    ("name", "form", "found"),
    [
        ("督办〔2026〕3号.pdf", "", (2026, 3)),
        ("督办2026-3.pdf", "", (2026, 3)),
        ("督办（2026）003号 回件.pdf", "", (2026, 3)),
        ("市司法局 督办〔2026〕12号（盖章）.pdf", "", (2026, 12)),
        ("扫描0003.pdf", "", None),
        ("通报〔2026〕3号.pdf", "", None),  # another kind of paper
        ("金创办督〔2026〕第7号.pdf", OWN, (2026, 7)),
        ("督办〔2026〕7号.pdf", OWN, None),  # not our form
    ],
)
def test_a_number_is_read_from_a_name(name, form, found):
    assert number_named(name, form) == found


def test_what_is_written_is_read_again():
    for number in (1, 10, 123):
        assert number_named(number_in_words(OWN, 2026, number), OWN) == (2026, number)


@pytest.mark.parametrize(
    "form", ["督办{number}号", "{number}-{year}", "长" * 41, "{year}{year}{number}"]
)
def test_a_form_without_its_parts_is_refused(form):
    assert form_fault(form)
    assert not form_fault(OWN)


def test_a_name_looks_like_a_dispatch_or_not():
    assert names_a_dispatch("督办〔2026〕3号.jpg")
    assert names_a_dispatch("金创办督2026-3.jpg")
    assert not names_a_dispatch("现场照片2026-3.jpg")
