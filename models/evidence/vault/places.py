"""Where the vault lies, and where in it a file of which hash."""

from pathlib import Path

from models.files.home import home

ALGORITHM = "sha256"


def vault() -> Path:
    """Return the folder of the vault, there and private."""
    folder = home() / "vault"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def place_of(sha256: str) -> Path:
    """Return where the file of that hash lies, or would: fan-out by the first two and next two digits."""
    return vault() / sha256[:2] / sha256[2:4] / sha256
