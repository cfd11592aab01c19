"""Where the first reader of PDF finds nothing, the second is asked."""

import re

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tasks.documents.reading import read_document
from tests.support.letter_count import lost, pdf_letters, plain


def write(path, pages: list[list[str]]) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pageCompression=1)
    for lines in pages:
        canvas.setFont("STSong-Light", 14)
        for at, line in enumerate(lines):
            canvas.drawString(70, 780 - 24 * at, line)
        canvas.showPage()
    canvas.save()


def test_a_page_whose_stream_is_damaged_is_read_by_the_second(tmp_path):
    """The first reader takes a stream that it cannot unpack for an empty page."""
    path = tmp_path / "方案.pdf"
    pages = [[f"第{page}页第{n}行各乡镇报送进展情况" for n in range(9)] for page in (1, 2)]
    write(path, pages)
    content = path.read_bytes()
    [*_, last] = re.finditer(rb"(?<!end)stream\r?\n", content)
    path.write_bytes(content[: last.start() + 200] + content[last.start() + 201 :])

    document = read_document(path)

    assert [line.text for line in document.lines if line.page == 1] == pages[0]
    assert "第2页第0行" in "".join(line.text for line in document.lines if line.page == 2)
    assert lost(document, plain(pdf_letters(path.read_bytes()))) == 0
