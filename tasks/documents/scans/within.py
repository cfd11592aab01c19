"""The pictures of a Word file in the order in which its body calls them: pages of a scan, as phones send them."""

import posixpath
import re
import zipfile
from io import BytesIO

from tasks.documents.packages import main_member, relations_in

LEAST_BYTES = 4_000  # of a picture of a page; a smaller one is an ornament
_CALLS = re.compile(rb'r:(?:embed|id|pict)="([^"]{1,60})"')
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")


def has_pictures(content: bytes) -> bool:
    """Say whether a Word file holds a picture as large as a page's."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return any(
            each.filename.lower().endswith(_PICTURES)
            and each.file_size >= LEAST_BYTES
            and not each.filename.startswith("docProps/")  # a picture of its first page
            for each in archive.infolist()
        )


def pictures_of_word(content: bytes) -> list[bytes]:
    """Return its pictures, each once, in the order of the body."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        main = main_member(archive)
        folder, own = posixpath.split(main)
        names = set(archive.namelist())
        listed = posixpath.join(folder, "_rels", f"{own}.rels")
        if listed not in names:
            return []
        leads = {each.key: each.target for each in relations_in(archive.read(listed))}
        called = [key.decode("latin-1") for key in _CALLS.findall(archive.read(main))]
        targets = [posixpath.normpath(posixpath.join(folder, leads.get(key, ""))) for key in called]
        wanted = dict.fromkeys(each.lstrip("/") for each in targets)
        held = [name for name in wanted if name in names and name.lower().endswith(_PICTURES)]
        return [data for name in held if len(data := archive.read(name)) >= LEAST_BYTES]
