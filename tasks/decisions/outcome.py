"""What became of an answer, in the words of the form and the command."""

from dataclasses import dataclass

from models.decisions.decision import OBJECTED, STATUS_WORDS, Decision
from models.rules.decisions.decisions import Answer
from models.settings import local_minute


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: ``done`` ends the run, else ``words`` say what to correct."""

    done: bool
    words: tuple[str, ...]
    overtaken: bool = False
    noted: bool = False  # heard, and others must still be heard

    @property
    def line(self) -> str:
        """Return the outcome in one line."""
        return "；".join(self.words)


def closed_in_words(decision: Decision) -> str:
    """Return how a closed question ended, in one line."""
    at = decision.closed_at or decision.asked_at
    when = local_minute(at)
    if decision.answer:
        word = Answer(decision.answer).chinese
        said = f"已由{decision.answered_by}于 {when} 作出决定（{word}）"
        return f"{said}，后来{decision.closed_why}" if decision.status == OBJECTED else said
    status = STATUS_WORDS[decision.status]
    return f"已于 {when} 失效（{decision.closed_why or status}）"
