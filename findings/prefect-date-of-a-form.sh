#!/usr/bin/env bash
# One function of Prefect finds 30 February wrong or right, by how it is asked to say so.
#
# Guess:   `validate(answer, schema)` lists the faults, and with `raise_on_error=True` the first of them
#          is raised instead; what is a fault does not depend on it.
# Happens: only the list looks at `format`. With `raise_on_error=True`, which the server uses when a
#          paused run is resumed and when a run is made from a deployment, 2026-02-30 and even a word are
#          taken for a date.
# Version: prefect 3.9.1 with jsonschema 4.26.0.
# Matters: the date that a clerk typed is accepted, the form is gone, and then the run fails on reading it.
# Instead: our forms take a day as text with a pattern; the flow reads it, and says in one line when the
#          calendar has no such day.
#
# Use: prefect-date-of-a-form.sh [VERSION of prefect]
set -euo pipefail
version=${1:-3.9.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PREFECT_HOME="$work/home"
python3 -m venv venv
venv/bin/pip install -q "prefect==$version" jsonschema==4.26.0
cat > shown.py <<'PYTHON'
import sys
from datetime import date

import prefect
from prefect.input import RunInput
from prefect.utilities.schema_tools.validation import ValidationError, validate


class Answer(RunInput):
    day: date


schema = Answer.model_json_schema()


def listed(day: str) -> bool:
    return not validate({"day": day}, schema)


def raised(day: str) -> bool:
    try:
        validate({"day": day}, schema, raise_on_error=True)
    except ValidationError:
        return False
    return True


print("prefect", prefect.__version__, schema["properties"]["day"])
seen = {}
for day in ("2026-02-28", "2026-02-30", "tomorrow"):
    seen[day] = (listed(day), raised(day))
    print(f"{day}: taken when faults are listed: {seen[day][0]}, when they are raised: {seen[day][1]}")
stated = {"2026-02-28": (True, True), "2026-02-30": (False, True), "tomorrow": (False, True)}
sys.exit(None if seen == stated else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: the stricter way of asking is the laxer check."
