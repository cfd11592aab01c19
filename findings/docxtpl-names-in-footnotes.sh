#!/usr/bin/env bash
# docxtpl does not list the names that stand in a template's footnotes, though it fills them in.
#
# Guess:   `get_undeclared_template_variables()` returns every name that a template uses, so a template
#          whose names are all known can be filled in.
# Happens: the body, headers and footers are looked at, footnotes are not. A misspelt name in a footnote is
#          not told; `render` fills footnotes in all the same, and leaves its place empty.
# Version: docxtpl 0.20.2.
# Matters: an office's report has its sources in footnotes. A template that was checked by its names would
#          print them empty, on the day it is signed.
# Instead: fill the template in on trial with an Undefined that notes each name, and tell all of them.
#
# No network. Use: docxtpl-names-in-footnotes.sh [VERSION of docxtpl]
set -euo pipefail
version=${1:-0.20.2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "docxtpl==$version"
cat > shown.py <<'PYTHON'
import re
import sys
import zipfile

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTE = (
    f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p><w:r>'
    "<w:t>来源：{{ source }}；{{ sorce }}。</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
document = docx.Document()
document.add_paragraph("{{ title }}")
part = Part(PackURI("/word/footnotes.xml"), KIND, NOTE.encode(), document.part.package)
document.part.relate_to(part, LINK)
document.save("template.docx")

names = DocxTemplate("template.docx").get_undeclared_template_variables()
template = DocxTemplate("template.docx")
template.render({"title": "报告", "source": "月报"})
template.save("paper.docx")
with zipfile.ZipFile("paper.docx") as package:
    note = package.read("word/footnotes.xml").decode()
print("names told:", sorted(names))
print("footnote:  ", re.sub("<[^>]*>", "", note).strip())
sys.exit(not (names == {"title"} and "来源：月报；。" in note))
PYTHON
if venv/bin/python shown.py; then
  echo "docxtpl $version: names in footnotes are filled in and not told."
else
  echo "docxtpl $version: this has changed." >&2
  exit 1
fi
