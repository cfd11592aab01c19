"""Look into slides: each one's words and shapes, the layouts behind them, the speaker's notes."""

import re
import zipfile

from models.rules.evidence.secrecy import Apart, LaterPage
from tasks.evidence.examining.seen import SeenFile
from tasks.evidence.office.packages import (
    begun_package,
    letters_of_part,
    opened_package,
    root_of_part,
)
from tasks.evidence.office.places import shapes_of

MOST_SLIDES = 1_000  # that are looked at
LINES = 200  # of a slide; its shapes come in any order, so a mark may be its last line
_SLIDE = re.compile(r"ppt/(?P<of>slides|notesSlides)/(?:slide|notesSlide)(?P<number>\d+)\.xml")


def see_slides(content: bytes) -> SeenFile:
    """Look into a .pptx: its slides in the order of their numbers, then what is noted for the speaker."""
    archive = opened_package(content)
    seen = begun_package(archive)
    found = [m for name in archive.namelist() if (m := _SLIDE.fullmatch(name))]
    found.sort(key=lambda one: (one["of"] != "slides", int(one["number"])))
    behind: set[str] = set()
    first, enough = True, True
    for one in found[:MOST_SLIDES]:
        root = root_of_part(archive, one[0])
        if root is None:
            continue
        text = letters_of_part(root)
        shown = _shapes_behind(archive, one[0], behind) if one["of"] == "slides" else []
        if first:
            seen.first, first = text, False
            seen.apart += [*shapes_of(root), *shown]
        else:
            kind = "张幻灯片" if one["of"] == "slides" else "张幻灯片的备注"
            called = f"第 {int(one['number'])} {kind}"
            seen.look_later(LaterPage(called, text, tuple(shown), LINES))
        enough = enough and seen.add(text)
    if len(found) > MOST_SLIDES:
        seen.notes.append(f"有 {len(found)} 张幻灯片和备注，只核查了前 {MOST_SLIDES} 张")
    return seen


def _shapes_behind(archive: zipfile.ZipFile, slide: str, known: set[str]) -> list[Apart]:
    """Return the words of the layout and the master that a slide shows (ECMA-376 part 1, 13.3).

    Each once: what is in ``known`` is passed over, and what was looked at is added to it.
    """
    found: list[Apart] = []
    name = slide
    for kind in ("slideLayout", "slideMaster"):
        folder, _, own = name.rpartition("/")
        links = root_of_part(archive, f"{folder}/_rels/{own}.rels")
        all_links = links.iter("{*}Relationship") if links is not None else ()
        targets = (one.get("Target", "") for one in all_links if kind in one.get("Type", ""))
        name = f"ppt/{kind}s/{next(targets, '').rpartition('/')[2]}"
        if name in known:
            break
        known.add(name)
        if (root := root_of_part(archive, name)) is not None:
            found += shapes_of(root)
    return found
