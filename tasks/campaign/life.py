"""A campaign's life from the outside: listed, renamed, closed, opened again, put away, removed."""

from dataclasses import dataclass
from datetime import date

from models.campaign import ending
from models.campaign.campaign import campaign_named, campaigns, open_campaign
from models.campaign.foreseen import ArchiveFile, archive_files
from models.campaign.moves import Occasion
from models.database import open_session
from models.errors import ProgressError
from models.files.home import home
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.typed_words import as_typed
from models.rules.words import CampaignState, post_fault
from tasks.file_names import campaign_folder


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign in a list."""

    slug: str
    label: str
    title: str
    state: str
    closed_on: date | None
    is_demo: bool
    archive: ArchiveFile | None = None  # the last, where there is one

    @property
    def what_next(self) -> str:
        """Return where it lies, and what may be done with it from here."""
        kept = f"{self.archive.day} 归档在 {self.archive.file}；" if self.archive else ""
        if self.state == CampaignState.OPEN:
            return f"{kept}结束后可以归档（close、archive）"
        if self.state == CampaignState.CLOSED:
            return f"{kept}可以归档（archive）、恢复（reopen）"
        return f"{kept}可以恢复（reopen）"

    @property
    def hash_line(self) -> str:
        """Return a line that says the whole hash of its last archive; empty where there is none."""
        return (
            f"{self.archive.file} 的指纹（SHA-256）：{self.archive.sha256}" if self.archive else ""
        )

    @property
    def state_in_words(self) -> str:
        """Return 进行中, or that it ended and when."""
        words = CampaignState(self.state).chinese
        return f"{words}（{self.closed_on}）" if self.closed_on else words

    def as_json(self) -> dict[str, object]:
        """Return the object that ``--json`` prints."""
        return {
            "campaign": self.slug,
            "title": self.title,
            "state": self.state,
            "closed_on": self.closed_on.isoformat() if self.closed_on else None,
            "demo": self.is_demo,
            "archive": self.archive,
        }


def campaign_rows(*, archived: bool = False) -> list[CampaignRow]:
    """Return the campaigns that are not archived (all but removed ones with ``archived``)."""
    with open_session(read_only=True) as session:
        kept = archive_files(session)
        return [
            CampaignRow(
                c.slug, c.label, c.title, c.state, c.closed_on, c.is_demo, kept.get(key_of(c))
            )
            for c in campaigns(session, ended=True)
            if archived or c.state != CampaignState.ARCHIVED
        ]


def close_campaign(name: str, by: str, reason: str, moment: Moment) -> str:
    """End a campaign: nothing more is patrolled, asked or sent for it; return what came of it."""
    said = said_by(by, "结束", reason, moment)
    with open_session() as session:
        campaign = open_campaign(session, name)
        questions, notices = ending.close(session, campaign, said)
        return (
            f"{campaign.label}：已结束，{questions} 个待决定的审批失效，"
            f"{notices} 条没有发出的提醒不再发送；仍可查看"
        )


def archive_next(name: str, by: str) -> str:
    """Return what is said to whoever has closed a campaign and not archived it."""
    typed = f"shifan campaign archive {as_typed(name)} --by {as_typed(by)}"
    return f"要存成一个能长期保管的文件：{typed}"


def reopen_campaign(name: str, by: str, reason: str, moment: Moment) -> str:
    """Let a campaign go on that was closed by mistake; return what came of it."""
    said = said_by(by, "恢复", reason, moment)
    with open_session() as session:
        campaign = campaign_named(session, name)
        count = ending.reopen(session, campaign, said)
        return (
            f"{campaign.label}：已恢复，{count} 条当时没有发出的提醒重新等待发送；"
            "下一次巡查重新请求审批"
        )


def rename_campaign(name: str, new: str, by: str, moment: Moment) -> str:
    """Call a campaign by another name; return what came of it."""
    said = said_by(by, "改简称", "改简称", moment)
    with open_session() as session:
        campaign = campaign_named(session, name)
        before = campaign.label
        ending.rename(session, campaign, new, said)
        after = campaign.label
    lists = home() / "checklists"
    old, folder = lists / campaign_folder(before), lists / campaign_folder(after)
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    return f"“{before}”改称“{after}”，此前发出的表格仍可装回"


def remove_campaign(name: str, by: str, reason: str, moment: Moment) -> str:
    """Take a demonstration, or one that was never patrolled, out of sight; return what came of it."""
    said = said_by(by, "移除", reason, moment)
    with open_session() as session:
        campaign = campaign_named(session, name)
        label = campaign.label
        ending.remove(session, campaign, said)
        return f"{label}：已移除，不再列出，简称可以再用；记录链里留有它的记录"


def said_by(by: str, deed: str, reason: str, moment: Moment) -> Occasion:
    """Return who does it, when and why; raises ProgressError where nobody or no reason is named."""
    faults = post_fault(by, deed), "" if reason.strip() else "没有写明理由"
    if any(faults):
        raise ProgressError("；".join(filter(None, faults)))
    return Occasion(by.strip(), moment, reason.strip())
