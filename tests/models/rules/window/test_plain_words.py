"""What a page says names no command."""

import pytest

from models.rules.window.plain_words import without_commands


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("还没有录入；公布后请用 shifan holidays load 或界面上的表装入", "还没有录入"),
        ("已经结束，现有的见 shifan decision list", "已经结束"),
        ("没有这个单位（见 shifan units export）", "没有这个单位"),
        (
            "通道文件别人能读，没有用；请先运行 chmod 600 /a/channels.yaml",
            "通道文件别人能读，没有用",
        ),
        (
            "2027 年放假安排尚未录入，先按周一至周五计算",
            "2027 年放假安排尚未录入，先按周一至周五计算",
        ),
    ],
)
def test_a_clause_that_names_a_command_is_left_out(line, shown):
    assert without_commands(line) == shown
