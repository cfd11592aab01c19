"""Where things stand, for tests in whatever room."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "documents"  # made up, each with what is to be read of it
UNSEEN = DOCUMENTS / "unseen"  # whose truth was written before they were read; see its SCORES.md
REAL_DOCUMENTS = ROOT.parent / "shared" / "documents"  # beside the checkout, where it is there
