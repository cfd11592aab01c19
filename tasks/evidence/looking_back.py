"""Look again at files in the vault whose fact was given another day: when were they made."""

from collections.abc import Iterator, Sequence

from models.errors import CampaignError
from models.evidence.outcomes import PieceOutcome
from models.evidence.vault.keeping import read_kept
from models.files.whole_file import FileFault
from models.rules.evidence.examined import Examined
from tasks.evidence.examining.examine import LARGEST, examine


def seen_again(outcomes: Sequence[PieceOutcome]) -> dict[str, Examined]:
    """Return the files of pieces whose fact is given another day without a new file, by their hash.

    One that is gone from the vault, or too large to be looked at, is left out: its marks stay as they are.
    """
    wanted = {
        one.piece.latest.sha256: one.piece.title
        for one in outcomes
        if one.piece and one.newly_dated and one.piece.latest.sha256
    }
    there: list[str] = []
    files = _kept(wanted, there)
    return {there[at]: found for at, found in enumerate(examine(files, read_scans=False))}


def _kept(wanted: dict[str, str], there: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield title and bytes of each file that can be read, one at a time; its hash is noted in ``there``."""
    for sha256, title in wanted.items():
        try:
            content = read_kept(sha256, LARGEST)
        except (CampaignError, FileFault):
            continue
        there.append(sha256)
        yield title, content
