"""Turn a .doc into .docx without LibreOffice, which loses a table at the very end of one."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tasks.documents.checks import LARGEST, DocumentError
from tasks.guarded.guard import GivenUp, worker

PARSER = "tasks.documents.converted.old_word:made_in"
FOLDER = "shifan-doc-"


def from_doc(content: bytes, name: str) -> bytes:
    """Return the .docx that doc2docx makes of a .doc; raises DocumentError where it cannot.

    It works in a process under limits, as every reader does, and in a folder that is gone afterwards.
    """
    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    try:
        (folder / "in.doc").write_bytes(content)
        with worker(PARSER) as process:
            [made] = process.parts(str(folder).encode())
        return bytes(made)
    except GivenUp as reason:
        raise DocumentError(f"“{name}”{reason}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def made_in(folder: bytes) -> Iterator[bytes]:
    """Yield the .docx of the .doc in ``folder``; whatever it holds of other programs stays unread."""
    from doc2docx import convert
    from doc2docx.cfb import CompoundFileLimits

    here = Path(folder.decode())
    limits = CompoundFileLimits(max_input_bytes=LARGEST, max_stream_bytes=LARGEST)
    convert(here / "in.doc", here / "out.docx", limits=limits)
    yield (here / "out.docx").read_bytes()
