"""What a question of the bank must be: its options, its answer, and what looks doubtful in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.calendar.days import half_width
from models.rules.surveys.words import Audience, QuestionKind

LETTERS = "ABCDEFGH"
FEWEST = 2  # options of a question with letters
RIGHT, WRONG = "对", "错"
_RIGHT = frozenset({"对", "√", "✓", "正确", "是", "T", "TRUE"})
_WRONG = frozenset({"错", "×", "✗", "X", "错误", "否", "F", "FALSE"})
_WIDE = str.maketrans("ＡＢＣＤＥＦＧＨ", LETTERS)
_BETWEEN = re.compile(r"[\s、,;.，；。/|]+")
_HEAD = re.compile("([A-H])[.、:)．：）]\\s*")
# An option that speaks of the others stays where it stands, and so do they.
_OF_OTHERS = re.compile("以上|上述|前述|前面|[A-H][、和与及或][A-H]|[A-H]{2,}")


@dataclass(frozen=True, slots=True)
class LawItem:
    """A question as the bank holds it; a judged one has no options, and 对 or 错 as its answer."""

    number: int
    kind: QuestionKind
    text: str
    options: tuple[str, ...]
    answer: str
    subject: str
    audience: Audience
    points: float = 0.0


def letters_in(written: str) -> str:
    """Return the letters of an answer in their order, each once: “B、a” is AB. ValueError for anything else."""
    plain = _BETWEEN.sub("", half_width(written).upper())
    if not set(plain) <= set(LETTERS):
        raise ValueError(written)
    return "".join(sorted(set(plain)))


def judge_answer(written: str) -> str:
    """Return 对 or 错 for the many ways to say so, empty for nothing. ValueError for anything else."""
    plain = _BETWEEN.sub("", half_width(written).upper())
    if not plain:
        return ""
    if plain in _RIGHT:
        return RIGHT
    if plain in _WRONG:
        return WRONG
    raise ValueError(written)


def options_in(written: str) -> tuple[str, ...]:
    """Return the options of a cell, one a line or each behind its letter (A.甲 B.乙); none of an empty one."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if len(lines) == 1:
        pieces = _HEAD.split(half_width_letters(lines[0]))
        if len(pieces) > 1 and not pieces[0].strip():
            return tuple(piece.strip() for piece in pieces[2::2])
    return tuple(_HEAD.sub("", half_width_letters(line), count=1).strip() for line in lines)


def half_width_letters(text: str) -> str:
    """Return ``text`` with the letters A to H in half width; everything else stays as it is."""
    return text.translate(_WIDE)


def item_faults(item: LawItem) -> list[tuple[str, str]]:
    """Return what is wrong with a question: the column, and the words."""
    faults = []
    if not item.text.strip():
        faults.append(("题目", "没有填写"))
    if item.kind is QuestionKind.JUDGE:
        if item.options:
            faults.append(("选项", "判断题没有选项，请空着"))
        if item.answer not in (RIGHT, WRONG):
            faults.append(("答案", "判断题的答案应为 对 或 错"))
        return faults
    faults += _option_faults(item.options)
    if not item.answer:
        return [*faults, ("答案", "没有填写")]
    outside = [one for one in item.answer if one not in LETTERS[: len(item.options)]]
    if outside:
        faults.append(
            ("答案", f"{'、'.join(outside)} 不在选项里，选项到 {last_letter(item.options)}")
        )
    if item.kind is QuestionKind.SINGLE and len(item.answer) > 1:
        faults.append(("答案", f"单选题只有一个答案，写的是 {item.answer}"))
    return faults


def last_letter(options: Sequence[str]) -> str:
    """Return the letter of the last option, “没有” where there is none."""
    return LETTERS[len(options) - 1] if options else "没有"


def _option_faults(options: Sequence[str]) -> list[tuple[str, str]]:
    if len(options) < FEWEST:
        return [("选项", f"至少要有 {FEWEST} 个选项，一行一个")]
    if len(options) > len(LETTERS):
        return [("选项", f"最多 {len(LETTERS)} 个选项，写了 {len(options)} 个")]
    if len({"".join(one.split()) for one in options}) < len(options):
        return [("选项", "有两个选项相同")]
    return [("选项", "有一个选项是空的")] if not all(options) else []


def item_doubt(item: LawItem) -> str:
    """Return what looks odd in a question that can be taken; empty when nothing does."""
    if item.kind is QuestionKind.MULTIPLE and len(item.answer) == 1:
        return f"多选题只有一个答案 {item.answer}，请核对是不是单选题"
    return ""


def may_be_shuffled(options: Sequence[str]) -> bool:
    """Say whether options may change places: none speaks of the others (以上都对、A和B)."""
    return not any(_OF_OTHERS.search(half_width_letters(one)) for one in options)


def same_question(text: str) -> str:
    """Return by what two questions are known to be the same: their text without blanks and marks."""
    return "".join(mark for mark in half_width(text) if mark.isalnum())
