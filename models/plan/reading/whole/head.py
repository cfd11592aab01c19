"""The head of a document: title, notice, issuers, number, dates, addressees; a plan begins as it says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.plan.reading.dates.forms import read_full_date
from models.plan.reading.dates.words import read_year
from models.plan.reading.text.document import Line
from models.plan.reading.text.lines import clean
from models.plan.reading.text.noise import is_noise
from models.plan.reading.text.numerals import TEN, read_integer
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.reading.whole.head_title import ORGAN, SEAL, read_notice_title, read_title
from models.plan.schema import IndicatorCounts, Plan
from models.rules.words import DocumentKind

META_DATE = r"(?:成文日期|成文时间|制发日期|生成日期|发文日期|印发日期|制定时间|制定日期|印发时间)[：|]{0,2}"
# 完成时间：2026年4月30日 is a task's, not the page's.
_OF_WORK = (
    r"(?<!完成)(?<!办结)(?<!整改)(?<!截止)(?<!结束)(?<!落实)(?<!推进)(?<!实施)"
    r"(?<!整治)(?<!起止)(?<!达标)(?<!销号)(?<!启动)(?<!开始)(?<!活动)(?<!会议)"
)
META_PUBLISHED = rf"(?:发布日期|发布时间|公开日期|公布日期|上网日期|发表时间|{_OF_WORK}(?:(?<!文)(?<!发)日期|时间))[：|]{{1,2}}"
META_ISSUER = r"(?:发文机关|发文单位|制发机构|发布机构|制定机关|公开主体|发布单位|制定单位|编制单位|印发单位)[：|]{0,2}"
META_NUMBER = r"(?:文号|发文字号|文件编号|发文文号|字号)[：|]{0,2}"
WRAPPED = 18  # letters that a line of a list has at least where a page wraps it


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
    head.notice_title = read_notice_title(front)
    head.title = read_title([text for text in front if not is_noise(text)], head.notice_title)
    _alternatives(head)
    head.document_number = _number(front)
    raw = [line.text for line in lines if not line.cells]
    _dates(head, front, texts)
    _issuers(head, front, texts, raw)
    head.addressees = _addressees(front)
    if found := _first(front[:12], r"^[（]?第({N})期[）]?"):
        head.issue_number = read_integer(found[1])
    return head


def _alternatives(head: Head) -> None:
    """Keep the title as the notice quotes it, and the one without its bracket."""
    quoted = pattern(r"《([^》]+)》").search(head.notice_title or "")
    others = (
        quoted[1] if quoted else "",
        pattern(r"（[^（）]*）$").sub("", head.title),
        pattern(r"^{某年}").sub("", head.title),
    )
    head.title_alternatives = [other for other in others if other not in {"", head.title}]


def _first(texts: Iterable[str], expression: str) -> re.Match[str] | None:
    return next(filter(None, map(pattern(expression).search, texts)), None)


def _number(front: Sequence[str]) -> str | None:
    cells = [cell for line in front for cell in line.split("|")]
    found = (
        _first(front, rf"{META_NUMBER}({{文号}})")
        or _first(cells, r"^(?:文号：)?({文号})(?:签发人.*)?$")
        or _first(front[:12], r"^（({文号})(?:，.*)?）$")
    )
    return found[1] if found else None


def _dates(head: Head, front: Sequence[str], texts: Sequence[str]) -> None:
    """Take the date of the signature, else 成文日期, else the 印发 line."""
    in_bracket = rf"^（(?:{{文号}}[，]?|{ORGAN})?({{年月日}})(?:印发|发布|公布|下发)?）$"
    head.issued_on = (
        _signed(front)
        or _signed(texts[-14:])
        or _day(_first([*texts[:20], *texts[-6:]], rf"{META_DATE}({{年月日}})"))
        or _day(_first(front[11::-1], in_bracket))
        or _day(_first(texts[::-1], r"({年月日})印发?[。]?$"))
    )
    head.published_on = _day(_first(texts[:24], rf"{META_PUBLISHED}({{年月日}})"))


def _day(found: re.Match[str] | None) -> date | None:
    return read_full_date(found[1]) if found else None


_TO = r"^[^。]{2,200}{主送}[^。]{0,30}：$"


def _addressees(front: Sequence[str]) -> str | None:
    """Return whom a notice goes to, with the lines above that a page wrapped: 各镇党委、政府，县委各部委，县 / 直各单位：."""
    for at, text in enumerate(front):
        if not text.endswith(("：", ":")) or pattern(r"[。；《]").search(text):
            continue
        for above in front[max(0, at - 3) : at][::-1]:
            begins = above.startswith("各") and not pattern(r"[。；：》]$").search(above)
            if len(above) < WRAPPED or not (begins or pattern(r"[，、]$").search(above)):
                break
            text = above + text
        if pattern(_TO).match(text):
            return text.rstrip("：:")
    return None


def _signed(texts: Sequence[str]) -> date | None:
    """Return the date that stands alone, or behind the body that signs."""
    signed = pattern(rf"^(?:{ORGAN}{SEAL})?({{年月日}})$")
    return next(filter(None, map(_day, map(signed.match, texts))), None)


def _issuers(head: Head, front: Sequence[str], texts: Sequence[str], raw: Sequence[str]) -> None:
    """Take the signature above the date, else the notice's title, the web page's field, the red head."""
    head.issuers = (
        _signature(front, raw)
        or _signature(texts[-14:], raw)
        or _of_notice(head.notice_title, front)
        or _named(texts[:20], rf"{META_ISSUER}({ORGAN})")
        or _named(front[:4], rf"^({ORGAN})文件$")
        or _above_title(front, head.title)
        or _last_line(texts)
    )


def _signature(texts: Sequence[str], raw: Sequence[str]) -> list[str]:
    for at, text in enumerate(texts):
        found = pattern(rf"^({ORGAN})?({{年月日}})$").match(text)
        if not found or read_full_date(found[2]) is None:
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
            named = [piece for piece in map(squeeze, line.split()) if len(piece) > 3]
            pieces = [piece for piece in named if pattern(rf"^{ORGAN}$").match(piece)]
            same_place = all(piece[:2] in pieces[0] for piece in pieces[1:])  # no OCR blank
            if len(pieces) > 1 and "".join(pieces) == text and same_place:
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


def _named(texts: Sequence[str], expression: str) -> list[str]:
    found = _first(texts, expression)
    return [found[1]] if found else []


def _above_title(front: Sequence[str], title: str) -> list[str]:
    """Take the bodies on the lines right above a title that begins with 关于."""
    at = next((i for i, t in enumerate(front) if t and title.startswith(t)), 0)
    names: list[str] = []
    while title.startswith("关于") and at and pattern(rf"^{ORGAN}$").match(front[at - 1]):
        at -= 1
        names.insert(0, front[at])
    return names


def _last_line(texts: Sequence[str]) -> list[str]:
    """Take the body of the 印发 line at the end."""
    for at in range(len(texts) - 1, max(-1, len(texts) - 8), -1):
        if found := pattern(rf"^({ORGAN})?{{年月日}}印发?[。]?$").match(texts[at]):
            if found[1]:
                return [found[1]]
            if at and pattern(rf"^{ORGAN}$").match(texts[at - 1]):
                return [texts[at - 1]]
    return []


def read_frame(head: Head, source: str, text: str, kind: DocumentKind) -> Plan:
    years = [head.issued_on and head.issued_on.year, head.published_on and head.published_on.year]
    written = _first((head.title, text), "{某年}")
    year = next((y for y in years if y), read_year(written[0][:-1]) if written else None)
    return Plan(
        source=source,
        kind=kind,
        title=head.title or source or "(没有标题)",
        title_alternatives=head.title_alternatives,
        notice_title=head.notice_title,
        issuer="、".join(head.issuers) or None,
        issuers=head.issuers if len(head.issuers) > 1 else [],
        document_number=head.document_number,
        issued_on=head.issued_on,
        published_on=head.published_on,
        year_context=year if year and 1949 <= year <= 2200 else None,
        addressees=head.addressees,
        issue_number=head.issue_number,
    )


def read_indicator_counts(text: str) -> IndicatorCounts | None:
    counts: dict[str, int] = {}
    for field_name, level in zip(("level1", "level2", "level3"), TEN, strict=False):
        found = pattern(rf"({{N}})[项个]{level}级指标").search(text)
        if found and (count := read_integer(found[1])) is not None:
            counts[field_name] = count
    return IndicatorCounts(**counts) if counts else None
