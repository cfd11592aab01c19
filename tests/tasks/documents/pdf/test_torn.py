"""Packed pages with bytes changed: such a page is read whole, or it is told that it may not be."""

import random
import re
import zlib
from collections import Counter

import pytest
from reportlab import rl_config

from models.plan.reading.text.marks import MISSING
from tasks.documents.checks import DocumentError
from tasks.documents.reading import read_document
from tests.support.pdf_drawing import Pen, pdf

LINES = [f"（{n}）各乡镇、街道第{n * 37 % 101}次报送进展情况，由市司法局、市公安局牵头" for n in range(30)]  # fmt: skip


def page(pen: Pen) -> None:
    for at, line in enumerate(LINES):
        pen.write(70, 60 + at * 22, line, 11)


def packed(monkeypatch, pages: int = 2) -> bytes:
    monkeypatch.setattr(rl_config, "pageCompression", 1)
    monkeypatch.setattr(rl_config, "useA85", 0)
    return pdf(*[page] * pages)


def streams(content: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(rb"(?<!end)stream\r?\n(.*?)(?:\r?\n)?endstream", content, re.DOTALL))


@pytest.mark.usefixtures("letters_may_be_lost")
@pytest.mark.parametrize("seed", range(60))
def test_no_letter_of_a_torn_page_is_lost_in_silence(tmp_path, monkeypatch, seed):
    chance = random.Random(seed)
    content = bytearray(packed(monkeypatch))
    first, *_ = streams(bytes(content))
    content[chance.randrange(first.start(1) + 60, first.end(1))] ^= chance.randrange(1, 256)
    path = tmp_path / "方案.pdf"
    path.write_bytes(content)

    try:
        document = read_document(path)
    except DocumentError:
        return  # refused: nothing is lost in silence

    whole_page = [line.text for line in document.lines if line.page == 1] == LINES
    assert whole_page or any(left.why == MISSING for left in document.not_read)
    whole = Counter("".join(LINES))
    second = Counter("".join(line.text for line in document.lines if line.page == 2))
    assert not whole - second  # the other page is as it was


def test_a_page_whose_packing_only_lacks_its_last_bytes_is_whole(tmp_path, monkeypatch):
    content = packed(monkeypatch, 1)
    [stream] = streams(content)
    assert zlib.decompress(stream[1])
    cut = stream[1][:-4] + b"    "
    path = tmp_path / "方案.pdf"
    short = content[: stream.start(1)] + cut[:-4] + content[stream.end(1) :]
    path.write_bytes(short.replace(b"/Length %d" % len(stream[1]), b"/Length %d" % (len(stream[1]) - 4)))  # fmt: skip

    document = read_document(path)

    assert [line.text for line in document.lines] == LINES
    assert not document.not_read
