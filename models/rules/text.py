"""Text as a plan holds it: white space inside Chinese carries no meaning."""

from typing import Annotated

from pydantic import BeforeValidator


def _without_spaces(value: object) -> object:
    """Drop white space inside Chinese text: it carries no meaning (a stray break, an OCR space)."""
    return "".join(value.split()) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_without_spaces)]
Texts = list[Text]
