"""What a recording says of itself, and how it is told."""

from dataclasses import dataclass
from datetime import datetime

from models.rules.evidence.examined import Hindrance

SOUND = frozenset({"mp3", "wav", "amr", "aac", "flac"})
LONG = 2 * 3600  # seconds from which on nobody watches it to its end
MOST_BOXES = 2_000  # parts of a container that are passed over
CUT = Hindrance.UNREADABLE, "不完整（可能没有传完），打不开；请重新导出或重新发送"
NOTHING = Hindrance.EMPTY, "时长是零，里面什么也没有录到"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording says of itself: its length in seconds, and the instant it was made; None where it does not."""

    seconds: float | None = None
    made: datetime | None = None
    sound_only: bool = False

    @property
    def notes(self) -> list[str]:
        """Return what of it is not looked at and must be told: sound, and what is very long."""
        long = self.seconds is not None and self.seconds >= LONG
        length = f"{_length(self.seconds)}，" if self.seconds is not None else ""
        if self.sound_only:
            return [f"是录音，{length}里面的话没有核查"]
        return [f"{length}画面和声音没有核查；请写明要看的时段"] if long else []


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    said = ((hours, "小时"), (minutes, "分"), (rest, "秒"))
    told = " ".join(f"{number} {unit}" for number, unit in said if number)
    return "长 " + told if told else "不到 1 秒"


def sane_length(seconds: float) -> float | None:
    """Return a length that a recording can have: up to a hundred days, no infinity."""
    return seconds if 0 <= seconds < 100 * 86_400 else None
