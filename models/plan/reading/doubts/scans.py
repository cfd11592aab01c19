"""What a person looks at in a scan: every number, every box, and each line the machine was not sure of."""

import re
from collections.abc import Iterator, Sequence

from models.plan.doubt import Doubt
from models.plan.reading.text.document import Line
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

UNSURE_BELOW = 0.9  # of 1; a clean line has 0.95 and more
WRITTEN = "(?:{N}|半)(?:{数后}|{可疑量词}|{周期}|期|成|号|%|％|‰)"
BOXES = r"[□☐☑☒✓✔√■]|(?<![\u4e00-\u9fff])口(?![\u4e00-\u9fff]{0,1}(?:岸|头|径|号))"
ENDS = re.compile("(?<=[。；])")
WHOLE = "第{pages}页是扫描件，由文字识别读出；数字、方框和认不准的字逐句列为疑点，请对照原件核对"


def scan_doubts(passages: Sequence[Passage], lines: Sequence[Line]) -> list[Doubt]:
    """Return a doubt for each sentence or row of a scan with a number, a box or letters not sure; none without.

    They exceed what an ordinary document may ask of a clerk: a wrong number of a scan looks like a right one.
    """
    sure = {line.number: line.sure for line in lines if line.sure is not None}
    if not sure:
        return []
    pages = sorted({line.page or 1 for line in lines if line.sure is not None})
    doubts = [Doubt("plan", 0, WHOLE.format(pages=_in_words(pages)))]
    for passage in passages:
        for sentence, start in _sentences(passage):
            if why := _why(sentence, _least(passage, start, len(sentence), sure)):
                line, page = passage.place(start)
                doubts.append(Doubt("scan", 0, f"来自扫描件{_at(page)}：{why}", sentence, line))
    return doubts


def _sentences(passage: Passage) -> Iterator[tuple[str, int]]:
    if passage.cells:
        yield passage.text, 0
        return
    at = 0
    for sentence in ENDS.split(passage.text):
        if sentence:
            yield sentence, at
        at += len(sentence)


def _least(passage: Passage, start: int, length: int, sure: dict[int, float]) -> float | None:
    """Return how sure the least sure line of a sentence is; None where none of it is of a scan."""
    scores = []
    for (at, line, _), end in zip(
        passage.marks, [*(mark[0] for mark in passage.marks[1:]), len(passage.text)], strict=True
    ):
        if at < start + length and end > start and line in sure:
            scores.append(sure[line])
    return min(scores) if scores else None


def _why(sentence: str, score: float | None) -> str:
    if score is None:
        return ""
    whys = []
    if any(map(str.isdecimal, sentence)) or pattern(WRITTEN).search(sentence):
        whys.append("有数字")
    if pattern(BOXES).search(sentence):
        whys.append("有方框，是否打勾常认错")
    if score < UNSURE_BELOW:
        whys.append("有认不准的字或方框")
    return f"{'，'.join(whys)}，请对照原件核对" if whys else ""


def _at(page: int | None) -> str:
    return f"第 {page} 页" if page else ""


def _in_words(pages: Sequence[int]) -> str:
    """Return pages in words: 1至5、8."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(f"{a}至{b}" if a < b else f"{a}" for a, b in runs)
