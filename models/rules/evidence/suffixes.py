"""Which endings of a name fit what a file is by its content."""

from collections.abc import Mapping

# What each kind of file may be called; the first is how it is called when somebody is told.
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "docx": ("docx", "docm", "dotx", "wps"),
    "xlsx": ("xlsx", "xlsm", "xltx", "et"),
    "pptx": ("pptx", "ppsx", "pptm", "dps"),
    "doc": ("doc", "dot", "wps", "wpt"),
    "xls": ("xls", "xlt", "et", "ett"),
    "ppt": ("ppt", "pps", "dps", "dpt"),
    "msg": ("msg",),
    "ofd": ("ofd",),
    "odt": ("odt",),
    "ods": ("ods",),
    "odp": ("odp",),
    "rtf": ("rtf", "doc"),
    "html": ("html", "htm", "xhtml", "shtml"),
    "mht": ("mht", "mhtml"),
    "eml": ("eml",),
    "txt": ("txt", "csv", "tsv", "md", "log", "json", "text"),
    "xml": ("xml", "html", "htm", "svg"),
    "png": ("png",),
    "jpg": ("jpg", "jpeg", "jpe", "jfif"),
    "gif": ("gif",),
    "bmp": ("bmp", "dib"),
    "tif": ("tif", "tiff"),
    "webp": ("webp",),
    "heic": ("heic", "heif"),
    "avif": ("avif", "avifs"),
    "mp4": ("mp4", "m4v", "mov", "m4a", "3gp"),
    "avi": ("avi",),
    "wav": ("wav",),
    "mkv": ("mkv", "webm"),
    "wmv": ("wmv", "wma", "asf"),
    "flv": ("flv",),
    "mpg": ("mpg", "mpeg", "vob"),
    "mp3": ("mp3",),
    "amr": ("amr", "awb", "3ga"),
    "ogg": ("ogg", "oga", "opus", "ogv"),
    "aac": ("aac",),
    "flac": ("flac",),
    "emf": ("emf",),
    "wmf": ("wmf",),
    "zip": ("zip",),
    "rar": ("rar",),
    "7z": ("7z",),
    "gz": ("gz", "tgz"),
    "tar": ("tar",),
    "lnk": ("lnk",),
    "url": ("url",),
    "exe": ("exe", "dll", "com", "scr"),
}
PICTURES = frozenset({"png", "jpg", "gif", "bmp", "tif", "webp", "heic", "avif"})
PACKED = frozenset({"zip", "rar", "7z", "gz", "tar"})
RECORDINGS = frozenset(
    ["mp4", "avi", "wav", "mkv", "wmv", "flv", "mpg", "mp3", "amr", "ogg", "aac", "flac"]
)


def suffix_of(name: str) -> str:
    """Return the ending of a name in small letters without its dot; empty when it has none."""
    _, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot else ""


def suffix_fits(name: str, media: str) -> bool:
    """Say whether a name's ending fits; one that says nothing, or a kind nobody knows, always does."""
    ending = suffix_of(name)
    return media not in SUFFIXES or not ending or ending in SUFFIXES[media]
