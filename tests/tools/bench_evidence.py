"""How many copies each check finds and how many of its marks are wrong, on pairs whose seeds chose no threshold.

Run by ``python -m tests.tools.bench_evidence``; ``--seeds 1000`` prints the same of the seeds by which the
thresholds were chosen. Beside each stands what plain hashing, or the plain means of others, finds.
"""

import argparse
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from random import Random

import numpy as np
from PIL import Image
from scipy.fft import dct

from models.evidence.prints.searching import PICTURES, TEXTS, Scheme
from models.evidence.prints.texts import text_print
from models.rules.evidence.checking import findings_of
from tasks.evidence.examining.examine import examine
from tasks.evidence.pictures.looking import look_at_picture
from tests.support.evidence_files import word_file
from tests.tools.bench_table import Figure, at_least, say
from tests.tools.evidence_pairs import Pair, picture_pairs, text_pairs
from tests.tools.evidence_plain import PLAIN
from tests.tools.evidence_scenes import SCENES, blurred, from_a_screen, grainy, saved
from tests.tools.evidence_words import phrase

TRAINING, HELD_OUT = 1_000, 50_000  # first seeds
SCENES_OF_EACH, REPORTS = 10, 60
PICTURES_OF_EACH, LETTERS = 8, 60  # of the checks that look at one file
PRECISE, FOUND = 98.0, 85.0  # per cent that a check is to reach
FACT = date(2025, 6, 1)


@dataclass(slots=True)
class Score:
    """What a check said of files or pairs where it should have spoken, and where not."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    quiet: int = 0

    def add(self, *, should: bool, said: bool) -> None:
        """Count one more."""
        if should:
            self.found, self.missed = self.found + said, self.missed + (not said)
        else:
            self.wrong, self.quiet = self.wrong + said, self.quiet + (not said)

    @property
    def precision(self) -> float:
        """Return per cent of what it said that was so."""
        return 100 * self.found / (self.found + self.wrong) if self.found + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Return per cent of what was so that it said."""
        return 100 * self.found / (self.found + self.missed) if self.found + self.missed else 0.0


def main() -> None:
    """Print each check's two figures as rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=HELD_OUT)
    first = parser.parse_args().seeds
    pictures, texts = picture_pairs(first, SCENES_OF_EACH), text_pairs(first, REPORTS)
    rows = [
        *near_figures(
            "图片相同或相近", pictures, PICTURES, _picture, _plain_picture, "pHash 差 10 位以内"
        ),
        *near_figures("文字大量相同", texts, TEXTS, _text, _plain_text, "datasketch 0.5 以上"),
        *one_file_figures(first),
    ]
    for row in rows:
        say(row)


CHANGED = {
    "crop": "裁剪",
    "scale": "缩小",
    "recompress": "重新压缩",
    "recolour": "调色",
    "rotate": "转 2°",
    "watermark": "加水印",
    "paraphrase": "改写",
    "shuffle": "调换段落",
    "insert": "插入段落",
}
ALIKE = {
    "hall": "不是，同一会场另一天",
    "street": "不是，同一街道另一天",
    "page": "不是，同一单位另一份文件",
    "banner": "不是，同一横幅另写字",
    "form": "不是，同一表格另填写",
    "screenshot": "不是，同一系统另一页截图",
    "wall": "不是，空墙",
    "dark": "不是，黑页",
    "report": "不是，同一提纲另一单位",
    "notice": "不是，同样套话另一件事",
}


def near_figures(  # noqa: PLR0913
    name: str,
    pairs: Iterable[Pair],
    scheme: Scheme,
    print_of: Callable[[bytes], bytes],
    plain: Callable[[bytes, bytes], bool],
    rival: str,
) -> Iterator[Figure]:
    """Yield precision and recall of a search for one among all ones, beside plain means."""
    seen, same, theirs = Score(), Score(), Score()
    by_change: dict[str, Score] = {}
    for pair in pairs:
        one, other = print_of(pair.one), print_of(pair.other)
        stored = scheme.part([(1, 1, one)]) if one else None
        met = stored is not None and bool(other) and any(scheme.candidates([stored], 1, [other]))
        said = met and scheme.near(one, other) is not None
        done = CHANGED[pair.change] if pair.copy else ALIKE[pair.kind]
        for score in (seen, by_change.setdefault(done, Score())):
            score.add(should=pair.copy, said=said)
        same.add(should=pair.copy, said=_hash(pair.one) == _hash(pair.other))
        theirs.add(should=pair.copy, said=plain(pair.one, pair.other))
    plainly = f"sha256 找到 {same.found} 对；{rival}"
    yield from _both(name, seen, plainly, theirs)
    for change, score in by_change.items():
        total = score.found + score.missed + score.wrong + score.quiet
        right = 100 * (score.found + score.quiet) / total
        yield Figure(
            "核", f"{name}：{change}，{total} 对里判对的", right, at_least(FOUND), unit="%"
        )


def _both(name: str, score: Score, beside: str, other: Score) -> Iterator[Figure]:
    total = f"{score.found + score.missed} 份是、{score.wrong + score.quiet} 份不是"
    yield Figure(
        "核", f"{name}，查准率（{total}）", score.precision, at_least(PRECISE), beside, other.precision, "%"
    )  # fmt: skip
    yield Figure(
        "核", f"{name}，查全率（{total}）", score.recall, at_least(FOUND), beside, other.recall, "%"
    )


@cache
def _picture(content: bytes) -> bytes:
    return look_at_picture(content).prints


@cache
def _text(content: bytes) -> bytes:
    return text_print(content.decode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain_picture(one: bytes, other: bytes) -> bool:
    return int((_phash(one) != _phash(other)).sum()) <= 10


@cache
def _phash(content: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """Return the hash that imagehash's `phash` makes: 32 by 32 greys, low waves against their median."""
    grey = np.asarray(Image.open(BytesIO(content)).convert("L").resize((32, 32)), float)
    low = dct(dct(grey, axis=0), axis=1)[:8, :8]
    return np.asarray(low > np.median(low))


