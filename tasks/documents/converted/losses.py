"""What a file holds that is not in the .docx made of it: compared letter by letter, and named."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO

from tasks.documents.comparing import Piece, Places, lacking
from tasks.documents.letters import Left, Row, letters_of
from tasks.documents.word.names import held_letters
from tasks.documents.word.package import parsed


def letters_in(word: bytes) -> str:
    """Return all letters of all parts of a .docx, shown or not."""
    with zipfile.ZipFile(BytesIO(word)) as archive:
        names = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
        texts = ("".join(held_letters(parsed(archive.read(name)))) for name in names)
        return letters_of("\n".join(texts))


def lost_letters(pieces: Iterable[Piece], word: bytes, rows: Sequence[Row]) -> list[Left]:
    """Return what of ``pieces`` is not in ``word``, each before the row of ``rows`` where it stood."""
    held = list(pieces)
    missing = Counter(letters_of("".join(text for _, text in held)))
    there = letters_in(word)
    missing.subtract(there)
    rest = +missing
    texts = [letters_of("".join(row[1] or [row[0]])) for row in rows]
    return list(lacking(held, rest, Places(texts), [there])) if rest else []
