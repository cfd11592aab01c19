"""What nobody keeps of whoever complains: the name and the number; what is complained of stays."""

import re

from models.rules.evidence.personal import personal_numbers
from models.rules.registrar import FAMILY_NAMES

NAMELESS, NUMBERLESS = "某某", "（号码略）"
_FAMILY = "".join(sorted(FAMILY_NAMES))
# …without those that are mostly words where somebody speaks: 群众向社区反映, 任何人投诉.
_SURE = "".join(sorted(FAMILY_NAMES - set("向于常方万任高严白江金石")))
_WHO = "投诉人|反映人|来电人|来信人|来访人|举报人|信访人|建议人|申请人|当事人|联系人|留言人|姓名"
_NAME = f"[{_FAMILY}][\u4e00-\u9fff某·*×]{{1,2}}"
# Behind 投诉人： or with 先生 behind it; before what somebody does who complains.
_CALLED = re.compile(
    f"(?P<who>(?:{_WHO})(?:姓名)?[：:为是]?\\s*)(?P<name>{_NAME})(?![局委办部院厅会])"
)
_DOES = "反映|投诉|来电|来信|来访|举报|留言"
_SPEAKS = re.compile(
    f"(?P<lead>^|[，。；：、\\s]|群众|市民|居民|村民|业主|商户)(?P<name>[{_SURE}][\u4e00-\u9fff某·*×]{{1,2}}?)"
    f"(?P<mr>先生|女士|同志)?(?={_DOES})"
)
_TITLED = re.compile(f"[{_FAMILY}][\u4e00-\u9fff]{{0,2}}(?=先生|女士)")
# Seven or eight digits of a telephone at home, a dash before them or not; no year, amount or number of a paper.
_HOME = re.compile("(?<![0-9〔第])(?:0[0-9]{2,3}[- ]?)?[2-8][0-9]{6,7}(?![0-9元万号.年%])")


def without_complainant(text: str) -> str:
    """Return ``text`` with 某某 for the name of whoever complains, and without their numbers.

    A guess, as every reading of names is: the office reads it over before it hands it on.
    """
    for number in reversed(list(personal_numbers(text))):  # half a number still tells whose it is
        text = f"{text[: number.start]}{NUMBERLESS}{text[number.end :]}"
    text = _HOME.sub(NUMBERLESS, text)
    text = _CALLED.sub(lambda found: f"{found['who']}{NAMELESS}", text)
    text = _TITLED.sub(NAMELESS, text)
    return _SPEAKS.sub(lambda found: f"{found['lead']}{NAMELESS}{found['mr'] or ''}", text)
