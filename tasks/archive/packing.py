"""Where the things of an archive are written: each below the folder that the archive unpacks to."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models.rules.calendar.moment import Moment
from tasks.packages.pieces import pieces_of
from tasks.packages.sinks import Sink


@dataclass(frozen=True, slots=True)
class Packing:
    """Where an archive is packed: the sink, the folder within it, a place for drafts, and when."""

    sink: Sink
    root: str
    place: Path
    moment: Moment

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file piece by piece, however many there are."""
        self.sink.add(f"{self.root}/{name}", pieces, self.moment.now)

    def add(self, name: str, content: bytes) -> None:
        """Write a small file."""
        self.stream(name, [content])

    def copy(self, name: str, path: Path) -> None:
        """Write a file of any size."""
        self.stream(name, pieces_of(path, lambda _: None))
