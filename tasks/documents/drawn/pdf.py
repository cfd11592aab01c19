"""Write pages of letters and rules as a PDF, for the one reader that knows tables, columns and page breaks."""

from collections.abc import Iterator, Sequence

from tasks.documents.drawn.page import DrawnLetter, DrawnPage

THICK = 0.6  # of a rule, in points
# The box of a letter as the reader sees it: from a little below its base line to a little below its size.
ASCENT, DESCENT = 880, -120
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/Drawn/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/Drawn/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    f"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Drawn/Flags 4/Ascent {ASCENT}"
    f"/Descent {DESCENT}/CapHeight 700/ItalicAngle 0/StemV 80/FontBBox[0 {DESCENT} 1000 {ASCENT}]>>>>]"
    "/ToUnicode 4 0 R>>"
)
_CODES = 100  # in one list of a table of codes (Adobe technical note 5014)


def drawn_pdf(pages: Sequence[DrawnPage]) -> bytes:
    """Return a PDF with these pages; every letter keeps its place and its text, whatever it is."""
    numbers: dict[str, int] = {}
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    streams = [_drawn(page, numbers) for page in pages]
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        _FONT.encode(),
        _stream(_codes(numbers)),
    ]
    for at, (page, stream) in enumerate(zip(pages, streams, strict=True)):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.wide:.2f} {page.high:.2f}]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {6 + 2 * at} 0 R>>".encode()
        )
        bodies.append(_stream(stream))
    return _file(bodies)


def _drawn(page: DrawnPage, numbers: dict[str, int]) -> bytes:
    parts = [f"{THICK} w"]
    for rule in page.rules:
        parts.append(
            f"{rule.x0:.2f} {page.high - rule.y0:.2f} m {rule.x1:.2f} {page.high - rule.y1:.2f} l S"
        )
    parts.append("BT")
    parts += (_letter(letter, page.high, numbers) for letter in page.letters)
    parts.append("ET")
    return "\n".join(parts).encode()


def _letter(letter: DrawnLetter, high: float, numbers: dict[str, int]) -> str:
    code = numbers.setdefault(letter.text, len(numbers) + 1)
    # Letters are as wide as their size for the font; they are drawn as wide as the room they take.
    share = 100 * letter.wide / letter.size
    return (
        f"/F {letter.size:.2f} Tf {share:.1f} Tz 1 0 0 1 {letter.x:.2f} {high - letter.base:.2f} Tm"
        f" <{code:04X}> Tj"
    )


def _codes(numbers: dict[str, int]) -> bytes:
    """Return which text each code stands for (ISO 32000-1, 9.10.3)."""
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Drawn def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *_lists(list(numbers.items())),
            "endcmap end end",
        ]
    ).encode()


def _lists(codes: Sequence[tuple[str, int]]) -> Iterator[str]:
    for start in range(0, len(codes), _CODES):
        some = codes[start : start + _CODES]
        yield f"{len(some)} beginbfchar"
        yield from (f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for text, code in some)
        yield "endbfchar"


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _file(bodies: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)
