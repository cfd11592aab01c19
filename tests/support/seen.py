"""What a reader of a page sees and fetches: its words, its links, its pictures, its tags."""

from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Page(HTMLParser):
    """A page of Markdown as a browser gets it; ``addresses`` is all it links to or fetches."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.words, self.tags, self.addresses = "", [], []
        self.feed(READER.render(markdown))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name not in ("alt", "title")]

    def handle_data(self, data: str) -> None:
        self.words += data


def flat(tokens: list[Token]) -> list[Token]:
    """Return ``tokens`` with those of lines in place of their lines."""
    return [t for token in tokens for t in (flat(token.children) if token.children else [token])]
