"""How the cells of a returned ledger are read that do not say plainly what they mean."""

from collections.abc import Collection
from functools import partial

from models.rules.calendar.yearless import Span
from models.rules.evidence.ledgers import SentLedger
from tasks.ledgers.guessing.codes import Codes, mended_demand, mended_piece
from tasks.ledgers.guessing.days import LedgerSpans, mended_day
from tasks.ledgers.numbers.sheets import OWN_FIGURES, OWN_SCORES
from tasks.ledgers.sheets import LEDGER, PIECES
from tasks.workbook.mending import Mend, Mends

_CODE, _PIECE = "编号", "原材料编号"


def ledger_mends(sent: SentLedger, demands: Collection[str], spans: LedgerSpans) -> Mends:
    """Return how the cells of a ledger that was ``sent`` so are read; ``demands`` are those with a target."""
    items = {code for code, _ in sent.rows}
    codes = Codes(items)
    own = {name for name in demands if name.partition("#")[0] in items}
    return {
        (LEDGER.name, _CODE): codes.mended,
        (LEDGER.name, "完成日期"): _day(spans.done),
        (PIECES.name, _CODE): codes.mended_list,
        (PIECES.name, "事实发生日期"): _day(spans.fact),
        (PIECES.name, "承诺日期"): _day(spans.promised),
        (PIECES.name, "有效期至"): _day(spans.expires),
        (PIECES.name, _PIECE): mended_piece,
        (OWN_FIGURES.name, _CODE): partial(mended_demand, items=codes, demands=own),
        (OWN_SCORES.name, _CODE): codes.mended,
    }


def _day(span: Span) -> Mend:
    return partial(mended_day, span=span)
