"""Pairs of pictures and of texts: copies that were changed, and what only looks alike; drawn from seeds.

What only looks alike is what a clerk would be told of for nothing: the same room on another day, the same
banner with other words, a form of the same layout with other contents, reports on one template.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from tests.tools.evidence_plain import PLAIN
from tests.tools.evidence_scenes import CHANGES, PAGE, SCENES, SIZE, font, saved
from tests.tools.evidence_words import TEXT_CHANGES, paragraphs, phrase, report, sentence

LIKE = "像而不是"  # what the hard pairs are called


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files; ``change`` is what was done to the one to make the other, where it is a copy."""

    kind: str
    change: str
    one: bytes
    other: bytes

    @property
    def copy(self) -> bool:
        """Say whether the one was made of the other."""
        return self.change != LIKE


def banner(stays: int, differs: int) -> Image.Image:
    """Draw a group below a red banner: wall and banner of ``stays``, words and people of ``differs``."""
    of_place, of_day = Random(f"banner {stays}"), Random(f"banner {stays} {differs}")
    wide, high = SIZE[0] + 120, SIZE[1] + 90
    grey = of_place.randint(150, 230)
    image = Image.new("RGB", (wide, high), (grey, grey - 10, grey - 30))
    draw = ImageDraw.Draw(image)
    top = of_place.randint(120, 220)
    draw.rectangle((90, top, wide - 90, top + 230), fill=(190, 20, 30))
    draw.text((150, top + 55), phrase(of_day, 9), font=font(118), fill=(255, 235, 120))
    for row in range(2):
        for n in range(of_day.randint(5, 11)):
            x, y = 120 + n * of_day.randint(95, 125), top + 360 + row * 160
            size = of_day.randint(38, 60)
            clothes = tuple(of_day.randint(10, 220) for _ in range(3))
            draw.rectangle((x - size, y, x + size, y + size * 3), fill=clothes)
            draw.ellipse((x - 30, y - 64, x + 30, y + 10), fill=(215, 175, 145))
    at = of_day.randint(0, 120), of_day.randint(0, 90)
    return image.crop((*at, at[0] + SIZE[0], at[1] + SIZE[1]))


def form(stays: int, differs: int) -> Image.Image:
    """Draw a scanned form: title, lines and headings of ``stays``, what was filled in of ``differs``."""
    of_form, of_case = Random(f"form {stays}"), Random(f"form {stays} {differs}")
    image = Image.new("RGB", PAGE, (255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.text((PAGE[0] // 2, 150), phrase(of_form, 10) + "表", font=font(52), fill=(0, 0, 0), anchor="mm")  # fmt: skip
    y = 240
    while y < PAGE[1] - 260:
        tall = of_form.choice((70, 70, 140, 260))
        split = of_form.choice((300, 420, 620))
        draw.rectangle((120, y, PAGE[0] - 120, y + tall), outline=(20, 20, 20), width=3)
        draw.line((split, y, split, y + tall), fill=(20, 20, 20), width=3)
        draw.text((140, y + 18), phrase(of_form, 5), font=font(30), fill=(20, 20, 20))
        written = (PAGE[0] - 160 - split) // 32
        for line in range(max(1, tall // 50 - 1)):
            words = phrase(of_case, of_case.randint(written // 2, written))
            draw.text((split + 20, y + 14 + line * 48), words, font=font(32), fill=(30, 30, 90))
        y += tall
    return image.rotate(of_case.uniform(-0.4, 0.4), fillcolor=(255, 255, 255))


DRAWN: Mapping[str, Callable[[int, int], Image.Image]] = {**SCENES, "banner": banner, "form": form}


OTHER_DAYS = range(2, 5)


def picture_pairs(first: int, count: int) -> Iterator[Pair]:
    """Yield ``count`` of each scene with every change, and with the same place on three other days.

    And as often what has little of its own; all from seed ``first`` on.
    """
    for kind, draw in DRAWN.items():
        for seed in range(first, first + count):
            image = draw(seed, 1)
            dice, content = Random(f"{kind} {seed}"), saved(image)
            for change, apply in CHANGES.items():
                yield Pair(kind, change, content, saved(apply(image, dice)))
            for day in OTHER_DAYS:
                yield Pair(kind, LIKE, content, saved(draw(seed, day)))
    for kind, draw in PLAIN.items():
        for seed in range(first, first + count):
            content = saved(draw(seed, 1))
            for day in OTHER_DAYS:
                yield Pair(kind, LIKE, content, saved(draw(seed, day)))


def text_pairs(first: int, count: int) -> Iterator[Pair]:
    """Yield ``count`` reports with every change, and what stands on the same template or the same formulas."""
    for seed in range(first, first + count):
        text, dice = report(seed, 1), Random(f"text {seed}")
        for change, apply in TEXT_CHANGES.items():
            yield Pair("report", change, text.encode(), apply(text, dice).encode())
        yield Pair("report", LIKE, text.encode(), report(seed, 2).encode())
        yield Pair("notice", LIKE, notice(seed, 1).encode(), notice(seed, 2).encode())


FORMULAS = (
    "各县（区）人民政府，市直各部门、各单位：",
    "为深入贯彻习近平法治思想，认真落实《法治政府建设实施纲要（2021—2025年）》，全面推进依法行政，现就有关事项通知如下。",
    "一、提高政治站位。各单位要充分认识法治政府建设示范创建工作的重要意义，切实增强责任感和紧迫感。",
    "二、压实工作责任。各单位主要负责同志要切实履行推进法治建设第一责任人职责，亲自部署、亲自过问、亲自协调、亲自督办。",
    "三、加强督促检查。市委依法治市办将适时开展督导检查，对工作推进不力、进展缓慢的单位予以通报。",
    "特此通知，请认真贯彻执行。执行中遇到的问题，请及时向市委全面依法治市委员会办公室反映。",
)


def notice(formulas: int, facts: int) -> str:
    """Return a notice made of the official formulas, and as much again of its own facts."""
    own = Random(f"notice {formulas} {facts}")
    return "\n".join(
        [*FORMULAS, *paragraphs(own, 2), "".join(sentence(own) for _ in range(own.randint(2, 5)))]
    )
