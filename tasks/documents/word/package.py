"""The parts of a Word package, found by their relations and parsed without ever asking anybody else."""

import posixpath
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from lxml import etree

from tasks.documents.packages import main_member, relations_in

# ISO 29500 strict says the same with other names; what is read here has the names of transitional.
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"drawingml/chart", b"http://schemas.openxmlformats.org/drawingml/2006/chart"),
    (
        b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Package:
    """The parts of a file by name, parsed when they are asked for."""

    def __init__(self, names: Iterable[str], read: Callable[[str], bytes], main: str) -> None:
        """Take the names of all parts, what reads one of them, and which one holds the body."""
        # Names of parts are compared without case, and some writers part them with \ (part 2, 6.2.2).
        self._names = {_plain(name): name for name in names}
        self._read, self.main = read, main
        self._relations: dict[str, list[tuple[str, str, str]]] = {}

    @classmethod
    def of_zip(cls, content: bytes) -> "Package":
        """Return the parts of a .docx, .docm, .dotx or .dotm."""
        archive = zipfile.ZipFile(BytesIO(content))
        return cls(archive.namelist(), archive.read, main_member(archive))

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, none when there is no such part."""
        own = self._names.get(_plain(name))
        return b"" if own is None else self._read(own)

    def root(self, name: str) -> Any:
        """Return the first element of a part; None when there is none or it is no XML."""
        content = self.read(name)
        if not content:
            return None
        try:
            root = parsed(content)
        except etree.XMLSyntaxError:
            if name == self.main:
                raise
            return None
        return root

    def related(self, kind: str, name: str = "") -> list[str]:
        """Return the parts of a ``kind`` (the end of the relation's type) that ``name`` refers to."""
        found = self._of(name or self.main)
        return list(dict.fromkeys(target for _, each, target in found if each == kind))

    def target(self, relation: str) -> str:
        """Return the part that the body calls by the id of a ``relation``, "" when there is none."""
        return next((target for key, _, target in self._of(self.main) if key == relation), "")

    def _of(self, name: str) -> list[tuple[str, str, str]]:
        if name not in self._relations:
            folder, own = posixpath.split(name.replace("\\", "/"))
            given = relations_in(self.read(posixpath.join(folder, "_rels", f"{own}.rels")))
            self._relations[name] = [
                (each.key, each.kind.rsplit("/", 1)[-1], _within(folder, each.target))
                for each in given
            ]
        return self._relations[name]


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower().lstrip("/")


def _within(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def parsed(content: bytes) -> Any:
    """Return the root of a part of XML: no entities, no network, no remarks, a bounded depth."""
    root = etree.fromstring(content, _parser())
    if isinstance(root.tag, str) and root.tag.startswith("{" + _STRICT.decode()):
        content = etree.tostring(root)  # in ASCII, whatever the part was written in
        for strict, name in _NAMES:
            content = content.replace(b'"' + _STRICT + strict + b'"', b'"' + name + b'"')
        root = etree.fromstring(content, _parser())
    return root


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
