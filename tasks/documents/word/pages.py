"""Read a Word file (.docx, .docm, .dotx, strict too) into its one page."""

from collections.abc import Iterator
from typing import Any

from tasks.documents.pages import PageRead, Part
from tasks.documents.word.body import BodyReader
from tasks.documents.word.chunks import only_named, part_of
from tasks.documents.word.names import held_letters
from tasks.documents.word.notes import SideNotes, leave_around
from tasks.documents.word.numbering import Numbering
from tasks.documents.word.package import Package
from tasks.documents.word.styles import Styles

DEEPEST = 3  # files within files


def word_pages(content: bytes) -> Iterator[Part]:
    """Yield the one page of a Word file; it is laid out anew wherever it is printed, so it has no others."""
    yield package_page(Package.of_zip(content))


def package_page(package: Package, depth: int = 0) -> Part:
    """Return the page of a package, ``depth`` files within another."""
    root = package.root(package.main)
    numbering, styles = _first(package, "numbering"), _first(package, "styles")
    page, notes = PageRead(), SideNotes.of(package)
    held = [piece for each in (root, *notes.roots.values()) for piece in held_letters(each)]

    taken: set[str] = set()

    def chunk(relation: str) -> Part | None:
        name = package.target(relation)
        if not name:
            return only_named(relation)  # it calls what is not there
        if name in taken:
            return None
        taken.add(name)  # once, however often it is called
        return part_of(package, name, depth) if depth < DEEPEST else only_named(name)

    BodyReader(root, page, Numbering(numbering, styles), Styles(styles), notes, chunk).read()
    held += leave_around(package, page)
    return page.part(held)


def _first(package: Package, kind: str) -> Any:
    return next((package.root(name) for name in package.related(kind)), None)
