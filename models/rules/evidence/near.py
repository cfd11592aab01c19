"""What is said of two pieces whose pictures or texts are alike, and when that is no wonder."""

from models.rules.bounds import shown


def one_event(one: tuple[object, object], other: tuple[object, object]) -> bool:
    """Say whether both (provider, day of the fact) are of one event: then they may well be alike."""
    return one == other and one[1] is not None


def near_words(  # noqa: PLR0913
    check: str, code: str, title: str, whose: str, likeness: float, sentences: int = 0
) -> str:
    """Return what is said of a piece that is like another: which, whose, how alike, what both say."""
    other = f"{code}“{shown(title)}”（{whose}）"
    if check == "same-picture":
        return f"与 {other}的图片相近，相似度 {likeness:.0%}"
    exact = f"，其中 {sentences} 句一字不差" if sentences else ""
    return f"与 {other}的文字大量相同，较短的一份有 {likeness:.0%} 见于另一份{exact}"
