"""Evidence that waits for a ledger: found by its name when the ledger of its sender or its unit comes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.evidence.intake.looking_up import ReceivedLine
from models.evidence.vault.keeping import is_kept, read_kept
from models.rules.evidence.words import Via
from tasks.intake.arrived import Arrived
from tasks.ledgers.rows import by_plain_name, plain_file

LARGEST = 200_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a ledger; ``earlier`` are the ids of what came in with the same batch before it."""

    lines: Sequence[ReceivedLine]
    earlier: Collection[int] = ()

    def of(self, sender: str) -> "Waiting":
        """Return what a ledger of ``sender`` may name."""
        return Waiting(self.lines, self.earlier, sender)


class Waiting:
    """What a ledger may name; nothing is read before it does, and nothing of anybody else."""

    def __init__(
        self, lines: Sequence[ReceivedLine], earlier: Collection[int], sender: str
    ) -> None:
        """Keep the ``lines`` that wait; those ``earlier`` in its batch, or of its ``sender``, are its own."""
        self._lines, self._earlier, self._sender = lines, earlier, sender

    def __call__(self, name: str, unit: str) -> Sequence[Arrived]:
        """Return the files called ``name`` that may be those of ``unit``, each content once.

        What is known to be of the unit is, whichever of its addresses sent it; what is known to be of
        another is not, though the same address sent both.
        """
        wanted = plain_file(name)
        own = [
            kept_file(one)
            for one in self._lines
            if plain_file(one.name) == wanted and self._may_be(one, unit) and is_kept(one.sha256)
        ]
        return by_plain_name(own).get(wanted, [])

    def _may_be(self, one: ReceivedLine, unit: str) -> bool:
        if one.id in self._earlier or (one.unit and one.unit == unit):
            return True
        return not one.unit and self._sender != "" and one.sender == self._sender


def kept_file(one: ReceivedLine) -> Arrived:
    """Return a file that came in before, as it came."""
    return Arrived(
        one.name.rpartition("/")[2],
        read_kept(one.sha256, LARGEST),
        one.sender,
        Via(one.via),
        one.received_at,
        one.sha256,
    )
