import pytest

from models.plan.reading.text.amounts import amount_at, amounts_in
from models.plan.vocabulary import default_vocabulary

WORDS = default_vocabulary()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("达到95%", (95, "%", "95", None)),
        ("投资1,200万元", (1200, "万元", "1,200", None)),
        ("培训二十场次", (20, "场次", "二十", None)),
        ("百分之五", (5, "%", "", None)),
        ("九成以上", (90, "%", "", None)),
        ("配备3至5名", (5, "名", "5", 3)),
        ("80%—85%", (85, "%", "85", 80)),
        ("浮尘不超过5克", (5, "克", "5", None)),
    ],
)
def test_an_amount_is_a_number_with_its_measure(text, amount):
    [found] = amounts_in(text, WORDS)

    assert (found.value, found.unit, found.written, found.low) == amount


def test_the_amount_at_a_place_has_no_lower_one():
    text = "配备3至5名"

    assert amount_at(text, text.index("5"), WORDS).value == 5
    assert amount_at(text, 0, WORDS) is None
