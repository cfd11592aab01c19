"""How long a paper may be by the rules for relieving the grass roots.

整治形式主义为基层减负若干规定 (2024): documents of policy at most 5,000 characters, those on special work or
a single task at most 4,000.
"""

from models.rules.figures.words import PaperKind

GENERAL, SPECIAL = 5_000, 4_000  # characters of the text; tables and notes are counted apart
# Papers on one task, or to one unit.
SPECIAL_KINDS = (
    PaperKind.DISPATCH,
    PaperKind.PROBLEMS,
    PaperKind.RECTIFICATION,
    PaperKind.CHECKLIST,
    PaperKind.VISIT,
    PaperKind.SCHEDULE,
)


def limit_of(kind: PaperKind) -> int:
    """Return how many characters the text of a paper of ``kind`` may have."""
    return SPECIAL if kind in SPECIAL_KINDS else GENERAL


def length_line(kind: PaperKind, text: int, whole: int) -> str:
    """Return how long a paper is against its limit, in words; ``whole`` counts its tables too."""
    limit = limit_of(kind)
    tables = f"，另有表格 {whole - text:,} 字" if whole > text else ""
    if text <= limit:
        return f"篇幅：正文 {text:,} 字{tables}；减负规定一般不超过 {limit:,} 字，没有超过"
    return (
        f"篇幅：正文 {text:,} 字{tables}；减负规定一般不超过 {limit:,} 字，超过 {text - limit:,} 字，"
        "请压缩，或把逐项情况改作附件"
    )
