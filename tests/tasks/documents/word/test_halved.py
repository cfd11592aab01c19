"""Words set in two half lines are read in their order, within the brackets that are drawn."""

import pytest

from tests.support.word_packages import para, run
from tests.tasks.documents.word.conftest import lines_of


def halved(text: str, brackets: str = "", key: str = "1") -> str:
    drawn = f'w:combineBrackets="{brackets}"' if brackets else ""
    return run(text, f'<w:eastAsianLayout w:id="{key}" w:combine="1" {drawn}/>')


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        ([halved("宣传部文明办")], "县委宣传部文明办文件"),
        ([halved("宣传部文明办", "round")], "县委（宣传部文明办）文件"),
        ([halved("宣传部", "square"), halved("文明办", "square")], "县委［宣传部文明办］文件"),
        ([halved("甲", "angle"), halved("乙", "curly", "2")], "县委〈甲〉｛乙｝文件"),
        ([halved("甲", "none")], "县委甲文件"),
    ],
)
def test_halved_words_stand_within_their_brackets(read, pieces, line):
    assert lines_of(read(para("县委", *pieces, "文件"))) == [line]
