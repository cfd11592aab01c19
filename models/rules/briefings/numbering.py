"""Numbers of issues: one after another without gaps, whatever was withdrawn; by the year or running."""

from collections.abc import Sequence
from dataclasses import dataclass

RUNNING = 0  # the series of an office that counts through; otherwise the series is the year


@dataclass(frozen=True, slots=True)
class Numbering:
    """How an office counts its issues, and with which number its first one here begins."""

    yearly: bool = False
    starts_at: int = 1


def series_in(year: int, numbering: Numbering) -> int:
    """Return the series that an issue of ``year`` belongs to."""
    return year if numbering.yearly else RUNNING


def next_issue(taken: Sequence[int], numbering: Numbering, *, first_ever: bool) -> int:
    """Return the number behind all that are ``taken`` in a series, withdrawn ones too.

    An office that issued eighteen on paper begins here with 19; that counts once, for the first series.
    """
    if taken:
        return max(taken) + 1
    return numbering.starts_at if first_ever else 1


def issue_in_words(series: int, number: int) -> str:
    """Return what an issue is called: 第 7 期, or 2026 年第 7 期 where the office counts by the year."""
    year = "" if series == RUNNING else f"{series} 年"
    return f"{year}第 {number} 期"


def numbering_fault(old: Numbering, new: Numbering, series: Sequence[int], year: int) -> str:
    """Return why an office may not count otherwise from now on; empty where it may.

    ``series`` are those in which numbers were given. Nothing that is out may come to bear a number twice,
    nor a year begin in its middle.
    """
    if not series or old == new:
        return ""
    if old.starts_at != new.starts_at:
        return "已经出过简报，起始期号不能再改"
    if old.yearly:
        return "已经按年编过号，不能改成连续编号（期号会重复）"
    if year in series or RUNNING in series:
        return "已经连续编过号，不能改成按年编号（同一期号会出现两次）"
    return ""
