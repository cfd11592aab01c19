"""Points that an office wrote inside a text instead of the column: found, and only ever asked about.

Tables of offices have points in heads (领导班子建设（15分）), in items (1)…（1.5分）2)…（3分）), as part points
in the method (齐全（0.5分）) and as a share on the first level (占总分值的15%). What is taken off
(每起扣2分) is no worth.
"""

import re
from decimal import Decimal

from models.rules.calendar.days import half_width
from models.rules.figures.decimals import in_figures

_POINTS = re.compile(
    r"\((?:共|满分|计)?([0-9]{1,4}(?:\.[0-9]{1,2})?)分\)|\[([0-9]{1,4}(?:\.[0-9]{1,2})?)分\]"
)
_SHARE = re.compile(r"占总分(?:值)?的?([0-9]{1,3}(?:\.[0-9]{1,2})?)%")
_FLOOR = re.compile("扣完为止|不计负分|不得负分|最低[得为]?0分")
LONGEST_LOOKED_AT = 30_000  # characters


def points_in(text: str) -> list[Decimal]:
    """Return the points that stand in brackets in ``text``, in their order."""
    looked = _plain_text(text)
    return [Decimal(one[0] or one[1]) for one in _POINTS.findall(looked)]


def share_in(text: str) -> Decimal | None:
    """Return the share of the total that ``text`` names, in per cent; None where it names none."""
    found = _SHARE.search(_plain_text(text))
    return Decimal(found[1]) if found else None


def ends_at_nothing(text: str) -> bool:
    """Say whether a method says that deductions end when nothing is left (扣完为止，不计负分)."""
    return bool(_FLOOR.search(_plain_text(text)))


def _plain_text(text: str) -> str:
    said = half_width("".join(text[:LONGEST_LOOKED_AT].split()))
    return said.translate(str.maketrans("（）【】［］", "()[][]"))


def floor_doubt(method: str, floor: Decimal) -> str:
    """Return what to ask about a floor that the method contradicts; "" for nothing."""
    if floor and ends_at_nothing(method):
        return f"评分办法写的是扣完为止，“最低分”列却是 {in_figures(floor)}，请核对"
    return ""


def points_doubt(title: str, method: str, points: Decimal | None, total: Decimal) -> str:
    """Return what to ask about points written in the texts of an indicator worth ``points``; "" for nothing."""
    share = share_in(title)
    offers = [(title, points_in(title)), (method, points_in(method))]
    if share is not None:
        worth = share * total / 100
        if points != worth:
            return f"写有“占总分值的{in_figures(share)}%”，即 {in_figures(worth)} 分，{_column(points)}"
        return ""
    for where, (_, found) in zip(("指标内容", "评分办法"), offers, strict=True):
        if found and sum(found) != points:
            said = "＋".join(in_figures(one) for one in found[:6])
            whole = f"，合计 {in_figures(sum(found, Decimal(0)))} 分" if len(found) > 1 else ""
            return f"{where}里写有（{said}分）{whole}，{_column(points)}"
    return ""


def _column(points: Decimal | None) -> str:
    if points is None:
        return "“分值”列是空的；确是这项的分值，请填进“分值”列"
    return f"“分值”列是 {in_figures(points)}，请核对"
