"""Take in what units send for the briefing: a text or a Word file, at a command, by folder or by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError, PlanError
from models.evidence.vault.keeping import is_kept, keep, read_kept
from models.files.whole_file import read_given, shown_name
from models.keys import key_of
from models.papers.briefings.items import LONGEST_ITEM, LONGEST_TITLE, NewItem, add_items
from models.papers.briefings.received import SentFile, files_for_briefing
from models.rules.bounds import text_fault
from models.rules.calendar.moment import Moment
from models.rules.evidence.secrecy import secret_mark
from models.rules.words import post_fault
from tasks.figures.figures_list import unit_meant
from tasks.papers.templates.filling import paper_text

LARGEST = 20_000_000  # bytes
WORD, PLAIN = ".docx", ".txt"


@dataclass(frozen=True, slots=True)
class Collected:
    """What was read from files that had come in: the numbers of the items, and what could not be read."""

    numbers: Sequence[int]
    faults: Sequence[str]


def add_item(slug: str | None, path: Path, said: tuple[str, str, str], moment: Moment) -> str:
    """Take a file in as an item; ``said`` is whose it is ("": the office's), its title ("": its first line), by whom.

    The file goes to the vault. Repeatable: the same words of the same unit are the same item. Raises
    PlanError for a file that cannot be one, with every fault, NotFoundError for a unit that is none.
    """
    unit, title, by_post = said
    if fault := post_fault(by_post, "报送"):
        raise CampaignError(fault)
    name = shown_name(path)
    content = read_given(path, LARGEST, "简报投稿")
    head, body = _read(name, content, title)
    with writing_to(slug) as (session, campaign):
        unit_id = unit_meant(session, key_of(campaign), unit) if unit else None
        new = NewItem(unit_id, head, body, by_post.strip(), keep(content).sha256)
        [number] = add_items(session, key_of(campaign), [new], moment)
    return f"简报投稿 {number}：《{head}》，{len(body)} 字"


def collect_items(slug: str | None, by_post: str, moment: Moment) -> Collected:
    """Take in every text and Word file that came by folder or mail with 简报 in its name. Repeatable.

    What cannot be read, or bears a mark of secrecy, is named and left where it is.
    """
    with looking_at(slug) as (session, campaign):
        files = files_for_briefing(session, key_of(campaign))
    items, faults = [], []
    for file in files:
        try:
            items.append(_item(file, by_post))
        except PlanError as fault:
            faults.append(str(fault))
    if not items:
        return Collected([], faults)
    with writing_to(slug) as (session, campaign):
        return Collected(add_items(session, key_of(campaign), items, moment), faults)


def _item(file: SentFile, by_post: str) -> NewItem:
    name = file.name.rpartition("/")[2]
    if not is_kept(file.sha256):
        raise PlanError(f"简报投稿 {name} ", ["原件不在材料库里"])
    title, body = _read(name, read_kept(file.sha256, LARGEST), "")
    return NewItem(file.unit_id, title, body, by_post, file.sha256)


def _read(name: str, content: bytes, title: str) -> tuple[str, str]:
    """Return title and text of a file; raises PlanError with every fault of it."""
    lines = [one.strip() for one in _lines(name, content) if one.strip()]
    if not title and lines:
        title, *lines = lines
    body = "\n".join(lines)
    faults = []
    if secret_mark(name, "\n".join([title, *lines])):
        faults.append("标着密级，不能登简报，也没有收下；涉密文件不得上网")
    if not title.strip() or not body:
        faults.append("应有标题和正文：第一行是标题，下面逐段写")
    elif fault := text_fault(title, LONGEST_TITLE):
        faults.append(f"标题{fault}")
    if fault := text_fault(body, LONGEST_ITEM, lines=True):
        faults.append(f"正文{fault}")
    if faults:
        raise PlanError(f"简报投稿 {name} ", faults)
    return title.strip(), body


def _lines(name: str, content: bytes) -> Sequence[str]:
    suffix = Path(name).suffix.lower()
    if suffix == WORD:
        return paper_text(name, content).lines
    if suffix != PLAIN:
        raise PlanError(f"简报投稿 {name} ", ["应是 .docx 或 .txt 文件"])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    raise PlanError(f"简报投稿 {name} ", ["不是文本文件，请另存为 UTF-8 编码的文本"])
