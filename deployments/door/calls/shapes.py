"""Small types, put together in `bodies`, of what may stand in a body; each takes JSON as it stands."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from deployments.door.refused import WRONG_BODY, Refused

# What came as JSON; the shapes say what may stand in it.
JsonObject = dict[str, Any]
LARGEST = 2**53 - 1  # above it JavaScript and Python no longer mean the same number
DEEPEST = 20
REFERENCES = ("$ref", "$dynamicRef", "$id", "$schema")
LONGEST = 20_000  # letters of one text
LONGEST_NAME = 200


class Shape(BaseModel):
    """An object of the fields that are named and of no others; nothing is taken for what it is not."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @classmethod
    def require(cls, said: Any) -> None:
        """Raise Refused with the place of what may not stand in ``said``."""
        try:
            cls.model_validate(said)
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_input=False)[0]
            inside = wrong.get("ctx", {}).get("place", ())
            place = ".".join(str(part)[:40] for part in (*wrong["loc"], *inside))
            raise Refused(WRONG_BODY, place) from None


def _require_nothing(value: Any, *place: str) -> Any:
    if isinstance(value, dict):
        for name, one in value.items():
            _require_nothing(one, *place, name)
    else:
        _require(not value, place)
    return value


def _require_plain(value: Any, *place: str) -> Any:
    inside: Iterable[tuple[Any, Any]] = ()
    match value:
        case dict():
            _require(len(place) < DEEPEST and all(map(_is_name, value)), place)
            inside = value.items()
        case list():
            _require(len(place) < DEEPEST, place)
            inside = enumerate(value)
        case str():
            _require(len(value) <= LONGEST and _storable(value), place)
        case int() | float():
            _require(abs(value) <= LARGEST, place)  # NaN and the infinities are within nothing
    for name, one in inside:
        pointing = isinstance(one, str) and one.startswith("#")
        _require(pointing or name not in REFERENCES, (*place, str(name)))
        _require_plain(one, *place, str(name))
    return value


def _is_name(name: str) -> bool:
    return _storable(name) and len(name) <= LONGEST_NAME and not name.startswith("__")


def _storable(value: str) -> bool:
    """Say whether both databases hold it: no NUL, no half of a surrogate pair."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _require(right: bool, place: tuple[str, ...]) -> None:
    if not right:
        raise PydanticCustomError("misshaped", "may not stand there", {"place": place})


def _require_storable(value: str) -> str:
    _require(_storable(value), ())
    return value


def _require_true(value: bool) -> bool:
    _require(value, ())
    return value


Line = Annotated[str, Field(max_length=2000), AfterValidator(_require_storable)]
Word = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(_require_storable)]
Tags = Annotated[list[Annotated[Word, Field(max_length=100)] | None], Field(max_length=20)]
# Prefect keeps 32 bits of an offset; beyond, the whole list answers with an error.
Place = Annotated[int, Field(ge=0, le=2**31 - 1)]

# A Literal of a flag would take 0 and 1 for it too.
Yes = Annotated[bool, AfterValidator(_require_true)]
No = Annotated[bool, AfterValidator(_require_nothing)]
# What says nothing: null, false, 0, an empty text, list or object, or an object of those.
Nothing = Annotated[Any, AfterValidator(_require_nothing)]

# An object of values that a form can hold, within bounds, and nothing that is expanded: Prefect makes
# templates and variables of objects with `__prefect_kind`, and the library that checks schemas fetches
# what a `$ref` to elsewhere points to.
Values = Annotated[dict[Any, Any], AfterValidator(_require_plain)]
