#!/usr/bin/env bash
# The bounds of a number lose their names in the JSON schema when they stand behind a validator.
#
# Guess:   the order of the parts of an Annotated decides what runs first, and nothing else: bounds from
#          0 to 9 are written into the schema as `minimum` and `maximum` wherever they stand.
# Happens: behind a BeforeValidator they are written as `ge` and `le`. JSON Schema has no such words, so
#          whoever reads the schema takes every number, without a warning. The model itself still refuses.
# Version: pydantic 2.14.4.
# Matters: a form is drawn and checked from the schema. The clerk's "99" is taken there, the answer is
#          thanked for, and only the program behind it fails, when the clerk has left.
# Instead: we write `Field(...)` before the validator, and say so where it is written.
#
# Use: pydantic-bounds-behind-a-validator.sh [VERSION of pydantic]
set -euo pipefail
version=${1:-2.14.4}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "pydantic==$version" jsonschema==4.26.0
cat > shown.py <<'PYTHON'
import sys
from typing import Annotated

import jsonschema
import pydantic
from pydantic import BaseModel, BeforeValidator, Field


def none_as_zero(number: object) -> object:
    return 0 if number is None else number


class Bounds_last(BaseModel):
    copies: Annotated[int, BeforeValidator(none_as_zero), Field(ge=0, le=9)]


class Bounds_first(BaseModel):
    copies: Annotated[int, Field(ge=0, le=9), BeforeValidator(none_as_zero)]


def refused_by_schema(model: type[BaseModel]) -> bool:
    validator = jsonschema.Draft202012Validator(model.model_json_schema())
    return not validator.is_valid({"copies": 99})


def refused_by_model(model: type[BaseModel]) -> bool:
    try:
        model(copies=99)
    except pydantic.ValidationError:
        return True
    return False


print("pydantic", pydantic.VERSION)
for model in (Bounds_last, Bounds_first):
    print(f"{model.__name__}: {model.model_json_schema()['properties']['copies']}")
    print(f"  99 refused by the schema: {refused_by_schema(model)}, by the model: {refused_by_model(model)}")
last = Bounds_last.model_json_schema()["properties"]["copies"]
as_stated = (
    (last.get("ge"), last.get("le"), "minimum" in last) == (0, 9, False)
    and not refused_by_schema(Bounds_last)
    and refused_by_schema(Bounds_first)
    and refused_by_model(Bounds_last)
    and refused_by_model(Bounds_first)
)
sys.exit(None if as_stated else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: bounds behind a validator are not in the words of JSON Schema."
