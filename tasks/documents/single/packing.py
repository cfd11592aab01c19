"""Parts of a Word file, put into the package that the readers know."""

import zipfile
from io import BytesIO


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a package of ``parts`` by their names, not packed: it is read at once."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
