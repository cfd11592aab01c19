"""Evidence that waits for a ledger: found by its name when the ledger of its sender or its unit comes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from models.evidence.intake.looking_up import ReceivedLine
from models.evidence.vault.keeping import is_kept, read_kept
from models.rules.evidence.words import Via
from tasks.intake.arrived import Arrived
from tasks.ledgers.piece_rows import by_plain_name, plain_file

LARGEST = 200_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a ledger; ``earlier`` are the ids of what came in with the same batch before it.

    ``by_sender`` are the units that each address is known to be of.
    """

    lines: Sequence[ReceivedLine]
    earlier: Collection[int] = ()
    by_sender: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, sender: str) -> "Waiting":
        """Return what a ledger of ``sender`` may name."""
        return Waiting(self, sender)


class Waiting:
    """What a ledger may name; nothing is read before it does, and nothing of anybody else."""

    def __init__(self, waits: Waits, sender: str) -> None:
        """Look among what ``waits``; what came earlier in its batch, or of its ``sender``, is its own."""
        self._lines, self._earlier, self._sender = waits.lines, waits.earlier, sender
        self._units = set(waits.by_sender.get(sender, ()))

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
        # An address that is of another unit, too, says nothing of whose a file is.
        own = self._sender != "" and self._units <= {unit}
        return not one.unit and own and one.sender == self._sender


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
