"""Figures and self scores as a ledger says them: in a text that is kept, shown and read again."""

import re
from typing import NamedTuple

from models.rules.figures.decimals import exact, in_figures

FIGURE, SCORE = "指标数据", "自评分"  # the fields on which versions can disagree
NOTHING_SAID, TAKEN_BACK = "没有登记", "撤回"
_FIGURE = re.compile(
    r"(?P<above>[^/；]+)(/(?P<below>[^；]+))?；来源：(?P<source>.*)；材料：(?P<piece>E\d+|无)"
)
_NOTE = "；说明："


class FigureSaid(NamedTuple):
    """What a unit counted: numerator (None: nothing, or taken back), denominator, source, evidence by code."""

    above: float | None = None
    below: float | None = None
    source: str = ""
    piece: str = ""


NO_FIGURE_SAID = FigureSaid()


def figure_field(name: str, period: str) -> str:
    """Return the name of the field of a figure: 指标数据 1.1.2#1 2025."""
    return f"{FIGURE} {name} {period}".rstrip()


def figure_named(field: str) -> tuple[str, str] | None:
    """Return the demand and the period that `figure_field` named; None for another field."""
    word, _, place = field.partition(" ")
    name, _, period = place.partition(" ")
    return (name, period) if word == FIGURE else None


def figure_in_words(said: FigureSaid, nothing: str = NOTHING_SAID) -> str:
    """Return a figure in one text; ``nothing`` where there is none."""
    if said.above is None:
        return nothing
    below = "" if said.below is None else f"/{in_figures(exact(said.below))}"
    return (
        f"{in_figures(exact(said.above))}{below}；来源：{said.source}；材料：{said.piece or '无'}"
    )


def figure_of_words(text: str) -> FigureSaid:
    """Return the figure that `figure_in_words` put so; none where it said that there is none."""
    found = _FIGURE.fullmatch(text)
    if not found:
        return NO_FIGURE_SAID
    below = found["below"]
    piece = "" if found["piece"] == "无" else found["piece"]
    return FigureSaid(
        float(found["above"]), float(below) if below else None, found["source"], piece
    )


def score_in_words(
    shown: str | float | None, note: str | None = None, nothing: str = NOTHING_SAID
) -> str:
    """Return a self score in one text, with its note; ``nothing`` where there is none."""
    if shown in (None, ""):
        return nothing
    said = shown if isinstance(shown, str) else in_figures(exact(float(shown or 0)))
    return f"{said}{_NOTE}{note}" if note else said


def score_of_words(text: str) -> tuple[str, str | None]:
    """Return the score ("" for one taken back) and the note that `score_in_words` put so."""
    said, _, note = text.partition(_NOTE)
    return ("" if said in (TAKEN_BACK, NOTHING_SAID) else said), note or None
