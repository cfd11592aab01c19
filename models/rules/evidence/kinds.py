"""Which kind of evidence a file is, by what it holds."""

from collections.abc import Mapping

from models.rules.evidence.words import EvidenceKind

# What files are by their content, or by their ending until somebody has looked into them.
_PICTURES = "png jpg jpeg bmp gif tif tiff webp heic heif jp2 svg"
_VIDEOS = "mp4 mov avi mkv wmv flv mpg mpeg webm m4v 3gp mp3 wav m4a amr aac flac ogg wma"
MEDIA: Mapping[EvidenceKind, frozenset[str]] = {
    EvidenceKind.PICTURE: frozenset(_PICTURES.split()),
    EvidenceKind.VIDEO: frozenset(_VIDEOS.split()),
}
LONGEST_ENDING = 8  # characters; what is longer behind a dot belongs to the name


def kind_of(media: str) -> EvidenceKind:
    """Return the kind of a file whose content is ``media`` (pdf, png, mp4 ...)."""
    return next((kind for kind, ones in MEDIA.items() if media in ones), EvidenceKind.FILE)


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, without its dot; empty where it has none."""
    stem, dot, ending = name.rpartition(".")
    plain = ending.strip().lower()
    return plain if dot and stem and plain.isalnum() and len(plain) <= LONGEST_ENDING else ""
