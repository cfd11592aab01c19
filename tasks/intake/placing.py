"""Give files of which nobody knew the campaign the one that a person names."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.campaign.campaign import writing_to
from models.errors import NotFoundError, ProgressError
from models.evidence.intake.late import place_files
from models.evidence.intake.looking_up import ReceivedLine, received_lines
from models.evidence.intake.placing import Placed, campaigns_of, place_in_campaigns
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Via
from models.rules.words import post_fault
from models.settings import local_day
from tasks.intake.arrived import Arrived
from tasks.intake.belonging.campaigns import WAITS
from tasks.intake.belonging.late import attach_late
from tasks.intake.belonging.whose import whose_files
from tasks.publicity.arriving import CameIn, take_named_files


@dataclass(frozen=True, slots=True)
class PlacedFiles:
    """How many files are of the campaign now that were of none, and how many a ledger was waiting for."""

    placed: int
    attached: int

    @property
    def line(self) -> str:
        """Return it in one line."""
        if not self.placed:
            return "这些文件早已归入，没有变化"
        late = f"，其中 {self.attached} 个有台账在等，已经挂上" if self.attached else ""
        return f"归入 {self.placed} 个文件{late}"


def place_files_in(
    slug: str | None, numbers: Sequence[int], by_post: str, moment: Moment
) -> PlacedFiles:
    """Give the files of ``numbers`` the campaign, and attach those that one of its ledgers lacks.

    All or none; the same again changes nothing, killed midway it attaches what is left. Whose a file is
    is reckoned as when it comes. Raises NotFoundError for numbers that are none, ProgressError where
    one is of another campaign already, or ``by_post`` is no post.
    """
    if fault := post_fault(by_post, "归入"):
        raise ProgressError(fault)
    if not numbers:
        raise NotFoundError("没有写编号；编号见 shifan intake list")
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        known = campaigns_of(session, numbers)
        if missing := sorted(set(numbers) - set(known)):
            raise NotFoundError(
                f"没有收到过编号为 {_some(missing)} 的文件；编号见 shifan intake list"
            )
        others = sorted(n for n, of in known.items() if of not in (None, campaign_id))
        if others:
            raise ProgressError(f"编号 {_some(others)} 的文件已归入别的创建活动，一个也没有改")
        lines = [one for one in received_lines(session, None, waiting=True) if one.id in known]
        placed = place_in_campaigns(
            session, dict.fromkeys(known, campaign_id), Placed(moment, WAITS, by_post)
        )
        files = [(one.id, _arrived(one)) for one in lines]
        whose = whose_files(session, campaign_id, [file for _, file in files], [])
        units = {id_: whose.of(file).unit_id for id_, file in files}
        place_files(session, {id_: unit for id_, unit in units.items() if unit})
        came = [
            CameIn(id_, unit, file.name, local_day(file.received_at))
            for id_, file in files
            if (unit := units[id_])
        ]
        take_named_files(session, campaign_id, came, moment)
    late = attach_late(campaign_id, moment)
    return PlacedFiles(placed, sum(one.attached for id_, one in late.items() if id_ in known))


def _arrived(one: ReceivedLine) -> Arrived:
    """Return a file as its name and sender say whose it is; its content says nothing of that."""
    return Arrived(one.name, b"", one.sender, Via(one.via), one.received_at, one.sha256)


def _some(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:20])) + ("等" if len(numbers) > 20 else "")
