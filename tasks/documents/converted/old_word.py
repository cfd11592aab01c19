"""Turn a .doc into .docx without LibreOffice, which loses a table at the very end of one."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tasks.documents.checks import LARGEST, DocumentError
from tasks.documents.own_folder import own_folder
from tasks.guarded.guard import GivenUp, worker

PARSER = "tasks.documents.converted.old_word:made_in"
FOLDER = "shifan-doc-"
LARGEST_FILE = 500_000_000  # bytes that it may write


def from_doc(content: bytes, name: str) -> bytes:
    """Return the .docx that doc2docx makes of a .doc; raises DocumentError where it cannot.

    It works in a process under limits, as every reader does, and in a folder that is gone afterwards,
    also when we are killed in the middle.
    """
    try:
        with own_folder(FOLDER) as folder, worker(PARSER) as process:
            (folder / "in.doc").write_bytes(content)
            [made] = process.parts(f"{os.getpid()} {folder}".encode())
        return bytes(made)
    except GivenUp as reason:
        raise DocumentError(f"“{name}”{reason}") from None


def made_in(given: bytes) -> Iterator[bytes]:
    """Yield the .docx of the .doc in a folder; whatever it holds of other programs stays unread.

    ``given`` is who waits for it, and the folder, which goes when nobody waits any more.
    """
    parent, _, folder = given.decode().partition(" ")
    yield _made(int(parent), Path(folder))


def _made(parent: int, here: Path) -> bytes:
    from doc2docx import convert
    from doc2docx.cfb import CompoundFileLimits

    _bound_writing()
    limits = CompoundFileLimits(max_input_bytes=LARGEST, max_stream_bytes=LARGEST)
    try:
        convert(here / "in.doc", here / "out.docx", limits=limits)
        return (here / "out.docx").read_bytes()
    finally:
        if os.getppid() != parent:  # nobody else is left to do it
            shutil.rmtree(here, ignore_errors=True)


def _bound_writing() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
