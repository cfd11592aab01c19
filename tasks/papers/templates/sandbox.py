"""The sandbox that a template runs in: no code of ours, few sums, and an end that is counted, not waited for."""

from __future__ import annotations

from typing import Any

from jinja2 import DictLoader, Undefined, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tasks.papers.templates.noted import PrintedNotes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ROUNDS = 300_000  # of all loops together; the largest paper has a few ten thousand
MOST_TIMES = 10_000  # a sum, or letters of a text that is repeated
SOURCES = "sources"  # the list that a template may print where it likes
# Filters whose text would be taken for marks of Word.
MARKUP = ("safe", "xmlattr", "urlize", "tojson")


class TooManyRounds(TemplateRuntimeError):
    """The loops of a template went round more often than any paper needs."""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment that counts what it does; ``unknown`` fills with the names that are not there.

    ``notes`` are the sources of the numbers that were printed.
    """

    intercepted_binops = frozenset(["*", "**", "%"])

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self._rounds = 0
        self.listed = False  # whether the template lists the sources itself
        # No template reads another: none is there to be found.
        super().__init__(autoescape=True, undefined=self._noting(), loader=DictLoader({}))
        for name in MARKUP:
            del self.filters[name]
        self.filters["counted"] = self._counted
        self.notes = PrintedNotes()
        self.finalize = self.notes.seen
        self.filters["source"] = self.notes.marked
        self.globals = {"range": self._range}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a fact by its name, also where dictionaries have a method that is called so."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Work out a product; powers, and texts or sums that grow without bound, are refused."""
        length = len(left) if isinstance(left, str) else left
        sound = all(isinstance(one, int | float) for one in (length, right)) and operator != "**"
        if not sound or (operator, type(left)) == ("%", str) or abs(length * right) > MOST_TIMES:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def call(self, *given: Any, **named: Any) -> Any:
        """Call what a template may call, and count it: macros may call one another."""
        self._round()
        return super().call(*given, **named)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.listed |= any(one.name == SOURCES for one in tree.find_all(nodes.Name))
        for one in tree.find_all(nodes.For):
            one.iter = nodes.Filter(one.iter, "counted", [], [], None, None)
        return tree

    def _counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            self._round()
            yield row

    def _range(self, *ends: int) -> range:
        numbers = range(*ends)
        self._round(len(numbers))
        return numbers

    def _round(self, times: int = 1) -> None:
        self._rounds += times
        if self._rounds > MOST_ROUNDS:
            raise TooManyRounds

    def _noting(self) -> type[Undefined]:
        unknown = self.unknown

        class Noted(Undefined):
            """A name that is not there: noted, and empty, so that all of them are found in one go."""

            __slots__ = ()

            def _noted(self) -> None:
                name = self._undefined_name or ""
                if name and name not in unknown:
                    unknown.append(str(name))

            def __str__(self) -> str:
                self._noted()
                return ""

            def __iter__(self) -> Any:
                self._noted()
                return iter(())

            def __len__(self) -> int:
                self._noted()
                return 0

            def __bool__(self) -> bool:
                self._noted()
                return False

            def __eq__(self, other: object) -> bool:
                self._noted()
                return False

            __hash__ = None  # type: ignore[assignment]

            def __getattr__(self, name: str) -> Any:
                if name.startswith("__"):
                    raise AttributeError(name)
                self._noted()
                return Noted(name=f"{self._undefined_name}.{name}")

        return Noted
