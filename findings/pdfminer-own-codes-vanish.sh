#!/usr/bin/env bash
# Letters of a PDF font with a table of codes of its own vanish, and nothing says so.
#
# Guess:   a font that a file brings with a CMap of its own (ISO 32000-1, 9.7.5.3) is read like one with a
#          CMap that everybody knows; where a reader cannot follow it, it says so or gives (cid:1).
# Happens: pdfminer.six looks the CMap up by its name alone, finds none, and takes an empty one: the codes
#          lead to no letters. There is no character on the page, no warning and no error, although the
#          file says by its ToUnicode map which letters they are; pdfplumber has the same page empty.
# Version: pdfminer.six 20260107 with pdfplumber 0.11.10; pypdfium2 5.15.2 reads the page.
# Matters: such plans look like scans, or lose only the headings that stand in that font.
# Instead: codes that lead to no letters make a page doubtful; a second reader is asked for it, and the
#          page of the one that made more of it is taken.
#
# Use: pdfminer-own-codes-vanish.sh [VERSION of pdfminer.six]
set -euo pipefail
version=${1:-20260107}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "pdfminer.six==$version" pdfplumber==0.11.10 pypdfium2==5.15.2
cat > shown.py <<'PYTHON'
import io
import logging
import sys

import pdfminer
import pdfplumber
import pypdfium2
from pdfminer.high_level import extract_text

TEXT = "法治县创建方案"


def stream(head: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


def cmap(name: bytes, codes: bytes) -> bytes:
    begin = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /%s def" % name
    space = b" 1 begincodespacerange <00> <FF> endcodespacerange "
    return begin + space + codes + b" endcmap end end"


system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
last = len(TEXT)
shows = b" ".join(b"<%02X> <%04X>" % (at, ord(letter)) for at, letter in enumerate(TEXT, 1))
draw = b"BT /F1 14 Tf 72 700 Td <%s> Tj ET" % bytes(range(1, last + 1)).hex().encode()


def file_with(encoding: bytes, content: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"", content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding %s /DescendantFonts [7 0 R]"
        b" /ToUnicode 8 0 R >>" % encoding,
        stream(
            b"/Type /CMap /CMapName /Own " + system,
            cmap(b"Own", b"1 begincidrange <01> <%02X> 1 endcidrange" % last),
        ),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song %s /DW 1000"
        b" /FontDescriptor 9 0 R >>" % system,
        stream(b"", cmap(b"Shown", b"%d beginbfchar %s endbfchar" % (last, shows))),
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        b" /Ascent 900 /Descent -200 /CapHeight 900 /StemV 80 >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    index = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 10\n0000000000 65535 f \n%strailer\n<< /Size 10 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (index, len(made))
    )


said = io.StringIO()
logging.basicConfig(stream=said, level=logging.WARNING)
own = file_with(b"6 0 R", draw)
known = file_with(b"/Identity-H", draw.replace(b"<", b"<00").replace(
    bytes(range(1, last + 1)).hex().encode(),
    b"00".join(b"%02x" % at for at in range(1, last + 1)),
))
print("pdfminer.six", pdfminer.__version__)
seen = {}
for name, content in (("a CMap that everybody knows", known), ("a CMap of its own", own)):
    first = extract_text(io.BytesIO(content)).strip()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        letters = len(pdf.pages[0].chars)
    second = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    seen[name] = (first, letters, second)
    print(f"{name}: pdfminer {first!r}, pdfplumber {letters} characters, pdfium {second!r}")
print(f"said in the log: {said.getvalue()!r}")
stated = {
    "a CMap that everybody knows": (TEXT, last, TEXT),
    "a CMap of its own": ("", 0, TEXT),
}
sys.exit(None if seen == stated and not said.getvalue() else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: letters that are drawn and named in the file are on no page."
