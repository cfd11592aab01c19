"""A piece of evidence as it is described and what came of it; what can be wrong with the description."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models.rules.bounds import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_TAG,
    LONGEST_TYPED,
    day_fault,
    shown,
    text_fault,
)
from models.rules.calendar.days import half_width
from models.rules.evidence.findings import Finding

MOST_ITEMS = 100  # that one piece proves
CODE = re.compile("[Ee]([0-9]{1,9})")
ADDRESS = re.compile("https?://[^\\s\"'<>\\\\^`{|}]+", re.IGNORECASE)
_LOGIN = re.compile("https?://[^/?#]*@", re.IGNORECASE)
NUMBERED = re.compile("(?P<code>[^#]+)(?:#(?P<ordinal>[0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A piece of evidence as a unit describes it, of a file (``file_name``, ``content``) or a link (``url``).

    ``items`` are the codes it proves: W5, 1.1.3, or 1.1.3#2 for the second demand of one. ``code`` names
    a piece that is there already (E0003), which then gets a new revision. ``place`` says where the
    description stands (台账“证明材料”第 7 行), for what is told of it. A file too large to be held is given by
    its ``path`` in place of ``content``. With neither file nor link it is a promise, for ``promised_on``.
    """

    title: str
    items: Sequence[str]
    file_name: str = ""
    content: bytes | None = field(default=None, repr=False)
    url: str = ""
    code: str = ""
    caption: str = ""
    passage: str = ""
    fact_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    promised_on: date | None = None
    provider: str = ""  # a unit's name
    to_publish: bool = False
    received_id: int | None = None
    place: str = ""
    path: Path | None = None
    draft: bool = False  # kept, and not handed in yet
    finding: str = ""  # the code of a finding whose mending it proves; it need prove no item then

    @property
    def has_file(self) -> bool:
        """Say whether there is a file, held or on the disk."""
        return self.content is not None or self.path is not None


@dataclass(frozen=True, slots=True)
class PieceTaken:
    """What came of one: its code and revision, what checks found, or why it was not taken (``refused``).

    ``notes`` say what of the description was not taken, and why. ``secret`` is set where the file was not
    kept because it is marked as a secret.
    """

    code: str
    revision: int
    findings: Sequence[Finding] = ()
    refused: str = ""
    changed: bool = True
    place: str = ""
    notes: Sequence[str] = ()
    secret: bool = False


def number_of(code: str) -> int | None:
    """Return the number of a piece called ``code`` (E0003, e3); None when that is no such name."""
    found = CODE.fullmatch(code.strip())
    return int(found[1]) if found else None


def item_of(text: str) -> tuple[str, int | None]:
    """Return the code of an item and the number of its demand: 1.1.3#2 -> 1.1.3, 2; W5 -> W5, None.

    Full width, small letters and blanks are taken as what they mean. A text that names none gives "".
    """
    plain = half_width("".join(text.split())).upper()
    found = NUMBERED.fullmatch(plain)
    if found is None:
        return "", None
    return found["code"], int(found["ordinal"]) if found["ordinal"] else None


def page_fault(url: str) -> str:
    """Return what is wrong with the address of a page that is registered, in words behind it; "" where it may be.

    A log-in within it would stand in registers and lists for all to read.
    """
    if not ADDRESS.fullmatch(url.strip()):
        return "应以 http:// 或 https:// 开头，中间没有空格"
    return "里写着用户名或口令，请去掉" if _LOGIN.match(url.strip()) else ""


def description_faults(
    title: str, caption: str, passage: str, url: str, items: Sequence[str]
) -> list[str]:
    """Return what is wrong with the words of a piece, a line each."""
    found = []
    for name, text, longest in (
        ("材料名称", title, LONGEST_NAME),
        ("时间地点人物事由", caption, LONGEST_NOTE),
        ("证明段落", passage, LONGEST_TYPED),
    ):
        if fault := text_fault(text, longest, lines=name != "材料名称"):
            found.append(f"{name}{fault}")
    if not title.strip():
        found.append("没有写材料名称")
    if url and (len(url) > LONGEST_TYPED or not ADDRESS.fullmatch(url.strip())):
        found.append(f"网址“{shown(url)}”应以 http:// 或 https:// 开头，里面没有空格")
    elif _LOGIN.match(url.strip()):  # never repeated: what is said here goes back by mail
        found.append("网址里写着用户名或口令，请去掉再报；要登录才能看的网页，请改报截图或文件")
    if len(items) > MOST_ITEMS:
        found.append(f"一份材料写了 {len(items)} 个事项，最多 {MOST_ITEMS} 个")
    found += [
        f"事项“{shown(one)}”{text_fault(one, LONGEST_TAG)}"
        for one in items
        if text_fault(one, LONGEST_TAG)
    ]
    return found


def day_faults(
    fact_on: date | None, effective_on: date | None, expires_on: date | None, today: date
) -> list[str]:
    """Return what is wrong with the days of a piece, a line each; the day of a fact cannot lie ahead."""
    found = []
    for name, day in (
        ("事实发生日期", fact_on),
        ("生效日期", effective_on),
        ("有效期至", expires_on),
    ):
        if day and (fault := day_fault(day)):
            found.append(f"{name}{fault}")
    if fact_on and fact_on > today:
        found.append(f"事实发生日期 {fact_on} 晚于今天（{today}）")
    begin = effective_on or fact_on
    if begin and expires_on and expires_on < begin:
        found.append(
            f"有效期至 {expires_on}，早于{'生效' if effective_on else '事实发生'}日期 {begin}"
        )
    return found
