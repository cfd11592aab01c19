"""Words that are crossed out by hand, or white on white paper: no tracked change, and not hidden by name."""

from typing import Any

from tasks.documents.pages import CROSSED, HIDDEN
from tasks.documents.word.names import BOX, PPR, TABLE, VALUE, W
from tasks.documents.word.styles import CROSSING, Styles

_COLOUR, _SHADE = f"{W}color", f"{W}shd"
_PAPER = {"", "AUTO", "FFFFFF"}
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_EFFECTS = "{http://schemas.microsoft.com/office/word/2010/wordml}"


class InkOfRuns:
    """What the properties of the runs of one part, and their styles, say of their look."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        whites = (each for each in root.iter(_COLOUR) if _is_white(each))
        self._white = next(whites, None) is not None
        self._crossed = styles.any_crossed or next(root.iter(*CROSSING), None) is not None
        self.matters = self._white or self._crossed
        # Whatever lies behind the text may be what white words are read on.
        self._on_a_picture = next(root.iter(f"{W}background"), None) is not None or any(
            each.get("behindDoc") in {"1", "true", "on"} for each in root.iter(_PICTURE)
        )

    def why(self, said: Any, style: str) -> str:
        """Return why words with the properties ``said`` (rPr or None) are not the document's, if so.

        ``style`` is that of their paragraph.
        """
        if self._crossed and self._styles.crosses(said, style):
            return CROSSED
        return HIDDEN if self._white and said is not None and self._unseen(said) else ""

    def _unseen(self, said: Any) -> bool:
        colour = said.find(_COLOUR)
        if colour is None or not _is_white(colour) or self._on_a_picture or _shaded(said):
            return False
        if self._styled(said.find(f"{W}rStyle")) or said.find(f"{W}highlight") is not None:
            return False
        if any(str(each.tag).startswith(_EFFECTS) for each in said):
            return False
        return not any(map(self._may_be_dark, said.iterancestors()))

    def _may_be_dark(self, around: Any) -> bool:
        """Say whether the paragraph, the table or the box around a run may be drawn on a ground of its own."""
        if around.tag == TABLE:
            styled = self._styled(around.find(f"{W}tblPr/{W}tblStyle"))
            return styled or any(_shaded(each.getparent()) for each in around.iter(_SHADE))
        properties = around.find(PPR)
        if properties is not None:
            return _shaded(properties) or self._styled(properties.find(f"{W}pStyle"))
        return bool(around.tag == BOX)

    def _styled(self, named: Any) -> bool:
        """Say whether what names a style, if anything does, names one that may shade."""
        return named is not None and self._styles.shades(named.get(VALUE) or "")


def _is_white(colour: Any) -> bool:
    return (colour.get(VALUE) or "").upper() == "FFFFFF"


def _shaded(said: Any) -> bool:
    shade = said.find(_SHADE)
    if shade is None:
        return False
    pattern = shade.get(VALUE) or "clear"
    return (shade.get(f"{W}fill") or "").upper() not in _PAPER or pattern not in {"clear", "nil"}
