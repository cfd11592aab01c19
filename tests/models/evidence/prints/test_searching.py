"""Likeness is the same either way round, 1 for the same; the index gives what the table holds."""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.evidence.prints.index import PrintIndex
from models.evidence.prints.pictures import PICTURE_BYTES
from models.evidence.prints.searching import PICTURES, SCHEMES, TEXTS
from models.evidence.prints.texts import same_sentences, text_print
from tests.tools.evidence_words import TEXT_CHANGES, Random, report

SIZES = {PICTURES.name: PICTURE_BYTES, TEXTS.name: 4500}
NUMBERS = st.integers(0, 10_000)


def print_of(scheme, number):
    """Return a print of noise; a text's says first how many grams there are."""
    dice = np.random.default_rng(number)
    noise = dice.integers(0, 256, SIZES[scheme.name], np.uint8).tobytes()
    return noise if scheme is PICTURES else (1500).to_bytes(4, "little") + noise[4:]


def rows(scheme, numbers, campaign=1):
    return scheme.part((n, campaign, print_of(scheme, n)) for n in numbers)


def same(one, other):
    return [
        [
            np.concatenate([getattr(part, name) for part in parts], axis=-1).tolist()
            for name in names
        ]
        for parts in (one, other)
        for names in [("ids", "campaigns", "columns")]
    ]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda one: one.check)
@settings(max_examples=15, deadline=None)
@given(one=NUMBERS, other=NUMBERS)
def test_likeness_is_the_same_either_way_round_and_one_for_the_same(scheme, one, other):
    mine, theirs = print_of(scheme, one), print_of(scheme, other)

    assert scheme.likeness(mine, mine) == 1
    assert 0 <= scheme.likeness(mine, theirs) == scheme.likeness(theirs, mine) <= 1


@settings(max_examples=15, deadline=None)
@given(template=NUMBERS, content=NUMBERS)
def test_a_text_is_like_its_copies_and_less_like_another_on_the_same_template(template, content):
    text = report(template, content)
    mine = text_print(text)
    copies = [change(text, Random(content)) for change in TEXT_CHANGES.values()]
    others = TEXTS.likeness(mine, text_print(report(template, content + 1)))

    assert mine == text_print(text) == text_print(text.replace("，", ", "))
    assert all(TEXTS.likeness(mine, text_print(copy)) > others - 0.05 for copy in copies[:1])
    assert all(TEXTS.likeness(mine, text_print(copy)) > 0.9 for copy in copies[1:])
    assert same_sentences(mine, text_print(copies[1])) > 30


@pytest.mark.parametrize("text", ["", "通知", "同意。" * 500, "\ud800" * 300, "a" * 100_000])
def test_a_text_too_short_or_without_words_has_no_print(text):
    assert text_print(text) == b""


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda one: one.check)
@pytest.mark.parametrize("steps", [(1,), (3, 1, 7), (31, 2), (32, 33, 1)])
def test_an_index_added_to_equals_one_made_anew(scheme, steps, tmp_path):
    scheme = replace(scheme, side=32)
    numbers = list(range(1, sum(steps) + 1))
    some = {n: print_of(scheme, n % 50) for n in numbers}
    parts, start = [], 0
    for step in steps:
        parts.append(scheme.part((n, n % 3, some[n]) for n in numbers[start : start + step]))
        start += step
    grown = PrintIndex.made(tmp_path / "grown", scheme, parts[:1])
    for part in parts[1:]:
        opened = PrintIndex.of(grown.path, scheme)
        opened.add(part)
    anew = PrintIndex.made(tmp_path / "anew", scheme, parts)

    found = PrintIndex.of(tmp_path / "grown", scheme)
    assert (found.count, found.last()) == (anew.count, anew.last())
    assert found.last()[0] == numbers[-1]
    one, other = same(found.parts(), anew.parts())
    assert one == other
    assert len(list(tmp_path.iterdir())) == 2
    asked = some[numbers[-1]]
    assert (
        numbers[-1] in scheme.candidates(found.parts(), numbers[-1] % 3, [asked])[0] or start > 50
    )


def test_a_search_keeps_to_its_campaign():
    parts = [rows(TEXTS, range(5), campaign=1), rows(TEXTS, range(5, 9), campaign=2)]

    assert TEXTS.candidates(parts, 1, [print_of(TEXTS, 3)]) == [[3]]
    assert TEXTS.candidates(parts, 2, [print_of(TEXTS, 3)]) == [[]]
    assert PICTURES.candidates([], 1, [print_of(PICTURES, 3)]) == [[]]


@pytest.mark.parametrize("broken", [b"", b"shifan", b"x" * 5000, None])
def test_what_is_no_whole_index_is_none(broken, tmp_path):
    path = tmp_path / "index"
    if broken is None:  # cut short
        PrintIndex.made(path, TEXTS, [rows(TEXTS, range(3))])
        os.truncate(path, 5000)
    else:
        path.write_bytes(broken)

    assert PrintIndex.of(path, TEXTS) is None
    assert PrintIndex.of(tmp_path / "gone", TEXTS) is None
    assert PrintIndex.of(PrintIndex.made(path, TEXTS, []).path, PICTURES) is None


def _add_until_killed(path: Path) -> None:
    index = PrintIndex.of(path, TEXTS)
    for number in range(10, 100_000):
        index.add(rows(TEXTS, [number]))


def test_killed_while_it_adds_it_holds_what_it_counted(tmp_path):
    path = PrintIndex.made(tmp_path / "index", TEXTS, [rows(TEXTS, range(10))]).path
    for _ in range(3):
        child = multiprocessing.get_context("fork").Process(target=_add_until_killed, args=(path,))
        child.start()
        while PrintIndex.of(path, TEXTS).count < 20:
            pass
        os.kill(child.pid, signal.SIGKILL)
        child.join()

        found = PrintIndex.of(path, TEXTS)
        part = found.parts()[0]
        for at, number in enumerate(part.ids.tolist()):
            assert part.columns[:, at].tobytes() == print_of(TEXTS, number)[: TEXTS.head]
        path = PrintIndex.made(path, TEXTS, [rows(TEXTS, range(10))]).path


def test_the_pictures_of_a_hand_in_are_searched_together_as_each_alone():
    index = Random(5)
    stored = [print_of(PICTURES, n) for n in range(300)]
    parts = [
        PICTURES.part((n, n % 2, stored[n]) for n in range(start, start + 100))
        for start in (0, 100, 200)
    ]
    asked = [stored[index.randrange(300)] for _ in range(9)] + [print_of(PICTURES, 999)]

    together = PICTURES.candidates(parts, 1, asked)

    assert together == [PICTURES.candidates(parts, 1, [print])[0] for print in asked]
    for print, near in zip(asked[:-1], together, strict=False):
        number = stored.index(print)
        assert (number in near) == (number % 2 == 1)
