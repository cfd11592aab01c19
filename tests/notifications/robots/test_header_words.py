"""Words in a header: every line and word within its octets, no character parted, nothing lost or added."""

import base64
import email
import email.policy
import random
import re
import unicodedata
from email.header import decode_header, make_header

import pytest

from notifications.robots.header_words import folded

ENCODED = re.compile(r"=\?utf-8\?b\?([^?]*)\?=")
LETTERS = [*'法治政府建设示范创建AB ab12:,；（）【重发】<>@"', "é", "e\u0301", "😀", "👨‍👩‍👧"]


def read(header: str) -> str:
    return str(
        email.message_from_string(f"{header}\r\n\r\n", policy=email.policy.default)["subject"]
    )


def octets(header: str) -> None:
    for line in header.split("\r\n"):
        assert len(line) <= 76
        assert all(len(word[0]) <= 75 for word in re.finditer(ENCODED, line))


@pytest.mark.parametrize(
    "words",
    [
        "法",
        "市司法局 1 项任务今天到期",
        "【重发】" + "法治政府建设示范创建" * 12,
        "W5 " + "加大简政放权力度，" * 9 + "due 2026-11-30",
        "plain words",
        "plain words " * 12 + "end",
        "=?utf-8?b?x?= as typed",
        "x" * 300,
    ],
)
def test_words_come_back_as_they_were(words):
    header = folded("Subject", words)

    octets(header)
    assert read(header) == words


def test_no_character_is_parted_from_its_accents_and_joiners():
    chance = random.Random(20261127)
    for _ in range(500):
        words = " ".join("".join(chance.choices(LETTERS, k=chance.randrange(1, 90))).split())
        header = folded("Subject", words)
        octets(header)
        pieces = [base64.b64decode(piece).decode() for piece in ENCODED.findall(header)]
        assert "".join(pieces) == words or (not pieces and read(header) == words)
        assert not any(unicodedata.combining(piece[0]) for piece in pieces)
        assert not any(piece.startswith("\u200d") or piece.endswith("\u200d") for piece in pieces)


def test_a_long_name_stands_before_its_address():
    header = folded(
        "From", "某某市全面依法治市委员会办公室法治政府建设示范创建专班", "<office@example.cn>"
    )

    octets(header)
    raw = email.message_from_string(header)[
        "from"
    ]  # the standard library's newer reader adds a blank
    assert str(make_header(decode_header(raw))).split(" <") == [
        "某某市全面依法治市委员会办公室法治政府建设示范创建专班",
        "office@example.cn>",
    ]


def test_a_name_with_marks_needs_no_quotes():
    header = folded("From", 'Office, "the" one', "<office@example.cn>")

    [found] = email.message_from_string(header, policy=email.policy.default)["from"].addresses
    assert found.display_name == 'Office, "the" one'
