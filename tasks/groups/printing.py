"""Print the list of the groups as Word or PDF: posts and units, never names."""

from datetime import date
from itertools import groupby
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import CampaignError
from models.files.whole_file import write_whole
from models.groups.listing import GroupLine, group_lines
from models.keys import key_of
from models.papers.quoted import Dated
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from notifications.paper_blocks import Draft
from notifications.paper_drafting import drafted
from tasks.groups.showing import no_groups_in_words
from tasks.lists.belonging import GROUPS
from tasks.papers.drafts import aim_of, day_in_words
from tasks.papers.keeping import PDF, WORD
from tasks.papers.pdf import pdf_of
from tasks.papers.word.document import word_file


def print_groups(slug: str | None, out: Path, day: date, moment: Moment) -> str:
    """Write the groups as they are on ``day`` to ``out``; return it in words. Repeatable.

    Raises CampaignError for another ending, or where the plan names no groups.
    """
    if out.suffix.lower() not in (WORD, PDF):
        raise CampaignError(f"“{out.name}”应以 .docx 或 .pdf 结尾")
    with looking_at(slug) as (session, campaign):
        lines = group_lines(session, key_of(campaign), day)
        aim, issuer = aim_of(campaign.title, campaign.issuer), campaign.issuer
    if not lines:
        raise CampaignError(f"没有可以打印的：{no_groups_in_words(slug)}")
    draft = groups_draft(lines, aim, issuer, day)
    content, said = word_file(draft, moment.now, OFFICE), ""
    if out.suffix.lower() == PDF:
        content, said = pdf_of(content, draft, draft.title, moment.now)
    write_whole(out, content)
    seats = sum(len(one.seats) for one in lines)
    return f"已写到 {out.name}：{len(lines)} 个组、{seats} 个席位（{day}）" + (
        f"；{said}" if said else ""
    )


def groups_draft(lines: list[GroupLine], aim: str, issuer: str, day: date) -> Draft:
    """Return the list: each group with its seats in the order of the plan, then its duties."""
    title = f"{aim}{GROUPS}"
    values = {
        "title": title,
        "groups": [(one, _rows(one)) for one in lines],
        "today": Dated(day_in_words(day)),
        "issuer": issuer,
    }
    return Draft(title, drafted("groups", **values), values=values)


def _rows(group: GroupLine) -> list[tuple[str, str]]:
    """Return a row for each post, and one for all units of a role together."""
    rows: list[tuple[str, str]] = []
    for (word, is_unit), seats in groupby(group.seats, key=lambda one: (one.word, one.is_unit)):
        holders = [one.holder for one in seats]
        rows += [(word, "、".join(holders))] if is_unit else [(word, one) for one in holders]
    return rows
