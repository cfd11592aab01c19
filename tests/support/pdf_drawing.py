"""Draws pages of PDF for the tests: letters and rules wherever a test puts them."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

FONT = "STSong-Light"
HEAD = ["序号", "工作任务", "责任单位", "完成时限"]
ROWS = [
    ["1", "梳理执法事项清单", "市司法局", "2026年3月底前"],
    ["2", "开展案卷评查", "市城管局", "2026年6月底前"],
    ["3", "公开执法结果", "市大数据局", "2026年9月底前"],
]
WIDTHS = [40, 140, 120, 110]
LEFT, TOP, HIGH = 70, 120, 24  # of a table, from the upper left corner of the page


def pdf(*pages: Callable[[Any], None], size: tuple[float, float] = (595, 842)) -> bytes:
    """Return a PDF with a page by each of ``pages``, which draw with y from the top."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    kept = BytesIO()
    canvas = Canvas(kept, pagesize=size)
    for draw in pages:
        canvas.setFont(FONT, 10)
        canvas.setLineWidth(0.5)
        draw(Pen(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


class Pen:
    """Draws on one page; every y is from the top."""

    def __init__(self, canvas: Any, high: float) -> None:
        self.canvas, self.high = canvas, high

    def write(self, x: float, y: float, text: str, size: float = 10, step: float = 14) -> None:
        """Write lines with their upper left corner at ``x``, ``y``."""
        self.canvas.setFont(FONT, size)
        for at, line in enumerate(text.split("\n")):
            self.canvas.drawString(x, self.high - y - size - at * step, line)

    def middle(self, x: float, y: float, text: str, size: float = 10, step: float = 14) -> None:
        """Write lines with the middle of the first one's top at ``x``, ``y``."""
        self.canvas.setFont(FONT, size)
        for at, line in enumerate(text.split("\n")):
            self.canvas.drawCentredString(x, self.high - y - size - at * step, line)

    def level(self, y: float, x0: float, x1: float) -> None:
        """Draw a level rule."""
        self.canvas.line(x0, self.high - y, x1, self.high - y)

    def upright(self, x: float, y0: float, y1: float) -> None:
        """Draw an upright rule."""
        self.canvas.line(x, self.high - y0, x, self.high - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float, *, fill: bool = False) -> None:
        """Draw a frame, or a box full of ink."""
        self.canvas.rect(
            x0, self.high - y1, x1 - x0, y1 - y0, stroke=0 if fill else 1, fill=1 if fill else 0
        )


def edges(widths: Sequence[float] = WIDTHS, left: float = LEFT) -> list[float]:
    """Return where columns of these widths begin, and where the last one ends."""
    xs = [float(left)]
    for width in widths:
        xs.append(xs[-1] + width)
    return xs


def write_cells(
    pen: Pen,
    rows: Sequence[Sequence[str]],
    ys: Sequence[float],
    xs: Sequence[float] | None = None,
    *,
    centred: bool = False,
) -> None:
    """Write the cells of a table whose rows begin at ``ys``; \\n begins a new line of a cell."""
    xs = xs or edges()
    for row, top in zip(rows, ys, strict=False):
        for at, cell in enumerate(row):
            if centred:
                pen.middle((xs[at] + xs[at + 1]) / 2, top + 6, cell)
            else:
                pen.write(xs[at] + 5, top + 6, cell)
