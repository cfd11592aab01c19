"""A target: one recipient on one channel, as everything outside the channels knows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One recipient on one channel, without anything secret: fit for a database, a log, a screen.

    ``id`` is the same in every process and after a restart. ``bucket`` names what the provider
    counts its limit by (two targets may share a robot); it is empty where there is no limit.
    """

    id: str
    kind: str
    privacy: str
    bucket: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.privacy}".strip() + f"（编号 {self.id[:6]}）"
