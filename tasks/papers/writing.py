"""Write a paper: a version kept where something changed, an entry of the audit, a file where it was asked for.

The version and its entry are on the disk before the file is: killed in between, there is an entry and no
file, and the next run writes it. Two runs at once give one version. Written again with nothing changed, the
file is that of the version that is there, whatever the day.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from models.campaign.campaign import Campaign, looking_at, writing_to
from models.errors import CampaignError
from models.evidence.vault import keep, read_kept
from models.files.whole_file import write_whole
from models.keys import key_of
from models.papers.quoting import report_facts
from models.papers.versions import NewPaper, Version, add_version, record_export
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.rules.words import OFFICE, post_fault
from notifications.paper_blocks import Draft, RedHead
from tasks.papers.drafts import report_draft
from tasks.papers.word.document import word_file

LARGEST = 60_000_000  # bytes of a paper


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """What was asked for: where to, by which post, to whom, with a red head or none."""

    out: Path
    by_post: str = OFFICE
    to: str = ""
    red_head: bool = False
    number: str = ""  # 发文字号


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """What came of it, and what the writer should know."""

    version: Version
    lines: tuple[str, ...] = ()


def write_report(slug: str | None, order: PaperOrder, moment: Moment) -> WrittenPaper:
    """Write the self-evaluation report."""
    with looking_at(slug) as (session, campaign):
        facts = report_facts(session, campaign, moment.today)
        draft = report_draft(facts, moment.today, order.to, _head(campaign, order))
    return _written(slug, PaperKind.REPORT, "", draft, order, moment)


def _head(campaign: Campaign, order: PaperOrder) -> RedHead | None:
    return RedHead(f"{campaign.issuer}文件", order.number) if order.red_head else None


def _written(
    slug: str | None, kind: PaperKind, subject: str, draft: Draft, order: PaperOrder, moment: Moment
) -> WrittenPaper:
    if fault := post_fault(order.by_post, "形成"):
        raise CampaignError(fault)
    content = word_file(draft, moment.now, order.by_post)
    paper = NewPaper(
        kind,
        subject,
        draft.title,
        keep(content).sha256,
        draft.characters(),
        len(draft.missing()),
        facts_text(draft),
        order.by_post.strip(),
    )
    with writing_to(slug) as (session, campaign):
        version = add_version(session, key_of(campaign), paper, moment)
        if not version.new:
            content = read_kept(version.sha256, LARGEST)
        made = order.out.name, sha256(content).hexdigest()
        record_export(session, key_of(campaign), version, made, moment)
    write_whole(order.out, content)
    return WrittenPaper(version)


def facts_text(draft: Draft) -> str:
    """Return what a paper says as canonical JSON: two versions differ where this does, whatever the day."""
    said = {
        "head": [draft.red_head.issuer, draft.red_head.number] if draft.red_head else [],
        "figures": [[one.key, one.text, one.note] for one in draft.quoted()],
        "blanks": [one.what for one in draft.missing()],
        "lines": draft.lines(),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
