"""What the folders and files of a package are called: by indicator, then by the piece's own code."""

from functools import lru_cache

from models.evidence.packages.packaging import PackedPiece
from models.rules.evidence.personal import mask_name
from tasks.file_names import plain_name

FOLDER, FILE = 90, 120  # bytes of UTF-8: 30 and 40 Chinese characters
ASIDE = "需处理"  # what the application system would not take
LONGEST_SUFFIX = 6


@lru_cache(256)
def folder_of(code: str, title: str) -> str:
    """Return the folder of an indicator: its code and the beginning of its words."""
    return plain_name(f"{code} {title.strip()}", FOLDER)


def suffix_of(file_name: str, media: str) -> str:
    """Return the ending a file needs to be opened: its own, else that of its kind; with the dot, small."""
    own = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    usable = own.isascii() and own.isalnum() and len(own) <= LONGEST_SUFFIX
    suffix = own if usable else media
    return f".{suffix}" if suffix else ""


def name_of(piece: PackedPiece, suffix: str) -> str:
    """Return the name of a piece's file, without its folder: E0003 培训签到表.pdf; shows no personal number."""
    revised = f"（第{piece.revision}版）" if piece.revision > 1 else ""
    title = mask_name(piece.title.strip())  # whole: of one that is cut nobody could tell what it is
    return plain_name(f"{piece.code} {title}", FILE) + revised + suffix
