"""A file of heads that was kept elsewhere and brought back, whatever it has become."""

import json
import os

import pytest

from models.errors import NotFoundError
from tasks.audit import head_facts, todays_head, verify
from tests.conftest import NOW, TODAY


@pytest.fixture
def facts(campaign):
    return head_facts(todays_head(NOW, TODAY))


def test_a_head_that_was_kept_is_read_alone_or_in_a_list(facts, tmp_path):
    (tmp_path / "one").write_text(json.dumps({"head": facts}, indent=1), encoding="utf-8-sig")
    (tmp_path / "many").write_text(json.dumps(facts) + "\n" + json.dumps(facts) + "\n")

    for name in ("one", "many"):
        assert verify(tmp_path / name).broken is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "10000-01-01"),
        ("at", "x"),
        ("entries", -1),
        ("entries", 2**63),
        ("entries", float("inf")),
        ("last_id", "²"),
        ("hash", "\ud83d" + "0" * 63),
        ("signature", "长" * 64),
        ("signature", None),
    ],
)
def test_a_head_that_was_tampered_with_is_told_in_one_line(facts, tmp_path, name, value):
    (tmp_path / "heads").write_text(json.dumps(facts | {name: value}))

    with pytest.raises(NotFoundError, match="没有可以读的链头"):
        verify(tmp_path / "heads")


def test_what_is_no_file_of_heads_is_told_in_one_line(facts, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "deep").write_text("[" * 3000)
    (tmp_path / "latin").write_bytes(b"\xff\xfe\xfd")

    for name, says in (
        ("pipe", "不是文件"),
        (".", "不是文件"),
        ("none", "找不到"),
        ("deep", "没有可以读的链头"),
        ("latin", "没有可以读的链头"),
    ):
        with pytest.raises(NotFoundError, match=says):
            verify(tmp_path / name)
