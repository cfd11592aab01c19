"""The text of a paragraph: what the paper shows, and what it does not with the reason."""

from collections.abc import Callable
from typing import Any

from models.plan.reading.text.marks import EMBEDDED, PICTURE
from tasks.documents.pages import CONTENTS, DRAWN, HIDDEN, NOTE_MARK, PLACEHOLDER, RUBY, STRUCK
from tasks.documents.word.drawn_codes import Drawn
from tasks.documents.word.fields import MARK, SIMPLE, Fields, why_result_is_none
from tasks.documents.word.formulas import FORMS, formula_words, is_power, is_raised
from tasks.documents.word.halved import brackets_around, has_brackets
from tasks.documents.word.ink import InkOfRuns
from tasks.documents.word.names import (
    ALTERNATE,
    BOX,
    CONTROL,
    DELETED_TEXT,
    DRAWN_TEXT,
    FORMULA_TEXT,
    OBJECT,
    PPR,
    PRIVATE,
    RPR,
    RUN,
    SILENT,
    STRUCK_TAGS,
    TABLE,
    TEXT,
    VANISH,
    WORD_ART,
    P,
    W,
    chosen,
    holds_placeholder,
)
from tasks.documents.word.objects import object_of, scan_in
from tasks.documents.word.styles import Styles
from tasks.documents.word.symbols import shown_by, symbol_of

_FONT = f"{RPR}/{W}rFonts"
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"}


class Paragraph:
    """One paragraph of the paper, which may be made of several of the file."""

    def __init__(self, element: Any, why: str) -> None:
        self.element, self.why = element, why
        self.style = ""
        self.ends_struck = False  # what is left of it takes the place of what follows
        self.words: list[str] = []
        self.begun = False  # whether any of them leaves ink
        self.left: list[tuple[str, str]] = []  # why, text
        self.boxes: list[tuple[Any, str, bool]] = []  # element, why, whether words stand before it
        self.notes: list[tuple[str, str]] = []  # the kind of a note and its id
        self.notes_left: dict[
            tuple[str, str], str
        ] = {}  # those called by what is left out, and why
        self.own: list[str] = []  # what is shown and stands nowhere as text

    def say(self, text: str, why: str) -> None:
        """Add ``text``, which is left out when there is a reason."""
        if why:
            self.left.append((why, text))
        else:
            self.words.append(text)
            self.begun = self.begun or bool(text.strip())

    @property
    def text(self) -> str:
        """Return what the paper shows."""
        return "".join(self.words)


