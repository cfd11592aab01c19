from models.plan.reading.text.remembered import remembered
from models.plan.vocabulary import Vocabulary, default_vocabulary, in_force, reading_with

asked = []


@remembered
def words_of(text: str) -> int:
    asked.append(text)
    return len(in_force().lists)


def test_a_text_is_read_once():
    asked.clear()

    assert words_of("甲") == words_of("甲")
    assert asked == ["甲"]


def test_another_vocabulary_reads_a_text_anew():
    other = Vocabulary({}, {}, ())

    assert words_of("乙") == len(default_vocabulary().lists)
    with reading_with(other):
        assert words_of("乙") == 0
    assert words_of("乙") == len(default_vocabulary().lists)
