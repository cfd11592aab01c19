"""Keep a paper that was written: a version where something changed, an entry of the audit, then the file.

The version and its entry are on the disk before the file is: killed in between, there is an entry and no
file, and the next run writes it. Two runs at once give one version. Written again with nothing changed, the
file is that of the version that is there, whatever the day. What cannot be written (no PDF on this machine)
is refused before anything is kept.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import Campaign, looking_at, writing_to
from models.errors import CampaignError
from models.evidence.vault.keeping import is_kept, keep, read_kept
from models.files.whole_file import write_whole
from models.keys import key_of
from models.papers.lengths import length_line
from models.papers.relief import relief_line
from models.papers.templates import template_of
from models.papers.versions import NewPaper, Version, add_version, newest_paper, record_export
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.rules.words import OFFICE, post_fault
from notifications.paper_blocks import Draft, RedHead
from tasks.papers.pdf import pdf_of
from tasks.papers.templates.filling import filled_paper, paper_text, template_bytes
from tasks.papers.templates.plain import noted_values
from tasks.papers.word.document import word_file

LARGEST = 60_000_000  # bytes of a paper
WORD, PDF = ".docx", ".pdf"


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """What was asked for: where to, by which post, to whom, with a red head or none."""

    out: Path
    by_post: str = OFFICE
    to: str = ""
    red_head: bool = False
    number: str = ""  # 发文字号


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper before it is kept: what kind, whose, and ``more`` that its next version will ask for.

    ``kept`` is called in the transaction that keeps a new version of it, with that version.
    ``printed`` is what the file says instead, where it says more than is kept anywhere (names of editors).
    """

    kind: PaperKind
    draft: Draft
    subject: str = ""
    more: tuple[tuple[str, str], ...] = ()
    kept: Callable[[Session, int, Version], None] | None = None
    printed: Draft | None = None


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """What came of it, and what the writer should know."""

    version: Version
    lines: tuple[str, ...] = ()


Composing = Callable[[Session, Campaign], Composed]


def write_paper(
    slug: str | None, order: PaperOrder, moment: Moment, compose: Composing
) -> WrittenPaper:
    """Write what ``compose`` makes of the campaign to where the order says, as Word or PDF by its ending.

    Raises CampaignError for another ending, a name where a post belongs, or a PDF that cannot be made.
    """
    require_order(order)
    with looking_at(slug) as (session, campaign):
        composed = compose(session, campaign)
        template = template_of(session, key_of(campaign), composed.kind)
        file_name, own = (template.file_name, template.sha256) if template else ("", "")
        facts = facts_text(composed, own)
        last = newest_paper(session, key_of(campaign), composed.kind, composed.subject)
        same = last.sha256 if last and last.facts == facts and is_kept(last.sha256) else ""
    draft = composed.draft
    content = read_kept(same, LARGEST) if same else _content(draft, (file_name, own), order, moment)
    text = paper_text(file_name, content) if own else draft.text()
    shown = composed.printed or draft
    given, said = content, ""
    if composed.printed:
        given = _content(shown, (file_name, own), order, moment)
    if order.out.suffix.lower() == PDF:
        given, said = pdf_of(given, None if own else shown, draft.title, moment.now)
    paper = NewPaper(
        composed.kind,
        composed.subject,
        draft.title,
        keep(content).sha256,
        text.characters,
        text.blanks,
        facts,
        order.by_post.strip(),
    )
    with writing_to(slug) as (session, campaign):
        version = add_version(session, key_of(campaign), paper, moment)
        if version.new and composed.kept:
            composed.kept(session, key_of(campaign), version)
        made = order.out.name, sha256(given).hexdigest()
        record_export(session, key_of(campaign), version, made, moment)
    write_whole(order.out, given)
    length = length_line(composed.kind, text.length, text.characters)
    return WrittenPaper(
        version, tuple(filter(None, (length, relief_line(composed.kind, text.lines), said)))
    )


def _content(draft: Draft, own: tuple[str, str], order: PaperOrder, moment: Moment) -> bytes:
    """Return a draft as Word; ``own`` is the office's template, its name and hash, empty for our layout."""
    name, sha256_ = own
    if sha256_:
        return filled_paper(name, template_bytes(sha256_), noted_values(draft.values))
    return word_file(draft, moment.now, order.by_post.strip())


def head_of(campaign: Campaign, order: PaperOrder) -> RedHead | None:
    """Return the red head that was asked for; none where it was not."""
    return RedHead(f"{campaign.issuer}文件", order.number) if order.red_head else None


def facts_text(composed: Composed, template: str = "") -> str:
    """Return what a paper says as canonical JSON: two versions differ where this does, whatever the day.

    ``template`` is the hash of the office's own, by which it looks otherwise.
    """
    draft = composed.draft
    said = {
        "head": [draft.red_head.issuer, draft.red_head.number] if draft.red_head else [],
        "figures": [[one.key, one.text, one.note] for one in draft.quoted()],
        "blanks": [one.what for one in draft.missing()],
        "supplied": [[one.key, one.text, one.by_post] for one in draft.supplied()],
        "lines": draft.lines(),
        "more": dict(composed.more) | ({"template": template} if template else {}),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def require_order(order: PaperOrder) -> None:
    """Raise CampaignError for another ending, a name where a post belongs, a number without a red head."""
    faults = []
    if order.out.suffix.lower() not in (WORD, PDF):
        faults.append(f"“{order.out.name}”应以 .docx 或 .pdf 结尾")
    if fault := post_fault(order.by_post, "形成"):
        faults.append(fault)
    if order.number and not order.red_head:
        faults.append("发文字号只用于红头，请加 --red-head，或去掉 --number")
    if faults:
        raise CampaignError("；".join(faults))
