"""`shifan status` and `shifan notices why` on a narrow terminal."""

import pytest
from rich.cells import cell_len

from deployments.cli import run

WORDS = (["status", "--today", "2025-07-21"], ["notices", "why", "W5", "--on", "2025-07-21"])


@pytest.mark.parametrize("words", WORDS)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(
    campaign, capsys, monkeypatch, words
):
    told = []
    for width in (400, 80, 60):
        monkeypatch.setenv("COLUMNS", str(width))
        assert run(words) == 0
        lines = capsys.readouterr().out.splitlines()
        assert max(cell_len(line) for line in lines) <= width
        told.append("".join(letter for line in lines for letter in line if letter.isalnum()))

    assert [sorted(each) for each in told[1:]] == [sorted(told[0])] * 2
