"""Evidence that came before its ledger: found by its name when the same sender's ledger comes."""

from collections.abc import Sequence

from models.evidence.intake.looking_up import ReceivedLine
from models.evidence.vault.keeping import is_kept, read_kept
from models.rules.evidence.words import Via
from tasks.intake.arrived import Arrived
from tasks.ledgers.rows import by_plain_name, plain_file

LARGEST = 200_000_000  # bytes of one file


class Waiting:
    """What waits of one sender; nothing is read before a ledger names it, and nothing of anybody else."""

    def __init__(self, lines: Sequence[ReceivedLine], sender: str) -> None:
        """Keep those ``lines`` that came from ``sender``; what came without one waits for a person."""
        self._lines = [one for one in lines if sender and one.sender == sender]

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
