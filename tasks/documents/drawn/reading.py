"""Read what has letters at places and no lines of its own: drawn anew as a PDF, read as any PDF is."""

from models.plan.reading.text.document import PICTURE, Document
from models.plan.schema import NotRead
from tasks.documents.apart import parse_apart
from tasks.documents.drawn.page import DrawnLetter, DrawnPage, DrawnRule
from tasks.documents.drawn.pdf import drawn_pdf
from tasks.documents.faults import DocumentError
from tasks.documents.letters import FIRST_WORDS, letters_of
from tasks.documents.scans.reading import Tell, of_pictures
from tasks.guarded.guard import GivenUp, worker

OFD = "tasks.documents.drawn.ofd:ofd_pages"
LEAST = 10  # letters of a file with text


def read_ofd(content: bytes, name: str, tell: Tell) -> Document:
    """Return what an OFD says; one of nothing but pictures is recognised, where that is installed."""
    drawn: list[DrawnPage] = []
    left: list[NotRead] = []
    pictures: list[bytes] = []
    with worker(OFD) as process:
        try:
            for number, page in enumerate(process.parts(content), start=1):
                wide, high, letters, rules, out, seen = page
                drawn.append(
                    DrawnPage(
                        wide,
                        high,
                        [DrawnLetter(*each) for each in letters],
                        [DrawnRule(*each) for each in rules],
                    )
                )
                left += [_left(why, words, number) for why, words in out]
                if seen:
                    words = f"第 {number} 页是图片"
                    left.append(NotRead(why=PICTURE, words=words, letters=0, page=number))
                pictures += seen
        except GivenUp as reason:
            raise DocumentError(f"“{name}”{reason}") from None
    if sum(len(page.letters) for page in drawn) < LEAST and pictures:
        return of_pictures(pictures, name, tell)
    document = parse_apart(drawn_pdf(drawn), "pdf", name)
    if len(drawn) == 1:
        left = [each.model_copy(update={"page": None}) for each in left]
    return Document(document.lines, name, (*left, *document.not_read))


def _left(why: str, words: str, page: int) -> NotRead:
    shown = " ".join(words.split())[:FIRST_WORDS]
    return NotRead(why=why, words=shown, letters=len(letters_of(words)), page=page)
