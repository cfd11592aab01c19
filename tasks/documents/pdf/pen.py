"""Follow the operators of a page that pdfminer passes over: transparency, and layers by their names."""

from collections.abc import Iterable
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

from tasks.documents.pdf.drawing import Print


class Pen(PDFPageInterpreter):
    """Follows the strokes of the pen on a page; knows how thick the colour is laid on."""

    def __init__(self, manager: Any, device: Print) -> None:
        super().__init__(manager, device)
        self._print = device
        self._alphas: list[float] = []

    def do_q(self) -> None:
        self._alphas.append(self._print.alpha)
        super().do_q()

    def do_Q(self) -> None:  # noqa: N802 (named after the operator)
        if self._alphas:
            self._print.alpha = self._alphas.pop()
        super().do_Q()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        alpha = self._print.alpha
        super().do_Do(xobjid_arg)
        self._print.alpha = alpha

    def do_sh(self, name: Any) -> None:
        self._print.washed = True

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        if isinstance(props, PSLiteral):
            props = self._resource("Properties", props)
            props = props if getattr(tag, "name", "") == "OC" else resolve1(props)
        super().do_BDC(tag, props)

    def do_gs(self, name: Any) -> None:
        state = resolve1(self._resource("ExtGState", name))
        alpha = resolve1(state.get("ca")) if isinstance(state, dict) else None
        if isinstance(alpha, int | float) and 0 <= alpha <= 1:
            self._print.alpha = float(alpha)

    def _resource(self, kind: str, name: Any) -> Any:
        known = resolve1(self.resources.get(kind))
        return known.get(getattr(name, "name", "")) if isinstance(known, dict) else None


def layers_off(catalog: Any) -> frozenset[int]:
    """Return the numbers of the layers that are not shown (ISO 32000-1, 8.11.4)."""
    layers = resolve1(catalog.get("OCProperties"))
    chosen = resolve1(layers.get("D")) if isinstance(layers, dict) else None
    off = resolve1(chosen.get("OFF")) if isinstance(chosen, dict) else None
    refs: Iterable[Any] = off if isinstance(off, list) else ()
    return frozenset(ref.objid for ref in refs if isinstance(ref, PDFObjRef))
