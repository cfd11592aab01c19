"""Numbers as they are written."""

import subprocess
import sys

import cn2an
import pytest

from models.plan.reading.text.numerals import BELOW_A_HUNDRED, read_integer, read_number
from tests.places import ROOT


@pytest.mark.parametrize("text", BELOW_A_HUNDRED)
def test_the_small_numbers_are_the_library_s_own(text):
    assert read_number(text) == cn2an.cn2an(text, "smart")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百零四", 104),
        ("一千二百", 1200),
        ("二〇二六", 2026),
        ("1,200", 1200),
        ("一十二", 12),
        ("十〇", None),
    ],
)
def test_larger_ones_and_odd_ones_are_the_library_s_to_read(text, value):
    assert read_integer(text) == value


def test_a_plan_with_small_numbers_alone_does_not_wait_for_the_library():
    asked = "import sys, models.plan.reading.compile; print('cn2an' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout == "False\n"
