"""Lines that repeat, read by the second reader where letters have no height, as without a font."""

import pypdfium2
import pytest

from tasks.documents.pdf.repeated import whole_text

LINE = "ABBA" * 8


def page_of(*places: tuple[float, float]) -> bytes:
    """Return a PDF that says LINE at each of ``places``, in a font whose letters draw nothing."""
    shown = " ".join(f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm ({LINE}) Tj ET" for x, y in places)
    letter = "600 0 0 0 0 0 d1"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0]"
        " /FirstChar 65 /LastChar 66 /Widths [600 600] /CharProcs << /A 6 0 R /B 6 0 R >>"
        " /Encoding << /Type /Encoding /Differences [65 /A /B] >> >>",
        f"<< /Length {len(letter)} >>\nstream\n{letter}\nendstream",
    ]
    file, places_of = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places_of.append(len(file))
        file += f"{number} 0 obj\n{part}\nendobj\n".encode()
    index = "".join(f"{at:010} 00000 n \n" for at in places_of)
    end = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{index}{end}".encode()


@pytest.mark.parametrize(
    ("places", "times"),
    [
        ([(70, 700), (70, 680), (70, 660), (70, 300)], 4),
        ([(70, 700 - 20 * at) for at in range(20)], 20),
        ([(70, 700), (70, 696)], 2),
        ([(70, 700), (71, 700)], 1),  # bold, by printing it again
        ([(70, 700), (70.5, 699.5), (70, 680), (70.5, 679.5)], 2),
    ],
)
def test_a_line_that_comes_again_is_read_again_and_bold_is_read_once(places, times):
    page = pypdfium2.PdfDocument(page_of(*places))[0]

    assert whole_text(page).split() == [LINE] * times
