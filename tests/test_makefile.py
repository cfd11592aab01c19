"""What `make` says, and when."""

import re
import subprocess

from tests.places import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.M)


def test_make_help_says_every_target_in_chinese_and_in_english():
    ran = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True)
    said = re.findall(r"^make ([a-z-]+) +(.+)\n +(.+)$", ran.stdout.decode(), re.M)

    assert [target for target, _, _ in said] == TARGETS
    for _, chinese, english in said:
        assert re.search("[\u4e00-\u9fff]", chinese)
        assert re.fullmatch(r"[\x20-\x7e]+", english)


def test_no_target_is_a_file():
    [phony] = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.M)
    assert phony.split() == TARGETS


def test_the_set_up_says_in_chinese_what_it_does_before_it_does_it():
    """It takes a minute or two, and pip is told to be quiet."""
    recipe = MAKEFILE.partition("$(STAMP):")[2].partition("\nup:")[0]

    told = recipe.index("正在准备运行环境")
    assert "约一两分钟" in recipe[told : told + 80]
    assert told < recipe.index("-m venv")
    for stage, work in (("1/3", "pip install"), ("2/3", "-e ."), ("3/3", "compileall")):
        assert recipe.index(stage) < recipe.index(work)


def test_nothing_is_touched_before_all_of_an_archive_was_found_whole():
    recipe = MAKEFILE.partition("$(STAMP):")[2].partition("\nup:")[0]

    checked = recipe.index("wheelhouse/opening.py")
    assert checked < recipe.index("-m venv --clear") < recipe.index("--find-links")
    assert recipe.rindex("touch $(STAMP)") > recipe.index("compileall")
    assert recipe.count("pip install -q $(NO_NETWORK)") == 2