def _plain_text(one: bytes, other: bytes) -> bool:
    return bool(_minhash(one).jaccard(_minhash(other)) >= 0.5)  # type: ignore[attr-defined]


@cache
def _minhash(content: bytes) -> object:
    from datasketch import MinHash

    text, found = content.decode(), MinHash(128)
    found.update_batch([text[n : n + 5].encode() for n in range(len(text) - 4)])
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A file and the checks that should speak of it; ``fact_on`` is the day of what it is to prove."""

    name: str
    content: bytes
    checks: Sequence[str] = ()
    fact_on: date = FACT


WORDS = {
    "too-small": "图片太小",
    "blurred": "图片模糊",
    "of-a-screen": "翻拍的屏幕",
    "made-later": "晚于所证明的事实",
    "personal-number": "含个人信息",
}


def one_file_figures(first: int) -> Iterator[Figure]:
    """Yield the figures of the checks that look at one file; plain hashing finds none of it."""
    asked = [*_pictures(first), *_letters(first)]
    scores = {check: Score() for check in WORDS}
    seen = examine(((one.name, one.content) for one in asked), read_scans=False)
    for one, found in zip(asked, seen, strict=True):
        said = {f.check for f in findings_of(found, one.fact_on, (None, None), True)}
        for check, score in scores.items():
            score.add(should=check in one.checks, said=check in said)
    for check, score in scores.items():
        yield from _both(WORDS[check], score, "sha256 找到 0 份", Score())


def _pictures(first: int) -> Iterator[Asked]:
    for kind, draw in SCENES.items():
        for seed in range(first, first + PICTURES_OF_EACH):
            image, dice = draw(seed, 1), Random(f"one {kind} {seed}")
            yield Asked("原图.jpg", saved(image))
            yield Asked("压缩.jpg", saved(image, 40))
            yield Asked("失焦.jpg", saved(blurred(image, dice.uniform(4, 9))), ["blurred"])
            yield Asked("翻拍.jpg", saved(from_a_screen(image, dice)), ["of-a-screen"])
            dim = grainy(blurred(image, dice.uniform(4, 9)), dice)
            yield Asked("暗处失焦.jpg", saved(dim), ["blurred"])
            side = dice.randint(200, 599)
            small = image.resize((side, int(side * image.height / image.width * 0.7)))
            yield Asked("小图.jpg", saved(small), ["too-small"])
            day = dice.randint(2, 28)
            exif = Image.Exif()
            exif.get_ifd(0x8769)[0x9003] = f"2025:07:{day:02} 10:00:00"
            yield Asked("补拍.jpg", saved(image, exif=exif), ["made-later"])
            yield Asked("当天.jpg", saved(image, exif=exif), [], date(2025, 7, day))

    for draw in PLAIN.values():
        for seed in range(first, first + PICTURES_OF_EACH):
            image, dice = draw(seed, 1), Random(f"plain {seed}")
            yield Asked("截图.jpg", saved(image))
            by = dice.uniform(0.5, 0.9)
            smaller = image.resize((int(image.width * by), int(image.height * by)))
            yield Asked("缩小的截图.jpg", saved(smaller))


def _letters(first: int) -> Iterator[Asked]:
    """Yield notices with personal numbers and with what looks like one; files made in time and later."""
    for seed in range(first, first + LETTERS):
        dice = Random(f"letter {seed}")
        lines = [phrase(dice, dice.randint(40, 120)) for _ in range(6)]
        late = seed % 2 == 0
        made = datetime(2025, 9, dice.randint(1, 28), 9) if late else datetime(2025, 6, dice.randint(1, 28), 9)  # fmt: skip
        yield Asked("总结.docx", word_file(*lines, made=made), ["made-later"] if late else [])
        for number in (_id(dice), _mobile(dice), _card(dice)):
            lines[3] = f"联系人信息：{number}。"
            yield Asked("名册.txt", "\n".join(lines).encode(), ["personal-number"])
        for number in _not_personal(dice):
            lines[3] = f"统计数据：{number}。"
            yield Asked("统计.txt", "\n".join(lines).encode())


def _id(dice: Random) -> str:
    body = f"6203{dice.randint(1, 21):02}{dice.randint(1955, 2004)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}{dice.randint(1, 999):03}"  # fmt: skip
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c) * w for c, w in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def _mobile(dice: Random) -> str:
    return f"1{dice.choice('3578')}{dice.randint(0, 9)}{dice.randint(0, 99_999_999):08}"


def _card(dice: Random) -> str:
    body = "622848" + "".join(str(dice.randint(0, 9)) for _ in range(12))
    for check in "0123456789":
        figures = [int(c) for c in reversed(body + check)]
        total = sum(figures[::2]) + sum(sum(divmod(2 * f, 10)) for f in figures[1::2])
        if total % 10 == 0:
            return body + check
    raise AssertionError(body)


def _not_personal(dice: Random) -> Iterator[str]:
    right = _id(dice)
    yield right[:17] + ("0" if right[17] != "0" else "1")  # the check figure is wrong
    yield f"0935-8{dice.randint(0, 999_999):06}"  # an office's telephone
    yield f"{dice.randint(10**9, 10**10 - 1)}.{dice.randint(10, 99)} 元"
    yield f"（2025）甘03行初{dice.randint(1, 999)}号，案号 2025{dice.randint(0, 9_999_999):07}"


if __name__ == "__main__":
    main()
