"""Bodies beside the one that leads, within sentences: 会同…, …配合; each with its whole name."""

import pytest

from models.plan.reading.roles.roles import Grammar
from models.plan.reading.roles.sentences import read_inline
from models.plan.reading.roles.units import is_group, split_units
from models.plan.vocabulary import default_vocabulary

WORDS = default_vocabulary()


@pytest.mark.parametrize(
    ("sentence", "lead", "others"),
    [
        ("由供电所会同经济发展办公室对线路开展检查", "供电所", ["经济发展办公室"]),
        (
            "由县司法局会同县公安局、州生态环境局黔岭分局、县文体广电旅游局组织实施",
            "县司法局",
            ["县公安局", "州生态环境局黔岭分局", "县文体广电旅游局"],
        ),
        (
            "州市场监督管理局会同州发展和改革委员会、州商务局对政策开展复查",
            "州市场监督管理局",
            ["州发展和改革委员会", "州商务局"],
        ),
        ("由州财政局会同州林业和草原局、州审计局负责", "州财政局", ["州林业和草原局", "州审计局"]),
        (
            "由市市场监管局会同市教委、市经济和信息化局推进联网",
            "市市场监管局",
            ["市教委", "市经济和信息化局"],
        ),
        ("由市教委会同市财政局和市审计局推进", "市教委", ["市财政局", "市审计局"]),
        ("由市住建局会同市城管局、各区政府对工地开展检查", "市住建局", ["市城管局", "各区政府"]),
        (
            "由社会事务办公室牵头，团中学、团医院、颐康养老院配合",
            "社会事务办公室",
            ["团中学", "团医院", "颐康养老院"],
        ),
        # What is done begins behind the name.
        ("由市公安局会同市城市管理局开展整治", "市公安局", ["市城市管理局"]),
        ("由市发改委会同市住建局建设平台", "市发改委", ["市住建局"]),
    ],
)
def test_every_body_beside_the_lead_is_whole(sentence, lead, others):
    roles = read_inline(sentence + "。", Grammar.of(WORDS))

    assert roles.lead == [lead]
    assert roles.cooperating == others


def test_who_is_said_to_lead_and_to_be_responsible_is_taken():
    led = read_inline("由县文化和旅游局负责牵头，县市场监管局、县税务局配合。", Grammar.of(WORDS))
    told = read_inline(
        "本项工作的责任单位为县市场监管局、县农业农村局、江曲海关。", Grammar.of(WORDS)
    )
    other = read_inline("责任单位为此付出很多。", Grammar.of(WORDS))

    assert (led.lead, led.cooperating) == (["县文化和旅游局"], ["县市场监管局", "县税务局"])
    assert told.responsible == ["县市场监管局", "县农业农村局", "江曲海关"]
    assert not other.responsible


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县纪委县监委机关、县工商联", ["县纪委县监委机关", "县工商联"]),  # one body of two names
        ("县住建局县水利局", ["县住建局", "县水利局"]),
        ("市司法局和文件起草单位", ["市司法局", "文件起草单位"]),
        ("市发展和改革委员会", ["市发展和改革委员会"]),
    ],
)
def test_a_list_is_parted_between_bodies_only(text, names):
    assert split_units(text, WORDS) == names


def test_who_drafts_is_a_class_of_bodies():
    assert is_group("文件起草单位")
