#!/usr/bin/env bash
# LibreOffice neither shows nor prints a Chinese mark that hangs behind the end of a justified line.
#
# Guess:   a comma or full stop that comes behind the last letter of a full line hangs in the margin, as in
#          Word; `w:overflowPunct` with the value 0 keeps it from doing so, and 1, the default, lets it.
# Happens: in a justified paragraph that says nothing of it the mark is gone, on the page and from the text of
#          the PDF: of the 3,174 commas of a report 222 were missing. The value is read the wrong way round:
#          0 lets marks hang (and be lost), 1 keeps the mark in the line, where it is printed.
# Version: LibreOffice 7.4.7 (Debian 4:7.4.7-1+deb12u14), headless.
# Matters: every official paper is justified Chinese text, and is sent and signed as the PDF of its Word file.
# Instead: say `<w:overflowPunct w:val="1"/>` in the default style. To Word it means what it does unasked.
#
# Needs apt-get (Debian 12, amd64) and about 700 MB in the temporary folder, where everything is unpacked.
# Use: libreoffice-hanging-mark-lost.sh [VERSION of libreoffice-writer-nogui]
set -euo pipefail
version=${1:-4:7.4.7-1+deb12u14}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "pypdfium2==5.15.2"

# Every package it needs, whatever is installed here: unpacked, not installed.
: > installed
mkdir -p packages/partial root
apt-get -qq -y -o Debug::NoLocking=1 -o APT::Sandbox::User=root -o "Dir::State::status=$work/installed" \
  -o "Dir::Cache::archives=$work/packages" --no-install-recommends --download-only install \
  "libreoffice-writer-nogui=$version" fonts-wqy-microhei > /dev/null
for package in packages/*.deb; do dpkg-deb -x "$package" root; done
program=$work/root/usr/lib/libreoffice/program
libraries=$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu
# The machine's own C library goes with its kernel and loader; the paths are those of an installed one.
rm -f root/lib/x86_64-linux-gnu/{ld-linux-x86-64.so.2,lib{c,m,dl,rt,pthread,resolv}.so.*}
sed -i "s#file:///usr/lib/libreoffice#file://$work/root/usr/lib/libreoffice#g
  s#file:///etc/libreoffice/registry#file://$work/root/usr/lib/libreoffice/share/.registry#g" "$program"/*rc
cat > fonts.conf <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$work/root/usr/share/fonts</dir><cachedir>$work/fonts</cachedir></fontconfig>
XML

cat > shown.py <<'PYTHON'
import os
import subprocess
import sys
import zipfile

import pypdfium2

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPC = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'<Types xmlns="{OPC}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>'
)
RELATED = (
    f'<Relationships xmlns="{OPC}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)
# Twenty letters of 16 points fill a line; the mark comes behind the second line.
TEXT = "国" * 40 + "，" + "家" * 30
AGAIN = 81  # of a program that has made its profile and wants to be started again
FOUND = {}


def show(name: str, paragraph: str) -> None:
    body = (
        f'<w:document xmlns:w="{MAIN}"><w:body><w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>'
        '<w:rFonts w:eastAsia="WenQuanYi Micro Hei" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr>'
        f"<w:t>{TEXT}</w:t></w:r></w:p><w:sectPr>"
        '<w:pgSz w:w="8404" w:h="16838"/>'
        '<w:pgMar w:top="1000" w:bottom="1000" w:left="1000" w:right="1000"/>'
        "</w:sectPr></w:body></w:document>"
    )
    with zipfile.ZipFile(f"{name}.docx", "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATED)
        file.writestr("word/document.xml", body)
    program, libraries = sys.argv[1:]
    own = {"LD_LIBRARY_PATH": f"{program}:{libraries}", "FONTCONFIG_FILE": "fonts.conf"}
    profile = f"-env:UserInstallation=file://{os.getcwd()}/profile"
    command = [f"{program}/soffice.bin", "--headless", profile, "--convert-to", "pdf", f"{name}.docx"]
    ended = AGAIN
    while ended == AGAIN:
        ended = subprocess.run(command, env=os.environ | own, capture_output=True, timeout=300).returncode
    if ended:
        sys.exit(f"LibreOffice ended with {ended}.")
    text = pypdfium2.PdfDocument(f"{name}.pdf")[0].get_textpage().get_text_bounded()
    FOUND[name] = text.count("，")
    print(f"{name}: {FOUND[name]} of 1 mark; letters a line:", *map(len, text.split()))


both = '<w:jc w:val="both"/>'
show("justified", both)
show("left", '<w:jc w:val="left"/>')
show("justified, overflowPunct 0", '<w:overflowPunct w:val="0"/>' + both)
show("justified, overflowPunct 1", '<w:overflowPunct w:val="1"/>' + both)
sys.exit(None if list(FOUND.values()) == [0, 1, 0, 1] else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py "$program" "$libraries"
echo "Seen as stated: the mark behind a justified line is lost, and overflowPunct is read the wrong way round."
