"""Several prints lie in one row, each with its place; a row of before holds one, without a place."""

from hypothesis import given
from hypothesis import strategies as st

from models.evidence.prints.packing import (
    EACH,
    MOST_PRINTS,
    packed,
    place_in,
    print_number,
    print_row,
    unpacked,
)
from models.evidence.prints.pictures import PICTURE_BYTES

PRINTS = st.integers(0, 200).map(lambda n: bytes([n]) * PICTURE_BYTES)
PLACES = st.lists(st.sampled_from("第 张页图片片\n\r\t 12"), max_size=400).map("".join)


@given(st.lists(st.tuples(PLACES, PRINTS), max_size=20))
def test_what_is_packed_comes_out_again_each_print_once_and_at_most_fifteen(given_prints):
    found = unpacked(packed(given_prints))

    once = list(dict.fromkeys(print for _, print in given_prints))[:MOST_PRINTS]
    assert [print for _, print in found] == once
    if sum(len(place.encode()) + 1 for place, _ in given_prints) < PICTURE_BYTES:
        first = {print: " ".join(place.split()) for place, print in reversed(given_prints)}
        assert [place for place, _ in found] == [first[print] for print in once]


def test_one_print_without_a_place_is_packed_as_it_is():
    print = b"x" * PICTURE_BYTES

    assert packed([("", print)]) == print and unpacked(print) == [("", print)]
    assert packed([]) == b"" and unpacked(b"short") == []


@given(st.integers(1, 1 << 40), st.integers(0, EACH - 1))
def test_a_number_says_its_row_and_its_place(row, at):
    number = print_number(row, at)

    assert (print_row(number), place_in(number)) == (row, at)
