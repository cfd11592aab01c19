"""Row 14 of the figures: the self-evaluation report of 104 indicators, beside what python-docx takes at the least.

The floor is the same number of paragraphs and table rows put into an empty document by python-docx itself and
saved, no facts read, no footnote, no style. Run by ``python -m tests.tools.bench_papers``.
"""

import os
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from sqlalchemy import update

from models.settings import moment_of
from tests.tools.bench import prepare
from tests.tools.bench_patrol import NOW, TODAY
from tests.tools.bench_table import Figure, at_most, floor, in_turn, say


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFAN_HOME"] = folder
        prepare(Path(folder))
        _say_something()
        for figure in _figures(Path(folder) / "报告.docx"):
            say(figure)


def _say_something() -> None:
    """Let every unit say something of its part, so that the report has words in it."""
    from models.campaign.work import Assignment
    from models.database import open_session

    with open_session() as session:
        said = {"note": "已按要求办结，并接受社会监督", "state": "done", "by_post": "联络员"}
        session.connection().execute(update(Assignment).values(**said))


def _figures(out: Path) -> Iterator[Figure]:
    from tasks.papers.keeping import PaperOrder
    from tasks.papers.writing import write_report

    moment = moment_of(NOW, TODAY)
    write_report("jc", PaperOrder(out), moment)
    written = docx.Document(str(out))
    texts = [one.text for one in written.paragraphs]
    rows = [[cell.text for cell in row.cells] for table in written.tables for row in table.rows]
    number = 0

    def ours() -> None:
        nonlocal number
        number += 1  # another addressee: a version of its own, laid out anew
        write_report("jc", PaperOrder(out, to=f"第{number}办"), moment)

    def bare() -> None:
        document = docx.Document()
        for text in texts:
            document.add_paragraph(text)
        for row in rows:
            document.add_paragraph("".join(row))
        document.save(BytesIO())

    took, least = in_turn(ours, bare, 5)
    what = f"自评报告，104 项指标、6,240 条责任分解，Word，{len(texts)} 段"
    yield Figure("14", what, took, at_most(1.0))
    yield Figure("14", what, took, floor(6), "python-docx 只写同样的段落", least)


if __name__ == "__main__":
    main()
