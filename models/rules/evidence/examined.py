"""What was seen of a file when it was examined: values that checks, people and papers go by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.rules.evidence.personal_kinds import PersonalKind
from models.rules.words import Worded

LONGEST_TEXT = 200_000  # letters of a file that are looked at
SHORTEST = 600  # pixels of the longer side: smaller nobody reads on a printed page


class Hindrance(Worded):
    """Why of a file nothing, or not everything, could be seen."""

    NONE = "", ""
    UNREADABLE = "unreadable", "打不开"
    LOCKED = "locked", "有密码"
    EMPTY = "empty", "没有内容"
    NOT_EXAMINED = "not-examined", "没有能够核查"


@dataclass(frozen=True, slots=True)
class PictureLook:
    """What a picture looks like to a machine: its size in pixels, its prints, how blurred, how screen-like.

    ``prints`` are packed, their shape is their scheme's. ``blur`` and ``of_screen`` run from 0 (no) to 1.
    ``place`` says where in a document it stands; empty for a file that is a picture itself.
    """

    width: int
    height: int
    prints: bytes = field(default=b"", repr=False)
    blur: float = 0.0
    of_screen: float = 0.0
    taken_on: date | None = None
    place: str = ""
    made_on: date | None = None  # as a program wrote it, where no camera did


@dataclass(frozen=True, slots=True)
class Examined:
    """A file as it was examined; ``media`` is its kind by content (pdf, docx, png ...), empty when unknown.

    ``fault`` says that it could not be opened, is locked, empty, or was not looked at to its end, and
    ``fault_words`` why, to be put behind its name. ``text`` has at most LONGEST_TEXT letters.
    ``made_on`` and ``changed_on`` are the days its own properties name, ``taken_on`` a photograph's;
    days that templates were born with are none. ``scan``: its pages are pictures. ``personal`` are the
    kinds of personal numbers in it, each masked. ``secret`` is the mark of secrecy and where it stands.
    ``pictures`` are the first few pictures within it. ``notes`` say what of it was not looked at, and
    ``inside`` how its first page says that it is for inside (内部资料).
    """

    name: str
    media: str = ""
    suffix_fits: bool = True
    fault: Hindrance = Hindrance.NONE
    fault_words: str = ""
    text: str = field(default="", repr=False)
    made_on: date | None = None
    changed_on: date | None = None
    taken_on: date | None = None
    scan: bool = False
    picture: PictureLook | None = None
    pictures: Sequence[PictureLook] = ()
    personal: Sequence[tuple[PersonalKind, str]] = ()
    secret: str = ""
    notes: Sequence[str] = ()
    inside: str = ""

    @property
    def prints(self) -> list[tuple[str, bytes]]:
        """Return place and print of the picture that it is, or of those within it, the largest first.

        Of those within it the largest, and what is large enough to be a proof: a letterhead's emblem
        stands in every document of an office.
        """
        looks = [one for one in (self.picture, *self.pictures) if one and one.prints]
        looks.sort(key=lambda one: -one.width * one.height)
        kept = looks[:1] + [one for one in looks[1:] if max(one.width, one.height) >= SHORTEST]
        return [(one.place, one.prints) for one in kept]
