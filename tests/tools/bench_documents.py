"""The door's figures: files read whole beside plain libraries, and what counting letters twice costs."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import process_time
from unittest.mock import patch

from tasks.documents.pages import PageRead, Part
from tasks.documents.reading import read_document
from tests.places import DOCUMENTS
from tests.tools.bench_table import Figure, floor, say, taken

PLAN = DOCUMENTS / "01-fazhi-shifan-shishi.txt"
WORDS, PAGES = 10_000, 300  # characters of a plan; pages of the longest that comes
# What somebody would write who only wants the text; in a process of its own, as ours is.
BY_DOCX = (
    "import sys, docx; d = docx.Document(sys.argv[1]); [p.text for p in d.paragraphs];"
    "[[c.text for c in r.cells] for t in d.tables for r in t.rows]"
)
BY_PDFPLUMBER = (
    "import sys, pdfplumber\n"
    "with pdfplumber.open(sys.argv[1]) as pdf:\n"
    "    for page in pdf.pages: page.extract_text(); page.extract_tables(); page.close()"
)


def main() -> None:
    """Print how long files take at the door as rows."""
    with tempfile.TemporaryDirectory() as made:
        for figure in _figures(Path(made)):
            say(figure)


def _figures(folder: Path) -> Iterator[Figure]:
    word, long = folder / "方案.docx", folder / "长.pdf"
    _write_word(word)
    _write_pages(long)
    yield _beside("从 Word 文件读 1 万字", word, "python-docx", BY_DOCX, 5)
    yield _beside(f"从 PDF 读 {PAGES} 页", long, "pdfplumber", BY_PDFPLUMBER, 1)
    for what, parser, path, times in (
        ("Word，字数两遍的代价", "word.pages:word_pages", word, 20),
        ("PDF，字数两遍的代价", "pdf.pages:pdf_pages", long, 2),
    ):
        whole, bare = _counting(parser, path.read_bytes(), times)
        yield Figure("13", what, whole, floor(1.1), "不数", bare)


def _beside(what: str, path: Path, name: str, program: str, times: int) -> Figure:
    ours = min(taken(lambda: read_document(path)) for _ in range(times))
    command = [sys.executable, "-c", program, str(path)]
    theirs = min(taken(lambda: subprocess.run(command, check=True)) for _ in range(times))
    return Figure("13", what, ours, floor(1), name, theirs)


def _counting(parser: str, content: bytes, times: int) -> tuple[float, float]:
    """Return the seconds of a reading in this process, and of one that does not count letters apart."""
    name, _, function = parser.partition(":")
    module = import_module(f"tasks.documents.{name}")

    def read() -> float:
        began = (
            process_time()
        )  # of this process alone: a tenth is less than what a machine swings by
        list(getattr(module, function)(content))
        return process_time() - began

    def uncounted(page: PageRead, held: object) -> Part:
        return page.rows, []

    read()  # what is imported and compiled on first use
    # One after the other: what is patched makes Python forget how it had sped up the code.
    whole = min(read() for _ in range(times))
    with (
        patch.object(PageRead, "part", uncounted),
        patch.object(module, "held_letters", lambda root: [], create=True),
    ):
        return whole, min(read() for _ in range(times))


def _write_word(path: Path) -> None:
    import docx

    document = docx.Document()
    text = PLAN.read_text(encoding="utf-8")
    for line in (text * (WORDS // len(text) + 1))[:WORDS].splitlines():
        document.add_paragraph(line)
    document.save(str(path))


def _write_pages(path: Path) -> None:
    """Write pages of 28 lines, a small ruled table on every tenth."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = "".join(PLAN.read_text(encoding="utf-8").split())
    lines = [text[at : at + 30] for at in range(0, len(text), 30)]
    canvas = Canvas(str(path))
    for page in range(PAGES):
        canvas.setFont("STSong-Light", 12)
        for row in range(28):
            canvas.drawString(90, 760 - row * 24, lines[(page * 28 + row) % len(lines)])
        if page % 10 == 0:
            canvas.grid([80, 200, 520], [628, 652, 676, 700])
        canvas.drawCentredString(300, 40, f"— {page + 1} —")
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main()
