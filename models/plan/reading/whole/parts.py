"""The parts of a file: the notice in front, the plan itself, what is attached, and whether the text breaks off."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.reading.outline.markers import read_marker
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import Attachment

BARE = r"^[-—●•]?附件?[：]?\s*{N}?[：.、]?$|^附件{括号}$"
TITLED = r"^[-—●•]?附件?(?P<number>{N}?)[：.、]+(?:(?P<first>{N})[.、])?(?P<title>.{2,80})$"
ITEM = r"^(?:附件)?(?P<number>{N})[.、：](?P<title>.{2,80})$"
NUMBERED = r"^[-—●•·]?{项号}\s*"  # a slogan's number
KINDS = (
    ("slogans", r"标语|口号"),
    ("task_table", r"(?:{任务栏}|责任|分工).{0,8}(?:表|清单|台账)|分解表|分工表|分工方案"),
    ("indicator_table", r"指标"),
    ("group", r"{小组}|成员名单|组成人员|机构"),
    ("notice", r"通知$"),
    ("form", r"(?:表|模板|样式|格式|范本)$"),
    ("plan", r"{方案}$"),
)


@dataclass
class Part:
    """A stretch of passages: the front of the file, or one attachment with its title."""

    title: str = ""
    passages: list[Passage] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return what an attachment is, from its title."""
        return attachment_kind(self.title)


def attachment_kind(title: str) -> str:
    """Return the kind of an attachment: slogans, task_table, group, notice, form, plan or 空."""
    for kind, expression in KINDS:
        if pattern(expression).search(title):
            if kind == "group" and title.endswith("通知"):
                return "notice"
            return kind
    return ""


def split_parts(passages: Sequence[Passage]) -> tuple[list[Part], list[Attachment]]:
    """Return the front and the attachments as parts, and the list of attachments with their titles."""
    parts = [Part()]
    listed: list[str] = []
    at = 0
    while at < len(passages):
        text = passages[at].text
        if pattern(BARE).match(text) and not passages[at].cells:
            title, used = _title_behind(passages, at + 1)
            parts.append(Part(title))
            at += 1 + used
            continue
        found = None if passages[at].cells else pattern(TITLED).match(text)
        if found and (len(parts) == 1 or found["number"]):
            titles, used = _listed(passages, at, found["title"], bool(found["first"]))
            if _begins_content(passages, at + used, titles):
                parts.append(Part(titles[-1]))
                listed += [title for title in titles if title not in listed]
            else:
                listed += [title for title in titles if title not in listed]
            at += used
            continue
        parts[-1].passages.append(passages[at])
        at += 1
    titles = listed or [part.title for part in parts[1:] if part.title]
    attachments = [
        Attachment(ordinal=index, title=title, kind=attachment_kind(title))
        for index, title in enumerate(titles, start=1)
    ]
    for index, part in enumerate(parts[1:]):
        if not part.title and index < len(titles):
            part.title = titles[index]
    return parts, attachments


def _title_behind(passages: Sequence[Passage], at: int) -> tuple[str, int]:
    """Return the title line behind a bare 附件 and how many passages it takes."""
    if at >= len(passages) or passages[at].cells:
        return "", 0
    text = passages[at].text
    if len(text) <= 60 and not pattern(r"^{题号}|[。；：]$").search(text):
        rest = _rest(text, passages, at + 1)
        return text + rest, 2 if rest else 1
    return "", 0


def _rest(title: str, passages: Sequence[Passage], at: int) -> str:
    """Return what a title goes on with on the line at ``at``, "" where it is whole: …工作任务 / 分解表."""
    if at >= len(passages) or passages[at].cells or pattern(r"{附件名}$").search(title):
        return ""
    more = passages[at].text
    return more if pattern(r"^(?!{题号}|附件).{1,16}{附件名}$").match(more) else ""


def _listed(
    passages: Sequence[Passage], at: int, first: str, numbered: bool
) -> tuple[list[str], int]:
    """Read 附件：1.甲 / 2.乙 …: the titles and how many passages they take."""
    inline = pattern(r"(?<=[\u4e00-\u9fff》）])(?:{附件号}：|{项号})(?=[\u4e00-\u9fff《])").split(
        first
    )
    titles = [_clean(title) for title in inline]
    used, number = 1, len(titles)
    while numbered and at + used < len(passages):
        if rest := _rest(titles[-1], passages, at + used):
            titles[-1] += rest
            used += 1
            continue
        found = pattern(ITEM).match(passages[at + used].text)
        if not found or passages[at + used].cells or not _is_next(found["number"], number):
            break
        titles.append(_clean(found["title"]))
        number += 1
        used += 1
    return titles, used


def _is_next(printed: str, number: int) -> bool:
    return read_integer(printed) == number + 1


def _clean(title: str) -> str:
    return pattern(r"[；。，、]+$").sub("", title)


def _begins_content(passages: Sequence[Passage], at: int, titles: Sequence[str]) -> bool:
    """Say whether 附件：X begins the attachment itself: its content follows and X is not repeated."""
    if len(titles) > 1 or at >= len(passages):
        return False
    for later in passages[at:]:
        text = squeeze(later.text)
        if text == titles[0] or pattern(BARE).match(text):
            return False
        if pattern(TITLED).match(text) and titles[0] in text:
            return False
    following = passages[at]
    return (
        bool(following.cells)
        or pattern(r"^(?:[一1][、.]|（一）|第一)").match(following.text) is not None
    )


def slogans_in(parts: Sequence[Part], issuer: str = "") -> list[str]:
    """Return the slogans that the attachments list: numbered lines without their numbers, or lines of their own.

    The signature of the ``issuer`` runs into the last one where nothing ends it.
    """
    found: list[str] = []
    for part in parts[1:]:
        if part.kind != "slogans":
            continue
        texts = [passage.text for passage in part.passages if not passage.cells]
        numbered = [pattern(NUMBERED).sub("", one) for one in texts if pattern(NUMBERED).match(one)]
        found += numbered or [
            text for text in texts if 4 <= len(text) <= 60 and not _is_signature(text)
        ]
    return [one.removesuffix(issuer) or one for one in found]


def _is_signature(text: str) -> bool:
    return bool(pattern(r"(?:{发文})$|^{某年}").search(text))


def is_truncated(passages: Sequence[Passage], parts: Sequence[Part]) -> bool:
    """Say whether the text breaks off in the middle of a sentence."""
    last = passages[-1] if passages else None
    if last is None or last.cells or parts[-1].kind == "slogans":
        return False
    text = last.text
    if pattern(r"(?:[^：，。；]{1,10}：){2,}$").fullmatch(text):
        return False  # the blanks of a form: 填表人：　审核人：
    if pattern(r"[。！？；…”》）】\]]$").search(text):
        return False
    if pattern(r"[，、：（《“]$").search(text) or pattern(r"单位：.*[、，].$").search(text):
        return True
    if pattern(
        r"^附件|(?:单位|部门|时限|联系人|电话)[^。]{0,12}：|(?:标语|口号|表)$|{年月日}|日印发"
    ).search(text):
        return False
    if len(text) > 24 or pattern(r"[，。；]").search(text):
        return True
    return _stops_at_heading(passages)


def _stops_at_heading(passages: Sequence[Passage]) -> bool:
    """Say whether the last item is a bare heading while the item before it goes on behind its own."""
    last = read_marker(passages[-1].text)
    if last is None or last.number < 2:
        return False
    for passage in reversed(passages[:-1]):
        marker = read_marker(passage.text)
        if marker and marker.kind == last.kind and marker.number == last.number - 1:
            return pattern(r"。.{6,}").search(passage.text) is not None
    return False
