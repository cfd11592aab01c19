"""What is laid out for print is read by its codes: which fonts a machine has makes no difference."""

import numpy
import pypdfium2
import pytest

from tasks.evidence.examining.look import look_into
from tasks.guarded.many import ManyWorker
from tests.support.evidence_files import pdf_file

WORDS = "法治政府建设示范创建工作总结"


def read_and_drawn(name: str, content: bytes) -> tuple[str, int]:
    """Return the text of a PDF and how many dark dots its first page has when it is drawn afterwards."""
    text = look_into(name, content)[3]
    page = pypdfium2.PdfDocument(content)[0].render().to_pil().convert("L")
    return text, int((numpy.asarray(page) < 128).sum())


@pytest.mark.parametrize("pages", [1, 3])
def test_the_text_of_a_pdf_is_read_without_the_fonts_of_the_machine(pages):
    with ManyWorker(f"{__name__}:read_and_drawn") as process:
        answer = process.look("通知.pdf", pdf_file(*[WORDS] * pages))

    text, dark = answer.found
    assert text.splitlines() == [WORDS] * pages
    assert dark == 0  # letters that are not embedded have no shape here, and their text is whole
