"""What the files look like that bear a dispatch's number: scans, photographs, or neither for certain."""

from collections.abc import Iterable, Iterator

from models.rules.findings.scans import ScanKind, ScannedPage, ScanVerdict, scan_verdict
from tasks.guarded.many import ManyWorker


def looked_at_scans(files: Iterable[tuple[str, bytes]]) -> Iterator[ScanVerdict]:
    """Yield what each file (name and bytes) looks like: a scan, a photograph, or neither for certain."""
    with ManyWorker("tasks.findings.scanned_pages:pages_seen") as looker:
        for name, content in files:
            answer = looker.look(name, content)
            if answer.fault:
                yield ScanVerdict(ScanKind.DOUBT, answer.fault)
                continue
            media, pages, program = answer.found
            yield scan_verdict(media, [ScannedPage(*page) for page in pages], program)
