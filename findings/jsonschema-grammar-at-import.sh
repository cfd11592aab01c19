#!/usr/bin/env bash
# A library that nobody calls makes every start of Prefect read a grammar, as soon as it is installed.
#
# Guess:   `import prefect` costs the same whatever else lies in the environment; what another tool brought
#          along is loaded when that tool is used.
# Happens: jsonschema, which Prefect imports, looks at its own import for libraries that check formats. Where
#          rfc3987-syntax is there (an extra of jsonschema, asked for by cyclonedx-bom), it is imported
#          too, and with it lark, which builds the whole grammar of RFC 3987 at once, checked or not.
# Version: prefect 3.9.1, jsonschema 4.26.0, rfc3987-syntax 1.1.0.
# Matters: `import prefect` took 0.9 s of processor without it and 2.1 s with it; an office starts Prefect for every run of its day.
# Instead: the lock leaves rfc3987-syntax out; the list of components needs no check of an IRI.
#
# Use: jsonschema-grammar-at-import.sh [VERSION of prefect]
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
from time import process_time

begun = process_time()
import prefect

took = process_time() - begun
print(f"prefect {prefect.__version__}: lark imported: {'lark' in sys.modules}; {took:.1f} s of processor")
sys.exit(0 if ("lark" in sys.modules) == (sys.argv[1] == "with") else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py without > /dev/null # its bytecode is written once
echo "Without rfc3987-syntax:"
venv/bin/python shown.py without
venv/bin/pip install -q rfc3987-syntax==1.1.0
venv/bin/python shown.py with > /dev/null
echo "With it, and nobody calls it:"
venv/bin/python shown.py with
echo "Seen as stated: what is installed beside Prefect is imported with it."
