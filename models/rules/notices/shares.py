"""A delivery's share of all recipients, where several deliver beside one another."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Share:
    """The recipients of one of ``of`` deliveries, the ``part``-th from 1; each recipient is of exactly one.

    Which one is decided by the recipient's tag alone: the same on every machine and at any time.
    Raises ValueError for a part that there is not.
    """

    part: int = 1
    of: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.part <= self.of:
            raise ValueError(f"no part {self.part} of {self.of}")

    @property
    def is_all(self) -> bool:
        """Say whether it is of everybody."""
        return self.of == 1

    def takes(self, tag: str) -> bool:
        """Say whether the recipient behind ``tag`` is one of these."""
        number = int.from_bytes(sha256(tag.encode()).digest()[:8], "big")
        return number % self.of == self.part - 1


EVERYBODY = Share()
