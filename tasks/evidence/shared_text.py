"""What the text of a piece shares with another's, read anew from both files for whoever decides."""

from collections.abc import Mapping, Sequence

from models.errors import CampaignError
from models.evidence.life import Life, LifeMark
from models.evidence.vault.keeping import read_kept
from models.rules.evidence.passages import shared_passages
from tasks.evidence.examining.examine import LARGEST, examine

COPIED = "copied-text"
MOST_MARKS = 3  # that are read for


def passages_of(life: Life) -> Mapping[int, Sequence[str]]:
    """Return by the number of each mark of copied text that waits what both texts share, the longest first.

    Of the first three marks; files are opened in a guarded child. A file that is gone or cannot be read
    gives nothing.
    """
    waiting = [one for one in life.marks if one.check_id == COPIED and not one.verdict]
    hashes = {revision.number: revision.sha256 for revision in life.revisions}
    found = {}
    for mark in waiting[:MOST_MARKS]:
        own, other = _texts(hashes.get(mark.revision, ""), mark)
        found[mark.id] = shared_passages(own, other)
    return found


def _texts(sha256: str, mark: LifeMark) -> tuple[str, str]:
    try:
        files = [(one, read_kept(one, LARGEST)) for one in (sha256, mark.other_sha256 or "")]
    except CampaignError:
        return "", ""
    own, other = examine(files, read_scans=False)
    return own.text, other.text
