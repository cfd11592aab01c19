"""Why a light is what it is, in an office's words: the fact, its day and where it comes from; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.bounds import shown
from models.rules.evidence.ledgers import STATE
from models.rules.figures.periods import period_in_words
from models.rules.said import day_said, inside
from models.rules.words import Light, Progress

DISPUTES_NAMED = 3  # of a part, and as many figures


@dataclass(frozen=True, slots=True)
class Lit:
    """A light, and what the rule of lights looked at."""

    light: Light
    state: Progress
    due: date | None
    begin_by: date | None
    done_on: date | None

    @property
    def words(self) -> str:
        """Return the light and the fact that made it: 红（逾期），时限2025年7月20日已过，登记为进行中."""
        return f"{self.light.chinese}，{self._fact}"

    @property
    def _fact(self) -> str:
        if self.state == Progress.DROPPED:
            return "登记为不适用"
        if self.state == Progress.DONE:
            return f"登记为已完成{f'（{day_said(self.done_on)}）' if self.done_on else ''}"
        if self.due is None:
            return f"没有写明时限，登记为{self.state.chinese}"
        due, state = day_said(self.due), f"登记为{self.state.chinese}"
        if self.light == Light.RED:
            return f"时限{due}已过，{state}"
        if self.light == Light.YELLOW and self.begin_by:
            return f"{day_said(self.begin_by)}以前应当开始，{state}，时限{due}"
        if self.light == Light.BLUE:
            return f"五个工作日内到期（时限{due}），{state}"
        return f"时限{due}还没有临近，{state}"

    @staticmethod
    def registered(on: date, by: str, state: Progress, file: str) -> str:
        """Return that ``by`` registered ``state``, by a ledger where ``file`` names one."""
        through = f"，据收回的台账《{shown(file)}》" if file else ""
        return f"{day_said(on)}{by}登记为{state.chinese}{through}"

    @staticmethod
    def lost(on: date, by: str, reason: str, done_on: str | None) -> str:
        """Return that evidence fell, and what was reported as done is under way again."""
        first = f"（原报{day_said(date.fromisoformat(done_on))}完成）" if done_on else ""
        return f"{day_said(on)}{by}，{reason}，已完成改回进行中{first}"

    @staticmethod
    def stands(on: date, by: str, pieces: Iterable[str]) -> str:
        """Return that evidence stands again, and with it what was reported."""
        named = "、".join(pieces)
        return f"{day_said(on)}{by}，{f'材料 {named} ' if named else '材料'}补上或通过，恢复已完成"


@dataclass(frozen=True, slots=True)
class Disputed:
    """A field on which a returned ledger says something else than what is registered."""

    field: str
    standing: str
    offered: str
    file: str
    found_on: date

    @property
    def words(self) -> str:
        """Return both sides, and which of them counts until somebody says so."""
        counts = "，认定以前灯按登记的算" if self.field == STATE else ""
        return (
            f"{self.field}有两种说法，还没有认定：登记的是“{shown(self.standing) or '空'}”，"
            f"{day_said(self.found_on)}收回的台账{f'《{shown(self.file)}》' if self.file else ''}"
            f"写的是“{shown(self.offered) or '空'}”{counts}（见 shifan ledger conflicts）"
        )


@dataclass(frozen=True, slots=True)
class ShortFigure:
    """A figure that falls short of its target."""

    demand: int
    said: str
    period: str
    source: str
    by: str
    on: date

    @property
    def words(self) -> str:
        """Return the figure with its period, its source and who gave it when."""
        period = f"{period_in_words(self.period)}" if self.period else ""
        source = f"来源：{inside(shown(self.source))}，" if self.source else ""
        return f"第 {self.demand} 条{period}{self.said}（{source}{day_said(self.on)}{self.by}登记）"


@dataclass(frozen=True, slots=True)
class PartLit:
    """The light of a unit's part (W5/市司法局) with its source, what is disputed, what falls short."""

    name: str
    lit: Lit
    source: str
    disputed: Sequence[Disputed]
    short: Sequence[ShortFigure]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return what is to be said, each under its head; figures move no light, and that is said too."""
        told = [("灯", self.lit.words), ("依据", self.source or "还没有人登记过，按方案的时限算")]
        for head, found in (("分歧", self.disputed), ("数据未达标，灯不按数据算", self.short)):
            if words := [one.words for one in found[:DISPUTES_NAMED]]:
                more = len(found) - DISPUTES_NAMED
                told.append((head, "；".join(words) + (f"；另有 {more} 处" if more > 0 else "")))
        return told
