"""The papers of a campaign, their versions, and what changed between two of them."""

from collections.abc import Sequence

from sqlmodel import Session

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.keys import key_of
from models.papers.differences import PaperChange, paper_changes
from models.papers.versions import Version, facts_of_version, versions_of
from models.rules.figures.words import PaperKind


def paper_list(slug: str | None) -> tuple[str, Sequence[Version]]:
    """Return what the campaign is called and every version of its papers."""
    with looking_at(slug) as (session, campaign):
        return campaign.label, versions_of(session, key_of(campaign))


def compare_versions(
    slug: str | None, kind: str, subject: str, numbers: tuple[int | None, int | None]
) -> tuple[str, Sequence[PaperChange]]:
    """Return a line about two versions of a paper, the newest two by default, and what changed.

    Raises NotFoundError for a kind or a version that is none.
    """
    meant = paper_kind(kind)
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        old, new = _numbers(session, campaign_id, (meant, subject), numbers)
        name = f"{campaign.label}：{meant.chinese}" + (f"（{subject}）" if subject else "")
        if old == new:
            return f"{name}只有第 {new} 版，没有可比较的", []
        before, after = (
            facts_of_version(session, campaign_id, meant, subject, number) for number in (old, new)
        )
    found = paper_changes(before, after)
    line = f"{name}第 {old} 版到第 {new} 版"
    return (f"{line}，{len(found)} 处变化", found) if found else (f"{line}没有变化", [])


def paper_kind(word: str) -> PaperKind:
    """Return the kind that ``word`` names. Raises NotFoundError that lists them."""
    found = next((one for one in PaperKind if word.strip() in (one.value, one.chinese)), None)
    if found is None:
        raise NotFoundError(f"没有“{word}”这种文书，有：{'、'.join(k.chinese for k in PaperKind)}")
    return found


def _numbers(
    session: Session,
    campaign_id: int,
    of: tuple[PaperKind, str],
    asked: tuple[int | None, int | None],
) -> tuple[int, int]:
    kind, subject = of
    have = [
        one.number
        for one in versions_of(session, campaign_id)
        if (one.kind, one.subject) == (kind, subject)
    ]
    if not have:
        named = f"（{subject}）" if subject else ""
        raise NotFoundError(
            f"还没有形成{kind.chinese}{named}，先运行 shifan papers write {kind.value}"
        )
    new = asked[1] or have[0]
    old = asked[0] or next((number for number in have if number < new), new)
    return old, new
