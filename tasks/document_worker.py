"""A process of its own that parses one file under limits: `python -m tasks.document_worker KIND PATH`.

Prints one JSON line a page, so that its parent sees that it gets on, and a last line with `done` or `error`.
"""

import json
import sys
from pathlib import Path

MEMORY = 480 * 1024 * 1024  # bytes of address space that parsing may take on top of the interpreter
SECONDS = 120  # of processor time for one file


def main(arguments: list[str]) -> int:
    """Parse the file named in ``arguments`` and print its pages."""
    _limit()
    kind, path = arguments[0], Path(arguments[1])
    from tasks.document_checks import DocumentError

    try:
        from tasks import document_formats, document_html

        parsers = {
            "html": document_html.html_pages,
            "docx": document_formats.word_pages,
            "pdf": document_formats.pdf_pages,
        }
        for page in parsers[kind](path):
            _say({"page": page})
        _say({"done": True})
    except DocumentError as error:
        _say({"error": str(error)})
    except MemoryError:
        _say({"error": f"“{path.name}”太复杂,内存不够,没有读完"})
    except RecursionError:
        _say({"error": f"“{path.name}”结构不正常,打不开"})
    except Exception:  # whatever a broken file makes a parser raise: one line, never a traceback
        _say({"error": f"“{path.name}”已损坏,打不开"})
    return 0


def _limit() -> None:
    """Bound memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _say(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
