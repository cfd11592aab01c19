"""What a round of delivery came to, in words."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from models.rules.notices.rule_words import NO_WAY
from models.rules.words import PREVIEW


@dataclass(slots=True)
class Delivered:
    """What one round came to: messages made, deliveries by result, notices that wait or cannot go."""

    messages: int = 0
    sent: int = 0
    repeated: int = 0
    refused: int = 0
    resting: int = 0
    held: int = 0
    held_until: datetime | None = None
    over_budget: int = 0
    dead: int = 0
    unsendable: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    preview: bool = False
    clock: str = ""  # why the clock is not believed, or what was taken back when it was again

    def in_words(self) -> str:
        """Return the round in one line."""
        parts = [f"发出 {self.sent} 条消息"]
        if self.preview:
            parts = [f"{PREVIEW}到那时将发出 {self.messages} 条消息，现在没有写入，也没有发送"]
        if self.clock:
            parts.append(self.clock)
        if self.repeated:
            parts.append(f"其中 {self.repeated} 条标明重发")
        if self.refused:
            parts.append(
                f"{self.refused} 条被拒，稍后重试或已停止，原因见 shifan notices list 和 dead"
            )
        if self.resting:
            parts.append(f"{self.resting} 条因通道限速稍后再发")
        if self.held and self.held_until:
            parts.append(f"{self.held} 条提醒等到 {self.held_until:%m-%d %H:%M} 再发")
        if self.over_budget:
            parts.append(f"{self.over_budget} 条超出每周次数，等领导同意（shifan burden）")
        if self.dead:
            parts.append(f"{self.dead} 条消息没有送达，已改报他人")
        parts += [f"{n} 条提醒没有发出：{NO_WAY[reason]}" for reason, n in self.unsendable.items()]
        if self.faults:
            parts.append(f"通道配置有 {len(self.faults)} 处不能使用，请运行 shifan channels check")
        return "；".join(parts)

    def as_json(self) -> dict[str, object]:
        """Return the object that ``--json`` prints; keys are added, never renamed."""
        return {
            "preview": self.preview,
            "clock": self.clock,
            "messages": self.messages,
            "sent": self.sent,
            "repeated": self.repeated,
            "refused": self.refused,
            "resting": self.resting,
            "held": self.held,
            "held_until": self.held_until.isoformat() if self.held_until else None,
            "over_budget": self.over_budget,
            "dead": self.dead,
            "unsendable": dict(self.unsendable),
            "channel_faults": len(self.faults),
        }
