"""What a unit is asked to show for its part, what it handed in, what is missing, what comes next; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.bounds import shown
from models.rules.evidence.words import EvidenceState
from models.rules.said import day_said, inside
from models.rules.words import Progress

STANDS = (EvidenceState.SUBMITTED, EvidenceState.ACCEPTED)
PIECES_NAMED = 5  # of a part in one line
EXPIRED = "expired"  # in place of a state: it was handed in or accepted, and has run out


@dataclass(frozen=True, slots=True)
class AskedDemand:
    """One demand of an item: its number within the item, its words, whether something has to be shown."""

    ordinal: int
    text: str
    needs_evidence: bool


@dataclass(frozen=True, slots=True)
class AskedPiece:
    """A piece handed in for a part, as its newest revision stands.

    ``state`` is a revision's, or EXPIRED. ``demands`` are the numbers of those it proves; 0 for the part as
    a whole.
    """

    number: int
    title: str
    state: str
    reason: str
    promised_on: date | None
    expires_on: date | None
    demands: Sequence[int]

    @property
    def code(self) -> str:
        """Return what it is called: E0001."""
        return f"E{self.number:04d}"

    @property
    def words(self) -> str:
        """Return what became of it: E0001《通知》通过; a returned one says why, a promise by when."""
        if self.state == EXPIRED:
            ends = f"（有效期到{day_said(self.expires_on)}）" if self.expires_on else ""
            return f"{self.code}《{shown(self.title)}》已过期{ends}"
        said = EvidenceState(self.state).chinese
        if self.state == EvidenceState.RETURNED and self.reason:
            said += f"：{inside(shown(self.reason))}"
        elif self.state == EvidenceState.DRAFT:
            said = f"承诺{day_said(self.promised_on)}前补" if self.promised_on else said
        return f"{self.code}《{shown(self.title)}》{said}"


@dataclass(frozen=True, slots=True)
class PartAsked:
    """A unit's part in an item; ``needs`` says whether anything has to be shown for it."""

    unit: str
    code: str
    title: str
    state: str
    needs: bool
    reported_on: date | None  # for which it was reported as done, before its evidence fell
    demands: Sequence[AskedDemand]
    pieces: Sequence[AskedPiece]

    @property
    def stands(self) -> bool:
        """Say whether something was handed in or accepted for it."""
        return any(one.state in STANDS for one in self.pieces)

    @property
    def returned(self) -> list[AskedPiece]:
        """Return the pieces that were returned and not handed in anew."""
        return [one for one in self.pieces if one.state == EvidenceState.RETURNED]

    @property
    def expired(self) -> list[AskedPiece]:
        """Return the pieces that have run out."""
        return [one for one in self.pieces if one.state == EXPIRED]

    @property
    def unproved(self) -> list[AskedDemand]:
        """Return the demands for which nothing stands; none where a piece stands for the whole part."""
        proved = {n for one in self.pieces if one.state in STANDS for n in one.demands}
        if 0 in proved:
            return []
        return [one for one in self.demands if one.needs_evidence and one.ordinal not in proved]

    @property
    def asked_words(self) -> str:
        """Return what is asked: the demand, of several how many and for which something has to be shown."""
        if not self.needs:
            return "不用交材料"
        if len(self.demands) < 2:
            said = inside(shown(self.demands[0].text)) if self.demands else ""
            return f"{said}（要有证明材料）" if said else "要有证明材料"
        asking = [f"第 {one.ordinal} 条" for one in self.demands if one.needs_evidence]
        whole = len(asking) == len(self.demands)
        return f"{len(self.demands)} 条，{'都' if whole else '、'.join(asking)}要有证明材料"

    @property
    def handed_words(self) -> str:
        """Return what was handed in and what became of it, a piece after another."""
        if not self.pieces:
            return "还没有" if self.needs else ""
        named = "；".join(one.words for one in self.pieces[:PIECES_NAMED])
        more = len(self.pieces) - PIECES_NAMED
        return named + (f"；另有 {more} 份" if more > 0 else "")

    @property
    def lacking_words(self) -> str:
        """Return what is missing; empty where nothing is."""
        if not self.needs:
            return ""
        if not self.stands:
            done = "报了完成，却没有" if self.state == Progress.DONE else "没有"
            return f"{done}已报或通过的材料{self._taken_back}"
        numbers = "、".join(f"第 {one.ordinal} 条" for one in self.unproved)
        return f"{numbers}没有材料{self._taken_back}" if numbers else ""

    @property
    def _taken_back(self) -> str:
        on = self.reported_on
        return f"（{day_said(on)}报的完成因材料退回或到期改回进行中）" if on else ""

    @property
    def next_words(self) -> str:
        """Return what the unit, or the office, does next."""
        if self.returned:
            return f"按退回原因改好 {'、'.join(one.code for one in self.returned)}，再报一次"
        if self.expired and self.lacking_words:
            return f"换上 {'、'.join(one.code for one in self.expired)} 的新版，再报一次"
        if promised := [one for one in self.pieces if one.state == EvidenceState.DRAFT]:
            return f"补上 {'、'.join(one.code for one in promised)} 的文件"
        if self.lacking_words:
            return "在台账的“证明材料”表里报"
        if any(one.state == EvidenceState.SUBMITTED for one in self.pieces):
            return "等创建办审核"
        return ""
