"""Demands in the words of real indicators: where a text is parted, which target each has."""

import pytest

from models.evidence.demands.reading import read_demands
from models.rules.evidence.demands import LONGEST_DEMAND, MOST


def read(text: str) -> list[tuple[str, str]]:
    """Return each demand with its target as one word."""
    found = []
    for one in read_demands(text):
        target = f"{one.op}{one.value:g}{one.unit_of_value}" if one.value is not None else ""
        found.append((one.text.strip("。；"), target + (f"/{one.per}" if one.per else "")))
    return found


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        # The end of a sentence, a semicolon of either width.
        ("制定清单。公布清单。", [("制定清单", ""), ("公布清单", "")]),
        ("制定清单；公布清单", [("制定清单", ""), ("公布清单", "")]),
        ("制定清单;公布清单", [("制定清单;", ""), ("公布清单", "")]),
        # Parts of a list.
        ("（1）建立顾问制度；（2）定期评估", [("（1）建立顾问制度", ""), ("（2）定期评估", "")]),
        ("1.制定清单；2.公布清单", [("1.制定清单", ""), ("2.公布清单", "")]),
        ("一是建立台账，二是定期通报", [("一是建立台账", ""), ("二是定期通报", "")]),
        # 、 lists what is proved together.
        ("健全制度、完善机制、公开结果", [("健全制度、完善机制、公开结果", "")]),
        # Targets, at their bounds: ≥, 以上 and 以下 take the number in.
        ("持证率≥90%", [("持证率≥90%", ">=90%")]),
        ("持证率不低于９０％", [("持证率不低于９０％", ">=90%")]),
        ("人民调解员2名以上", [("人民调解员2名以上", ">=2名")]),
        ("涉企检查每年2次以下", [("涉企检查每年2次以下", "<=2次/year")]),
        ("每年至少开展1次评估", [("每年至少开展1次评估", ">=1次/year")]),
        (
            "每人每年参加培训不少于40学时",
            [("每人每年参加培训不少于40学时", ">=40学时/year")],
        ),
        ("重大决策100%经过审查", [("重大决策100%经过审查", "==100%")]),
        # Two targets in one sentence are two demands.
        (
            "按时办结率≥90%，群众满意度≥85%",
            [("按时办结率≥90%", ">=90%"), ("群众满意度≥85%", ">=85%")],
        ),
        # A negative half is proved otherwise; a bound and a name are no negative half.
        ("推行公示制度，不存在选择性执法", [("推行公示制度", ""), ("不存在选择性执法", "")]),
        ("加强服务，无偿提供咨询", [("加强服务，无偿提供咨询", "")]),
        ("占总数的比例，不得低于5%", [("占总数的比例，不得低于5%", ">=5%")]),
        # Nothing is parted within quotes and titles; nothing to count is no target.
        ("落实“双随机；一公开”监管", [("落实“双随机；一公开”监管", "")]),
        ("建立公平竞争审查制度", [("建立公平竞争审查制度", "")]),
        ("实现全覆盖", [("实现全覆盖", "")]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_a_text_is_parted_into_what_can_be_proved(text, demands):
    assert read(text) == demands


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("推进第2批改革", 0),  # counts nothing
        ("《条例》（2021年修订）得到落实", 0),
        ("落实国发〔2022〕27号文件", 0),
        ("（1）建立顾问制度", 0),
        ("1.制定清单", 0),
        ("推进3项改革", 1),  # is it a target or not?
        ("培训不少于40学时且出勤率不低于90%", 1),  # two targets that no comma parts
        ("字" * LONGEST_DEMAND, 0),
        ("字" * (LONGEST_DEMAND + 1), 1),
    ],
)
def test_what_is_uncertain_is_asked(text, doubts):
    assert sum(len(one.doubts) for one in read_demands(text)) == doubts


def test_a_long_list_keeps_every_letter():
    text = "".join(f"完成第{n}件事情。" for n in range(MOST + 5))

    found = read_demands(text)
    assert len(found) == MOST
    assert "".join(one.text for one in found) == text
