"""What is said of two pieces whose pictures or texts are alike, and when that is no wonder."""

from models.rules.bounds import shown


def one_event(one: tuple[object, object], other: tuple[object, object]) -> bool:
    """Say whether both (provider, day of the fact) are of one event: then they may well be alike."""
    return one == other and one[1] is not None


def named_piece(code: str, title: str, whose: str) -> str:
    """Return how another piece is named."""
    return f"{code}“{shown(title)}”（{whose}）"


def near_picture_words(other: str, likeness: float, place: str = "", there: str = "") -> str:
    """Return what is said of a picture like one of another piece; where both stand, in documents."""
    mine = f"里面的{place}" if place else ""
    where = f"里{there}" if there else ""
    picture = "" if there.endswith("图片") else "的图片"
    return f"{mine}与 {other}{where}{picture}相近，相似度 {likeness:.0%}"


def near_text_words(other: str, likeness: float, sentences: int) -> str:
    """Return what is said of a text like another piece's: how much, and in how many sentences exactly."""
    exact = f"，其中 {sentences} 句一字不差" if sentences else ""
    return f"与 {other}的文字大量相同，较短的一份有 {likeness:.0%} 见于另一份{exact}"
