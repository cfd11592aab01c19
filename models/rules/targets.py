"""The number an indicator must reach: what an office writes between the indicator and the number."""

from collections.abc import Mapping

# The sign -> every way it is written. The first word of each is the one printed in drop-downs.
RELATIONS: Mapping[str, tuple[str, ...]] = {
    ">=": (
        "不低于",
        "不少于",
        "不小于",
        "大于等于",
        "大于或等于",
        "达到",
        "至少",
        "以上",
        "≥",
        "≧",
        "=>",
    ),
    "<=": (
        "不超过",
        "不高于",
        "不多于",
        "不大于",
        "小于等于",
        "小于或等于",
        "至多",
        "以下",
        "≤",
        "≦",
        "=<",
    ),
    ">": ("高于", "大于", "超过", "多于"),
    "<": ("低于", "小于", "少于"),
    "==": ("等于", "为", "="),
}
_SIGNS = {word: sign for sign, words in RELATIONS.items() for word in (sign, *words)}


def relation(word: str) -> str | None:
    """Return the sign that ``word`` (half width, no blanks) stands for, None when it is none."""
    return _SIGNS.get(word)
