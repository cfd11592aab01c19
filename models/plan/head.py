"""The head of a document: title, notice, issuers, number, dates, addressees."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.plan.dates import read_full_date
from models.plan.document import Line
from models.plan.lines import clean
from models.plan.patterns import pattern, squeeze

NOUNS = r"(?:方案|计划|规划|要点|意见|办法|报告|简报|总结|通报|汇报|讲话|纪要|解读|工作安排|任务书|快报|专报|情况|信息|动态|细则|规定|条例|公告|公示|倡议书|说明|材料|综述|路线图|任务分工|路径)"
TITLE = rf"^[^。；：！？|]{{3,80}}{NOUNS}(?:（[^（）]{{1,24}}）){{0,2}}$"
DATE = r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|[一二][〇零○OoＯ0九][〇零○OoＯ0一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}"
NUMBER = r"[\u4e00-\u9fff]{1,16}[【（]?(?:19|20)\d{2}[】）](?:第)?\d{1,5}号"
# A body that can sign.
SEAL = r"(?:（[代章印签发]{1,3}）|编印?|主办|印制)?"
ORGAN = r"[\u4e00-\u9fff（）“”、]{2,60}(?:人民政府|政府|办公室|委员会|领导小组|指挥部|局|厅|委|院|部|办|管委会|联席会议|联合会|中心|总队|支队|大队|公司|工作专班|专班|街道办事处|办事处|县委|市委|区委|党委|党组|总工会|委员会办公室)"
META_DATE = r"(?:成文日期|成文时间|制发日期|生成日期|发文日期|印发日期)[：|]?"
META_PUBLISHED = (
    r"(?:发布日期|发布时间|公开日期|公布日期|上网日期|发表时间|(?<!文)(?<!发)日期|时间)[：|]"
)
META_ISSUER = r"(?:发文机关|发文单位|制发机构|发布机构|制定机关|公开主体|发布单位)[：|]?"
META_NUMBER = r"(?:文号|发文字号|文件编号|发文文号|字号)[：|]?"


@dataclass
class Head:
    """What is read above and below the text itself."""

    title: str = ""
    title_alternatives: list[str] = field(default_factory=list)
    notice_title: str | None = None
    issuers: list[str] = field(default_factory=list)
    document_number: str | None = None
    issued_on: date | None = None
    published_on: date | None = None
    addressees: str | None = None
    issue_number: int | None = None


def read_head(lines: Sequence[Line], body_start: int | None) -> Head:
    """Read the head from the lines as printed; ``body_start`` is the line number of the first chapter."""
    lines = [clean(line) for line in lines if line.text.strip() or line.cells]
    texts = [
        squeeze(line.text) if not line.cells else "|".join(map(squeeze, line.cells))
        for line in lines
    ]
    front = [
        text
        for line, text in zip(lines, texts, strict=True)
        if body_start is None or line.number < body_start
    ][:120]
    head = Head()
    head.notice_title = _notice_title(front)
    head.title = _title(front, head.notice_title)
    _alternatives(head)
    head.document_number = _number(front)
    raw = [line.text for line in lines if not line.cells]
    _dates(head, front, texts)
    _issuers(head, front, texts, raw)
    head.addressees = next(
        (
            t.rstrip("：:")
            for t in front
            if pattern(
                r"^[^。]{2,120}(?:政府|部门|单位|委|局|办|街道|机构|企业|乡镇)[^。]{0,30}：$"
            ).match(t)
        ),
        None,
    )
    found = next(
        (f for t in front[:12] if (f := pattern(r"^[（]?第(\d{1,4})期[）]?").match(t))), None
    )
    head.issue_number = int(found[1]) if found else None
    return head


def _notice_title(front: Sequence[str]) -> str | None:
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
            joined += front[at + more + 1]
    return None


def _is_one_body(text: str) -> bool:
    """Say whether a line names one body, not several that issue jointly."""
    return (
        len(pattern(r"(?:人民政府|委员会|办公室|局)(?=[\u4e00-\u9fff])").findall(text)) < 2
        or "委员会办公室" in text
    )


def _title(front: Sequence[str], notice_title: str | None) -> str:
    """Return the title line of the document itself, else what the notice quotes, else its first line."""
    best = ""
    for at in range(len(front)):
        for more in (1, 2, 3):
            text = "".join(front[at : at + more])
            if any(
                "|" in each or pattern(r"[。；：！？，]$|附件").search(each)
                for each in front[at : at + more]
            ):
                break
            if (
                pattern(TITLE).match(text)
                and not _is_notice(text)
                and _joinable(front[at : at + more])
            ):
                if not best.endswith(text):
                    best = text
                if not (more == 1 and text.startswith("关于") and _is_rest_of_title(front, at + 1)):
                    break
    if best:
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
            if 5 <= len(t) <= 60 and not pattern(r"[。；：|>]|^第\d+期|附件").search(t)
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
            and pattern(r"^(?:“|关于(?!印发)|(?:19|20)\d{2}年)").match(pieces[1])
            and pattern(rf"^{ORGAN}$").match(piece)
        ):
            continue
        if pattern(rf"^(?:{ORGAN}|(?:{ORGAN})?{DATE}|.*{NUMBER}|.*文件|.*[期号])$").match(piece):
            return False
        if pattern(TITLE).match(piece) and not piece.startswith("关于"):
            return False
        if pattern(r"公报|首页|^第\d+期|（此件|网$").search(piece):
            return False
    return True


def _is_notice(text: str) -> bool:
    return bool(pattern(r"印发|转发|下发|的通知|的函|^附件|制定本|^根据|^按照|^为").search(text))


def _alternatives(head: Head) -> None:
    """Keep the title as the notice quotes it, and the one without its bracket."""
    quoted = pattern(r"《([^》]+)》").search(head.notice_title or "")
    if quoted and quoted[1] != head.title:
        head.title_alternatives.append(quoted[1])
    bare = pattern(r"（[^（）]*）$").sub("", head.title)
    if bare and bare != head.title:
        head.title_alternatives.append(bare)
    later = pattern(r"^(?:19|20)\d{2}年").sub("", head.title)
    if later != head.title:
        head.title_alternatives.append(later)


def _number(front: Sequence[str]) -> str | None:
    for text in front:
        if found := pattern(rf"{META_NUMBER}({NUMBER})").search(text):
            return found[1]
    for text in front:
        if found := pattern(rf"^(?:文号：)?({NUMBER})(?:签发人.*)?$").match(text):
            return found[1]
    for text in front[:12]:
        if found := pattern(rf"^（({NUMBER})(?:，.*)?）$").match(text):
            return found[1]
    return None


def _dates(head: Head, front: Sequence[str], texts: Sequence[str]) -> None:
    """Take the date of the signature, else 成文日期, else the 印发 line."""
    signed = _signed(front) or _signed(texts[-14:])
    meta = _labelled([*texts[:20], *texts[-6:]], META_DATE)
    printed = None
    for text in texts:
        if found := pattern(rf"({DATE})印发?[。]?$").search(text):
            printed = read_full_date(found[1])
    bracketed = None
    for text in front[:12]:
        if found := pattern(rf"^（(?:{NUMBER}[，])?({DATE})(?:印发|发布|公布|下发)?）$").match(
            text
        ):
            bracketed = read_full_date(found[1])
    head.issued_on = signed or meta or bracketed or printed
    head.published_on = _labelled(texts[:24], META_PUBLISHED)


def _signed(texts: Sequence[str]) -> date | None:
    """Return the date that stands alone, or behind the body that signs."""
    for text in texts:
        found = pattern(rf"^(?:{ORGAN}{SEAL})?({DATE})$").match(text)
        if found and (day := read_full_date(found[1])):
            return day
    return None


def _labelled(texts: Sequence[str], label: str) -> date | None:
    for text in texts:
        if found := pattern(rf"{label}({DATE})").search(text):
            return read_full_date(found[1])
    return None


def _issuers(head: Head, front: Sequence[str], texts: Sequence[str], raw: Sequence[str]) -> None:
    """Take the signature above the date, else the notice's title, the web page's field, the red head."""
    head.issuers = (
        _signature(front, raw)
        or _signature(texts[-14:], raw)
        or _of_notice(head.notice_title, front)
        or _meta_issuer(texts[:20])
        or _of_red_head(front)
        or _last_line(texts)
    )


def _signature(texts: Sequence[str], raw: Sequence[str]) -> list[str]:
    for at, text in enumerate(texts):
        found = pattern(rf"^({ORGAN})?{SEAL}(?:{DATE})$").match(text)
        if not found or read_full_date(text.removeprefix(found[1] or "")) is None:
            continue
        if found[1]:
            return _several(found[1], raw)
        names: list[str] = []
        while at and pattern(rf"^{ORGAN}{SEAL}$").match(texts[at - 1]) and len(texts[at - 1]) <= 60:
            at -= 1
            names = [*_several(pattern(rf"{SEAL}$").sub("", texts[at]), raw), *names]
        if names:
            return names
    return []


def _several(text: str, raw: Sequence[str]) -> list[str]:
    """Split bodies that sign side by side on one line."""
    for line in raw:
        if squeeze(line).startswith(text):
            pieces = [squeeze(piece) for piece in pattern(r"\s+").split(line.strip())]
            pieces = [
                piece for piece in pieces if pattern(rf"^{ORGAN}$").match(piece) and len(piece) > 3
            ]
            if len(pieces) > 1 and "".join(pieces) == text:
                return pieces
    return [text]


def _of_notice(notice_title: str | None, front: Sequence[str]) -> list[str]:
    found = pattern(rf"^({ORGAN})关于").match(notice_title or "")
    if found:
        return [piece for piece in pattern(r"、").split(found[1]) if piece]
    for at, text in enumerate(front[1:], start=1):
        if text.startswith("关于印发") and pattern(rf"^{ORGAN}$").match(front[at - 1]):
            return [front[at - 1]]
    return []


def _meta_issuer(texts: Sequence[str]) -> list[str]:
    for text in texts:
        if found := pattern(rf"{META_ISSUER}({ORGAN})").search(text):
            return [found[1]]
    return []


def _of_red_head(front: Sequence[str]) -> list[str]:
    found = next((f for t in front[:4] if (f := pattern(rf"^({ORGAN})文件$").match(t))), None)
    return [found[1]] if found else []


def _last_line(texts: Sequence[str]) -> list[str]:
    """Take the body of the 印发 line at the end."""
    for at in range(len(texts) - 1, max(-1, len(texts) - 8), -1):
        if found := pattern(rf"^({ORGAN})?{DATE}印发?[。]?$").match(texts[at]):
            if found[1]:
                return [found[1]]
            if at and pattern(rf"^{ORGAN}$").match(texts[at - 1]):
                return [texts[at - 1]]
    return []
