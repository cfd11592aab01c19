"""Evidence that came before its ledger: found by its name when the same sender's ledger comes."""

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
        own = [
            one for one in self.lines if one.id in self.earlier or (sender and one.sender == sender)
        ]
        return Waiting(own)


class Waiting:
    """What waits of one sender; nothing is read before a ledger names it, and nothing of anybody else."""

    def __init__(self, lines: Sequence[ReceivedLine]) -> None:
        """Keep the ``lines`` of one sender, or of one batch."""
        self._lines = lines

    def __call__(self, name: str) -> Sequence[Arrived]:
        """Return the files called ``name``, each content once."""
        wanted = plain_file(name)
        own = [
            Arrived(
                one.name.rpartition("/")[2],
                read_kept(one.sha256, LARGEST),
                one.sender,
                Via(one.via),
                one.received_at,
                one.sha256,
            )
            for one in self._lines
            if plain_file(one.name) == wanted and is_kept(one.sha256)
        ]
        return by_plain_name(own).get(wanted, [])
