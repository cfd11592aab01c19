"""How many personal numbers are found, and how many finds are wrong, on generated sentences of held-out seeds.

Run by ``python -m tests.tools.bench_numbers``; beside ours stands what plain patterns of digits find.
"""

import re
from collections.abc import Iterator
from random import Random

from models.rules.evidence.personal import personal_numbers
from tests.tools.bench_table import Figure, at_least, say

HELD_OUT, EACH = 90_000, 100  # first seed; sentences of each kind
PRECISE, FOUND = 98.0, 95.0  # per cent
PLAIN = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1\d{10}|\d{16,19})(?!\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_figures(first: int = HELD_OUT) -> Iterator[Figure]:
    """Yield precision and recall per cent, ours beside plain patterns of digits."""
    ours, plain = [0, 0, 0], [0, 0, 0]  # found, missed, wrong
    for text, there in sentences(first):
        for counts, found in (
            (ours, bool(personal_numbers(text))),
            (plain, bool(PLAIN.search(text))),
        ):
            counts[0] += there and found
            counts[1] += there and not found
            counts[2] += found and not there
    names = (("查准率", 2, PRECISE), ("查全率", 1, FOUND))
    for name, other, goal in names:
        mine, theirs = (100 * c[0] / (c[0] + c[other]) for c in (ours, plain))
        what = f"个人号码（身份证、手机、银行卡），{name}"
        yield Figure("材", what, mine, at_least(goal), "只看位数", theirs, "%")


def sentences(first: int) -> Iterator[tuple[str, bool]]:
    """Yield sentences, and whether a personal number is in each; the same for the same seed."""
    for seed in range(first, first + EACH):
        dice = Random(seed)
        for make in (_identity, _mobile, _card):
            yield f"联系人甲，号码{_written(make(dice), dice)}，请核对。", True
        yield f"证件 {(cut := _identity(dice))[:12]}\n{cut[12:]} 已核对", True
        yield from ((text, False) for text in _others(dice))


def _digits(dice: Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def _identity(dice: Random) -> str:
    body = f"{dice.choice(('6203', '1101', '4403'))}{dice.randint(1, 29):02}"
    body += f"{dice.randint(1950, 2010)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    body += _digits(dice, 3)
    total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _mobile(dice: Random) -> str:
    return dice.choice(("138", "139", "150", "187", "199", "166")) + _digits(dice, 8)


def _card(dice: Random) -> str:
    body = dice.choice(("622202", "621700", "622848")) + _digits(dice, 12)
    return next(body + last for last in "0123456789" if _luhn(body + last))


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _written(number: str, dice: Random) -> str:
    """Return a number as people write it: plain, full-width, in groups."""
    match dice.randrange(3):
        case 0:
            return number
        case 1:
            return number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    cuts = (3, 7) if len(number) == 11 else (6, 14) if len(number) == 18 else (4, 8, 12, 16)
    ends = (0, *cuts, len(number))
    return dice.choice(" -").join(
        number[a:b] for a, b in zip(ends, (*ends[1:], None), strict=True) if number[a:b]
    )


def _others(dice: Random) -> Iterator[str]:
    """Yield what is no personal number: of documents, offices, bodies, amounts, instants."""
    yield f"甘政发〔2025〕{dice.randint(1, 99)}号，档案编号 {_digits(dice, 12)}"
    yield f"统一社会信用代码 91620300MA{_digits(dice, 7)}X"
    yield f"办公室电话 0935-{dice.randint(2, 8)}{_digits(dice, 6)}，传真同"
    yield f"拨付资金 {dice.randint(1, 9)}{_digits(dice, 10)}.{_digits(dice, 2)} 元"
    yield f"生成于 2025{dice.randint(1, 12):02}{dice.randint(1, 28):02}{_digits(dice, 6)}"
    yield f"发票号码 {_digits(dice, 20)}"
    yield f"http://example.cn/art/{_digits(dice, 11)}.html"
    yield f"案号（2025）民初 {_digits(dice, 6)} 号，受理 {_digits(dice, 3)} 件"


if __name__ == "__main__":
    for row in number_figures():
        say(row)
