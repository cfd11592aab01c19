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
class WaitsInOne:
    """What waits in one campaign; ``by_sender`` are the units that each address is known to be of there."""

    lines: Sequence[ReceivedLine] = ()
    by_sender: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a ledger, by its campaign; ``earlier`` are the ids of what came in its batch before it.

    ``of_none`` came when nobody knew for which campaign: what a ledger of its sender names is of its own.
    """

    by_campaign: Mapping[int | None, WaitsInOne]
    earlier: Collection[int] = ()
    of_none: Sequence[ReceivedLine] = ()

    def of(self, sender: str) -> "Waiting":
        """Return what a ledger of ``sender`` may name."""
        return Waiting(self, sender)


class Waiting:
    """What a ledger may name; nothing is read before it does, and nothing of anybody else."""

    def __init__(self, waits: Waits, sender: str) -> None:
        """Look among what ``waits``; what came earlier in its batch, or of its ``sender``, is its own."""
        self._waits, self._sender = waits, sender

    def __call__(self, name: str, unit: str, campaign_id: int | None) -> Sequence[Arrived]:
        """Return the files called ``name`` that may be those of ``unit`` in a campaign, each content once.

        What is known to be of the unit is, whichever of its addresses sent it; what is known to be of
        another is not, though the same address sent both.
        """
        wanted = plain_file(name)
        there = self._waits.by_campaign.get(campaign_id, WaitsInOne())
        # An address that is of another unit, too, says nothing of whose a file is.
        alone = self._sender != "" and set(there.by_sender.get(self._sender, ())) <= {unit}
        own = [
            kept_file(one)
            for one in (*there.lines, *self._waits.of_none)
            if plain_file(one.name) == wanted
            and self._may_be(one, unit, alone=alone)
            and is_kept(one.sha256)
        ]
        return by_plain_name(own).get(wanted, [])

    def _may_be(self, one: ReceivedLine, unit: str, *, alone: bool) -> bool:
        if one.id in self._waits.earlier or (one.unit and one.unit == unit):
            return True
        return not one.unit and alone and one.sender == self._sender


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
