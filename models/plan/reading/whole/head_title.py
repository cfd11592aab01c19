"""The title of a document and of the notice around it."""

from collections.abc import Sequence

from models.plan.reading.text.patterns import pattern
from models.rules.text import join_words

NOUNS = r"(?:{文种})"
TITLE = rf"^[^。；：！？|]{{3,80}}{NOUNS}(?:（[^（）]{{1,24}}）){{0,2}}$"
# What stands behind a body that signs, and how such a body is called.
SEAL = r"(?:（[代章印签发]{1,3}）|编印?|{主办}|印制)?"
ORGAN = r"[\u4e00-\u9fff（）“”、]{2,60}(?:{署名})"


def read_notice_title(front: Sequence[str]) -> str | None:
    """Return …关于印发…的通知, joined over up to four lines."""
    for at, text in enumerate(front):
        if not pattern(r"关于|印发").search(text) or pattern(r"[。；]").search(text):
            continue
        start = pattern(r"[^|：]*关于.*").search(text)
        joined = start[0] if start else text
        if not pattern(
            r"(?:关于.{0,3}(?:印发|转发|下发|发布)|关于(?:开展|做好|进一步|组织|深入|推进|加强|实施))"
        ).search(joined + "".join(front[at + 1 : at + 2])):
            continue
        for more in range(5):
            if found := pattern(r"^(.{4,160}?的?(?:通知|函))(?:（.*）)?(?:\||$)").match(joined):
                above = front[at - 1] if at else ""
                alone = pattern(rf"^{ORGAN}$").match(above) and _is_one_body(above)
                return above + found[1] if alone and found[1].startswith("关于") else found[1]
            if at + more + 1 >= len(front) or len(joined) > 160:
                break
            joined = join_words((joined, front[at + more + 1]))
    return None


def _is_one_body(text: str) -> bool:
    """Say whether a line names one body, not several that issue jointly."""
    return len(pattern(r"(?:{发文})(?={H})").findall(text)) < 2 or "委员会办公室" in text


def read_title(front: Sequence[str], notice_title: str | None) -> str:
    """Return the title line of the document itself, else what the notice quotes, else its first line."""
    best = ""
    for at in range(len(front)):
        for more in (1, 2, 3):
            text = join_words(front[at : at + more])
            if (
                more > 1
                and at
                and all(pattern(rf"^{ORGAN}$").match(f) for f in front[at - 1 : at + 1])
            ):
                break  # the last of several bodies above a title is no part of it
            if any(
                "|" in each or pattern(r"[。；：！？，]$|附件").search(each)
                for each in front[at : at + more]
            ):
                break
            if (
                pattern(TITLE).match(text)
                and text.count("《") == text.count("》")
                and not _is_notice(text)
                and _joinable(front[at : at + more])
            ):
                if not best.endswith(text):
                    best = text
                if not (more == 1 and text.startswith("关于") and _is_rest_of_title(front, at + 1)):
                    break
    if best:
        best = pattern(r"^【[^】]{1,8}】").sub("", best)
        return pattern(r"^《(.*)》$").sub(r"\1", best)
    if notice_title:
        quoted = pattern(r"《(.+)》").search(notice_title) or pattern(
            r"(?:印发|转发|下发)(.+?)的?通知"
        ).search(notice_title)
        return quoted[1] if quoted else notice_title
    return next(
        (
            t
            for t in front
            if 5 <= len(t) <= 60 and not pattern(r"[。；：|>]|^第{N}期|附件|{年月日}$").search(t)
        ),
        front[0][:60] if front else "",
    )


def _is_rest_of_title(front: Sequence[str], at: int) -> bool:
    """Say whether a line is the end of 关于…实施方案 / 落实情况的报告."""
    return at < len(front) and bool(pattern(rf"^[^。；：，]{{2,20}}{NOUNS}$").match(front[at]))


def _joinable(pieces: Sequence[str]) -> bool:
    """Say whether lines are the pieces of one title: none but the last is a body, a date or a title.

    A body stays when what follows cannot begin a title: 某某局 / “门头招牌”…方案.
    """
    for at, piece in enumerate(pieces[:-1]):
        if (
            at == 0
            and pattern(r"^(?:“|关于(?!印发)|{某年})").match(pieces[1])
            and pattern(rf"^{ORGAN}$").match(piece)
        ):
            continue
        if pattern(rf"^(?:{ORGAN}|(?:{ORGAN})?{{年月日}}|.*{{文号}}|.*文件|.*[期号])$").match(
            piece
        ):
            return False
        if pattern(TITLE).match(piece) and not piece.startswith("关于"):
            return False
        if pattern(r"公报|首页|^第{N}期|（此件|网$").search(piece):
            return False
    return True


def _is_notice(text: str) -> bool:
    return bool(pattern(r"印发|转发|下发|的通知|的函|^附件|制定本|^根据|^按照|^为").search(text))
