"""What is typed into the office's forms: read within the bounds of every command, all faults at once."""

from collections.abc import Mapping
from datetime import date

from deployments.window.asking import WrongFieldsError
from models.rules.bounds import (
    LARGEST_NUMBER,
    LONGEST_NOTE,
    LONGEST_TAG,
    number_fault,
    text_fault,
)
from models.rules.calendar.days import half_width, read_day

MOST_DIGITS = 20


class Fields:
    """The fields of one form; what is wrong with them is gathered and said together by `require`."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self._faults: dict[str, str] = {}

    def name(self, field: str, label: str, *, needed: bool = True) -> str:
        """Return a name or a code in one line."""
        return self._text(field, label, LONGEST_TAG, lines=False, needed=needed)

    def note(self, field: str, label: str, *, needed: bool = False) -> str:
        """Return a reason or a remark; line breaks are those of every other machine."""
        return self._text(field, label, LONGEST_NOTE, lines=True, needed=needed)

    def passage(self, field: str, label: str, longest: int) -> str:
        """Return a pasted text of several lines, which must be there."""
        return self._text(field, label, longest, lines=True, needed=True)

    def day(self, field: str, label: str, *, needed: bool = True) -> date | None:
        """Return a day, in whatever way an office writes it; None where it may be left out and is."""
        text = self._form.get(field, "").strip()
        if not text:
            self._missing(field, label, needed=needed)
            return None
        try:
            return read_day(text)
        except ValueError as error:
            self._faults[field] = f"{label}{error}"
            return None

    def number(self, field: str, label: str) -> int | None:
        """Return a whole number from 1 up, None where nothing is typed."""
        plain = half_width(self._form.get(field, "")[: MOST_DIGITS + 1]).strip()
        if not plain:
            return None
        if len(plain) > MOST_DIGITS or not (plain.isascii() and plain.isdigit()):
            self._faults[field] = f"{label}应为整数"
            return None
        if fault := number_fault(int(plain), 1, LARGEST_NUMBER):
            self._faults[field] = f"{label}{fault}"
            return None
        return int(plain)

    def ticked(self, field: str) -> bool:
        """Say whether a box is ticked."""
        return bool(self._form.get(field))

    def require(self) -> None:
        """Raise WrongFieldsError with everything that is wrong."""
        if self._faults:
            raise WrongFieldsError(self._faults)

    def _text(self, field: str, label: str, longest: int, *, lines: bool, needed: bool) -> str:
        text = self._form.get(field, "").replace("\r\n", "\n").strip()
        if not text:
            self._missing(field, label, needed=needed)
        elif fault := text_fault(text, longest, lines=lines):
            self._faults[field] = f"{label}{fault}"
            return ""
        return text

    def _missing(self, field: str, label: str, *, needed: bool) -> None:
        if needed:
            self._faults[field] = f"没有填写{label}"
