#!/usr/bin/env bash
# A line that comes again right below is gone from pdfium's text when its font is not in the file.
#
# Guess:   the text of a page is every text that the page shows; what font the machine has to show it in is
#          a matter of looks. A page that says who leads in each of its rows says so in its text as often.
# Happens: a text that comes again among the last few, less than about an eighth of its own length away, is
#          taken for one printed twice to make it bold, and dropped, where its letters have no height.
#          They have none when the font is only named (Identity-H, codes told by ToUnicode), whatever the
#          machine has, and with a named GB1 font on a machine without Chinese fonts, as servers are.
#          No error, no mark: FPDFTextObj_GetText of such a text is empty, that is all.
# Version: pypdfium2 5.15.2 (5.0.0 the same).
# Matters: 市委依法治市办、市司法局牵头 in every row of a list: from the second row on nobody leads.
# Instead: we look for texts that gave nothing and lie apart from those before, move them out of the way and
#          ask again; what really lies on its twin is read once.
#
# Use: pdfium-line-said-again.sh [VERSION of pypdfium2]
set -euo pipefail
version=${1:-5.15.2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "pypdfium2==$version"
cat > shown.py <<'PYTHON'
import sys

import pypdfium2

WORDS = "市委依法治市办、市司法局牵头各部门配合"


def stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def page(words: str, apart: int, times: int = 3) -> bytes:
    """Return a PDF that says ``words`` in 12 points, each line ``apart`` points below the last."""
    codes = "".join(f"{ord(letter):04X}" for letter in words)
    lines = "".join(
        f"BT /F 12 Tf 1 0 0 1 70 {780 - apart * at} Tm <{codes}> Tj ET\n" for at in range(times)
    )
    pairs = "".join(f"<{ord(each):04X}> <{ord(each):04X}>\n" for each in dict.fromkeys(words))
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(set(words))} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        stream(lines),
        "<< /Type /Font /Subtype /Type0 /BaseFont /FangSong /Encoding /Identity-H"
        " /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /FangSong /DW 1000 /FontDescriptor 7 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /FangSong /Flags 4 /FontBBox [0 -200 1000 900]"
        " /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
        stream(table),
    ]
    file, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(file))
        file += f"{number} 0 obj\n{part}\nendobj\n".encode()
    index = "".join(f"{at:010} 00000 n \n" for at in starts)
    size = len(parts) + 1
    end = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {size}\n0000000000 65535 f \n{index}{end}".encode()


def found(words: str, apart: int) -> int:
    pdf = pypdfium2.PdfDocument(page(words, apart))
    said = pdf[0].get_textpage().get_text_range().count(words)
    pdf.close()
    return said


STATED = {  # letters, points from line to line -> how many of three lines are in the text
    (6, 12): 3,
    (12, 16): 1,
    (12, 24): 3,
    (19, 20): 1,
    (19, 40): 3,
}
print("pypdfium2", pypdfium2.PYPDFIUM_INFO)
as_stated = True
for (letters, apart), stated in STATED.items():
    seen = found(WORDS[:letters], apart)
    print(f"three lines of {letters} letters, {apart} points apart: {seen} in the text")
    as_stated &= seen == stated
sys.exit(None if as_stated else "It is no longer as stated above.")
PYTHON
venv/bin/python -W ignore shown.py
echo "Seen as stated: a line that comes again right below is not in the text."
