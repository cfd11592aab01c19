"""What the first reader of PDF cannot read right, the second one reads."""

import pytest

from tasks.documents.faults import DocumentError
from tasks.documents.pdf.garbled import is_garbled, reads_better
from tasks.documents.reading import read_document
from tests.support.pdf_drawing import FONT, HEAD, LEFT, ROWS, TOP, WIDTHS, Pen, edges, write_cells
from tests.support.raw_pdf import raw_pdf

GB = "全世界的法治政府建设示范创建工作方案".encode("gb18030")

# A font with codes of one byte by a table of its own, which says what each shows elsewhere.
COMPOSED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding 6 0 R /DescendantFonts [7 0 R]"
    b" /ToUnicode 8 0 R >>"
)


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


CODES = (
    _stream(
        b"/Type /CMap /CMapName /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >>",
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def"
        b" 1 begincodespacerange <00> <FF> endcodespacerange"
        b" 1 begincidrange <01> <03> 1 endcidrange endcmap end end",
    ),
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe)"
    b" /Ordering (Identity) /Supplement 0 >> /DW 3000 >>",
    _stream(
        b"",
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Shown def"
        b" 1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar"
        b" <01> <6CD56CBB53BF> <02> <521B5EFA65B96848> <03> <7F1653F7> endbfchar endcmap end end",
    ),
)


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("关于红军作战的原则".encode("gb18030").decode("latin-1"), True),
        ("关于红军作战的原则", False),
        ("élève à l'école, où l'été", False),
        ("£±§", False),  # too few to say
        ("\x00" * 8, True),  # letters without a code
        ("\x00" * 7, False),
        ("\x00" * 8 + "法" * 11, True),
        ("\x00" * 8 + "法" * 12, False),
        ("", False),
    ],
)
def test_bytes_of_another_encoding_are_seen(text, garbled):
    assert is_garbled(list(text)) == garbled


@pytest.mark.parametrize(
    ("second", "first", "better"),
    [
        ("全世界", "È«ÊÀ½ç", True),
        ("全世界", "全世界", False),
        ("", "È«ÊÀ½ç", False),
        ("three words here", "", True),
        ("全世界", "□□□", True),
        ("qq;", "□□□", False),  # no better than letters nobody knows
    ],
)
def test_the_reader_that_made_more_of_a_page_is_taken(second, first, better):
    assert reads_better(second, first) == better


def test_chinese_in_a_font_of_western_letters_is_read(tmp_path):
    # The font's name is 宋体 in bytes of GB 2312, as old programs wrote it.
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /#CB#CE#CC#E5 /Encoding /WinAnsiEncoding"
    font += b" /FirstChar 0 /LastChar 255 /Widths [" + b"500 " * 256 + b"] >>"
    path = tmp_path / "方案.pdf"
    path.write_bytes(raw_pdf(font, b"BT /F1 14 Tf 72 700 Td <" + GB.hex().encode() + b"> Tj ET"))

    assert [line.text for line in read_document(path).lines] == [GB.decode("gb18030")]


def test_letters_whose_codes_the_first_reader_does_not_follow_are_read(tmp_path):
    path = tmp_path / "方案.pdf"
    path.write_bytes(raw_pdf(COMPOSED, b"BT /F1 14 Tf 72 700 Td <0102030102> Tj ET", *CODES))

    assert [line.text for line in read_document(path).lines] == ["法治县创建方案编号法治县创建方案"]


@pytest.mark.parametrize("strength", [40, 128])
@pytest.mark.parametrize("opened", ["", "x7"], ids=["owner alone", "both"])
def test_a_file_locked_against_copying_is_read_with_its_tables(tmp_path, opened, strength):
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    path = tmp_path / "方案.pdf"
    lock = StandardEncryption(opened, "owner", canCopy=0, strength=strength)
    canvas = Canvas(str(path), encrypt=lock)
    pen = Pen(canvas, 842)
    pen.write(70, 60, "芦汀县法治建设实施方案", 14)
    xs, ys = edges(WIDTHS, LEFT), [TOP + 24 * n for n in range(5)]
    for y in ys:
        pen.level(y, xs[0], xs[-1])
    for x in xs:
        pen.upright(x, ys[0], ys[-1])
    write_cells(pen, [HEAD, *ROWS], ys, xs)
    canvas.save()

    if opened:
        with pytest.raises(DocumentError, match="密码"):
            read_document(path)
        return
    document = read_document(path)
    assert [list(line.cells) or line.text for line in document.lines] == [
        "芦汀县法治建设实施方案",
        HEAD,
        *ROWS,
    ]
    assert not document.not_read
