"""The sentence that a person is shown for what was read."""

LONGEST_SENTENCE = 300  # characters


def sentence_around(text: str, start: int, end: int | None = None) -> str:
    """Return the sentence of ``text`` that holds ``start``, at most 300 characters of it."""
    end = start if end is None else end
    first = max(text.rfind(mark, 0, start) for mark in "。；！？") + 1
    stops = [at for mark in "。；！？" if (at := text.find(mark, max(end - 1, first))) >= 0]
    last = min(stops, default=len(text) - 1) + 1
    return text[max(first, start - 200) : min(last, max(first, start - 200) + LONGEST_SENTENCE)]