class RunReader:
    """Reads the paragraphs of one part in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.fields, self._styles = Fields(root, styles), styles
        self._hides = next(root.iter(VANISH), None) is not None or styles.any_hidden
        self._ink = InkOfRuns(root, styles)
        self._raises = next(root.iter(f"{W}vertAlign"), None) is not None
        self._brackets = has_brackets(root)
        self._mark_follows = False  # the next text is the sign of a note
        self._on: dict[str, Callable[[Any, Paragraph, str], None]] = {
            TEXT: self._text,
            FORMULA_TEXT: self._text,
            DELETED_TEXT: lambda each, to, why: to.say(each.text or "", STRUCK),
            DRAWN_TEXT: lambda each, to, why: to.say(each.text or "", DRAWN),
            RUN: self._run,
            MARK: lambda each, to, why: self._drawn(self.fields.meet(each), to, why),
            CONTROL: self._control,
            ALTERNATE: lambda each, to, why: self._below(chosen(each), to, why),
            BOX: self._box,
            P: self._box,  # nobody should put one there, nor a table, but it is text
            TABLE: self._box,
            WORD_ART: self._box,
            OBJECT: lambda each, to, why: self._drawn(Drawn(object_of(each), EMBEDDED), to, why),
            f"{W}control": lambda each, to, why: self._drawn(Drawn("控件", EMBEDDED), to, why),
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            SIMPLE: self._simple_field,
            f"{W}sym": lambda each, to, why: self._drawn(symbol_of(each), to, why),
            f"{W}noBreakHyphen": lambda each, to, why: self._drawn(Drawn("-"), to, why),
            f"{W}rt": lambda each, to, why: self._below(each, to, RUBY),
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{W}commentReference": lambda each, to, why: _refer(each, to, "comment"),
        }
        self._on |= dict.fromkeys(
            STRUCK_TAGS, lambda each, to, why: self._below(each, to, why or STRUCK)
        )
        self._on |= dict.fromkeys(FORMS, self._form)
        self._on |= {f"{W}{name}": self._sign(sign) for name, sign in _BREAKS.items()}
        self._on |= dict.fromkeys(SILENT, lambda each, to, why: None)

    def read(self, element: Any, why: str, onto: Paragraph | None = None) -> tuple[Paragraph, bool]:
        """Return a paragraph, and whether the next one goes on with it on the paper.

        ``onto`` is the one before, when that one's mark is hidden or struck.
        """
        properties = element.find(PPR)
        style = self._styles.style_of(properties)
        to = onto or Paragraph(element, why)
        said = None if properties is None else properties.find(RPR)
        struck = said is not None and any(said.find(tag) is not None for tag in STRUCK_TAGS)
        if onto is not None and (to.ends_struck or not to.begun):
            to.element, to.why = element, why  # its number and its place (17.13.5.15)
        to.style = style
        if not why and self._styles.is_of_contents(element, style):
            why = CONTENTS
        self._below(element, to, why)
        to.ends_struck = struck
        hidden = self._hides and self._styles.hides(said, style)
        return to, struck or hidden or _is_first_letter(properties)

    def _below(self, parent: Any, to: Paragraph, why: str) -> None:
        if parent is None:
            return
        on = self._on
        for child in parent:
            handler = on.get(child.tag)
            if handler is not None:
                handler(child, to, why)
            elif len(child):
                self._below(child, to, why)

    def _run(self, run: Any, to: Paragraph, why: str) -> None:
        if not why and self._hides and self._styles.hides(run.find(RPR), to.style):
            why = HIDDEN
        if not why and self._ink.matters:
            why = self._ink.why(run.find(RPR), to.style)
        if self._raises and is_raised(run.find(RPR)) and is_power(to.text[-4:], formula_words(run)):
            self._drawn(Drawn("^"), to, why)
        before, behind = brackets_around(run) if self._brackets else ("", "")
        self._drawn(Drawn(before), to, why)
        self._below(run, to, why)
        self._drawn(Drawn(behind), to, why)
        self._mark_follows = False

    def _text(self, element: Any, to: Paragraph, why: str) -> None:
        text = element.text or ""
        if "\n" in text:
            text = " ".join(text.split("\n"))  # a blank, as everywhere in XML
        reason = NOTE_MARK if self._mark_follows and not why else why
        if not PRIVATE.search(text):
            to.say(text, self.fields.why or reason)
            return
        font = element.getparent().find(_FONT)
        name = "" if font is None else font.get(f"{W}ascii") or font.get(f"{W}hAnsi") or ""
        for piece in PRIVATE.split(text):
            if PRIVATE.match(piece):
                self._drawn(shown_by(name, ord(piece)), to, why)
            else:
                to.say(piece, self.fields.why or reason)

    def _drawn(self, drawn: Drawn, to: Paragraph, why: str) -> None:
        if drawn.text and not why and not self.fields.why:
            to.say(*drawn)
            to.own.append(drawn.text)

    def _sign(self, sign: str) -> Callable[[Any, Paragraph, str], None]:
        def say(element: Any, to: Paragraph, why: str) -> None:
            if not why and not self.fields.why:
                to.words.append(sign)

        return say

    def _control(self, control: Any, to: Paragraph, why: str) -> None:
        asked = not why and holds_placeholder(control)
        self._below(control, to, PLACEHOLDER if asked else why)

    def _simple_field(self, field: Any, to: Paragraph, why: str) -> None:
        self._below(field, to, why or why_result_is_none(field.get(f"{W}instr") or ""))
        self._drawn(self.fields.meet(field), to, why)

    def _box(self, box: Any, to: Paragraph, why: str) -> None:
        to.boxes.append((box, self.fields.why or why, to.begun))

    def _drawing(self, drawing: Any, to: Paragraph, why: str) -> None:
        self._drawn(Drawn(scan_in(drawing), PICTURE), to, why)
        self._below(drawing, to, why)

    def _form(self, form: Any, to: Paragraph, why: str) -> None:
        for piece in FORMS[form.tag](form):
            self._below(piece.element, to, why)
            self._drawn(Drawn(piece.sign), to, why)

    def _note(self, reference: Any, to: Paragraph, why: str) -> None:
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        if reason := self.fields.why or why:
            to.notes_left[kind, reference.get(f"{W}id") or ""] = reason
        else:
            _refer(reference, to, kind)
            self._mark_follows = reference.get(f"{W}customMarkFollows") in {"1", "true", "on"}


def _is_first_letter(properties: Any) -> bool:
    """Say whether a paragraph is the great first letter of the next one (17.3.1.11)."""
    frame = None if properties is None else properties.find(f"{W}framePr")
    return frame is not None and frame.get(f"{W}dropCap") in {"drop", "margin"}


def _refer(reference: Any, to: Paragraph, kind: str) -> None:
    to.notes.append((kind, reference.get(f"{W}id") or ""))
