"""The words that documents are read with here: ours, with those of the office's own file."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from models.errors import PlanError
from models.files.whole_file import FileFault, read_whole
from models.plan.own_words import LARGEST, OwnWordsFault, with_own_words
from models.plan.vocabulary import Vocabulary, default_vocabulary, reading_with
from models.settings import settings


def office_vocabulary() -> Vocabulary:
    """Return our words with those of the office's file (SHIFAN_VOCABULARY), ours alone without a file.

    Raises PlanError with every fault of the file.
    """
    path = settings().vocabulary
    if path is None:
        return default_vocabulary()
    name = f"词表文件 {path} "
    try:
        return _read(read_whole(path, LARGEST).decode("utf-8-sig"))
    except FileFault as fault:
        raise PlanError(
            name, [f"文件{fault.why.value}，请检查 SHIFAN_VOCABULARY 的路径和权限"]
        ) from None
    except UnicodeDecodeError:
        raise PlanError(name, ["不是 UTF-8 编码的文本，请另存为 UTF-8"]) from None
    except OwnWordsFault as fault:
        raise PlanError(name, fault.faults) from None


@contextmanager
def office_words() -> Iterator[None]:
    """Read documents with the office's words within; also as ``@office_words()`` before a function."""
    with reading_with(office_vocabulary()):
        yield


@lru_cache(maxsize=4)  # a vocabulary keeps its compiled patterns
def _read(text: str) -> Vocabulary:
    return with_own_words(text)
