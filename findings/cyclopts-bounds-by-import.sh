#!/usr/bin/env bash
# Whether a command's number is checked depends on what some other module imported.
#
# Guess:   bounds written at an argument with annotated-types are either read by the command library or
#          not; the same call gives the same answer.
# Happens: cyclopts reads them with pydantic, if pydantic is loaded in that process already, and lets
#          them be otherwise. It imports nothing itself and does not warn.
# Version: cyclopts 5.5.2, with pydantic 2.14.4 installed in both cases.
# Matters: the suite imports everything and sees "99" refused; a command that starts lean (imports only
#          what it uses, so that it answers at once) takes 99 and writes it into the office's records.
# Instead: every argument of ours has a converter of its own, which holds the bounds and the words of the
#          refusal; a test goes through all commands.
#
# Use: cyclopts-bounds-by-import.sh [VERSION of cyclopts]
set -euo pipefail
version=${1:-5.5.2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "cyclopts==$version" pydantic==2.14.4 annotated-types==0.8.0
cat > command.py <<'PYTHON'
import os
import sys
from typing import Annotated

from annotated_types import Ge, Le
from cyclopts import App, CycloptsError

if os.environ["ALSO"] == "pydantic":
    import pydantic  # noqa: F401 - as any other module of the program might

app = App(result_action="return_value")


@app.default
def stage(number: Annotated[int, Ge(1), Le(9)]) -> str:
    return f"taken: {number}"


try:
    print(app(sys.argv[1:], exit_on_error=False, print_error=False))
except CycloptsError as error:
    print("refused:", str(error).splitlines()[0])
PYTHON
echo "cyclopts $(venv/bin/python -c 'from importlib.metadata import version; print(version("cyclopts"))')"
without=$(ALSO=nothing venv/bin/python command.py 99)
with=$(ALSO=pydantic venv/bin/python command.py 99)
within=$(ALSO=pydantic venv/bin/python command.py 9)
echo "99, pydantic not imported: $without"
echo "99, pydantic imported:     $with"
echo " 9, pydantic imported:     $within"
if [[ $without != "taken: 99" || $with != refused:* || $within != "taken: 9" ]]; then
    echo "It is no longer as stated above." >&2
    exit 1
fi
echo "Seen as stated: one call, two answers, by an import elsewhere."
