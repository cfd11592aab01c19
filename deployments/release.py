"""Which release this is: the program's number, and the version of the database that goes with it."""

# As pyproject.toml has it; raised with every archive that is given to an office.
VERSION = "0.1.0"


def release_in_words() -> str:
    """Return both in one line, for whoever asks which program runs and what its data must be."""
    from models.schema import REVISION  # heavy, and most commands name no release

    return f"示范 {VERSION}，数据库版本 {REVISION}"
