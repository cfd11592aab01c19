"""The office's ladder file: right, or every fault with its line."""

import os

import pytest

from models.errors import PlanError
from tasks.office.ladder import office_ladder


@pytest.fixture
def ladder(tmp_path, monkeypatch):
    """Return what reads a ladder of these bytes."""
    path = tmp_path / "ladder.yaml"
    monkeypatch.setenv("SHIFAN_LADDER", str(path))

    def read(content: bytes):
        path.write_bytes(content)
        return office_ladder()

    return read


def test_a_file_from_notepad_is_read(ladder):
    assert ladder(b"\xef\xbb\xbfacknowledge_within: 4\r\n").acknowledge_within == 4


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a: &x 1\nduty: *x\n", "第 2 行：用 \\* "),
        (b"acknowledge_within: 2025-02-30\n", "第 1 行：不是日历上的日期"),
        ("duty: 组长\nduty: 联络员\n".encode(), "第 2 行：同一个名称"),
        (b"rungs: [\n", "不是正确的 YAML"),
        ("duty: 组长\n".encode("gb18030"), "UTF-8"),
        (b"#" + b" " * 1_000_000, "过大"),
    ],
)
def test_a_bad_file_gets_a_clear_line(ladder, content, says):
    with pytest.raises(PlanError, match=says):
        ladder(content)


def test_what_is_no_file_gets_a_clear_line(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    for path, says in (
        (tmp_path, "不是文件"),
        (tmp_path / "pipe", "不是文件"),
        (tmp_path / "no", "不存在"),
    ):
        monkeypatch.setenv("SHIFAN_LADDER", str(path))
        with pytest.raises(PlanError, match=says):
            office_ladder()
