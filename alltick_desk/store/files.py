"""Small JSON files that are either whole or not there.

A file is written beside its place, forced to the disk and moved over the old one in one step, so
a crash or a full disk leaves what was there. A file that cannot be understood is never written
over: it is set aside under a name with the time in it, and the person is told.
"""

import contextlib
import errno
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from alltick_desk.errors import SettingsError, StoreError, UsageError
from alltick_desk.model.words import Sentence, joined

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

T = TypeVar("T")

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_READABLE = 40  # characters of what a file is about in its name
_PLAIN = re.compile(r"[^a-z0-9]+")
_SET_ASIDE = re.compile(r".+\.damaged-[0-9]{8}T[0-9]{6}Z(-[0-9]+)?(\.[^.]*)?")

_REASONS = {
    errno.ENOSPC: Sentence("Store", "the disk is full"),
    errno.EDQUOT: Sentence("Store", "your share of the disk is used up"),
    errno.EROFS: Sentence("Store", "the disk is read-only"),
    errno.EACCES: Sentence("Store", "the desk is not allowed to"),
    errno.EPERM: Sentence("Store", "the desk is not allowed to"),
    errno.ENOENT: Sentence("Store", "the folder is not there"),
    errno.EISDIR: Sentence("Store", "a folder is in its place"),
    errno.ENOTDIR: Sentence("Store", "a file is in the place of a folder"),
    errno.EEXIST: Sentence("Store", "a file is in the place of a folder"),
    errno.ENAMETOOLONG: Sentence("Store", "the name is too long"),
    errno.EIO: Sentence("Store", "the disk has a fault"),
}


class Loaded(NamedTuple, Generic[T]):
    """What a file held, or what stands in for it.

    ``note`` is a sentence for the person where the file could not be used, else "".
    """

    value: T
    note: str = ""


def file_name(text: str) -> str:
    """Return a name that every file system takes and that no other text has.

    It is not to be read back: the text is in it for people, as far as it goes, and a digest of it
    for the rest. So case, slashes, reserved names and length do no harm.
    """
    import hashlib  # late: it loads OpenSSL, for which the first window need not wait

    digest = hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    plain = _PLAIN.sub("-", text.lower()).strip("-")[:_READABLE].strip("-")
    return f"{plain}-{digest}.json" if plain else f"{digest}.json"


def reason(error: OSError) -> str:
    """Return why the disk refused, in words that end a sentence."""
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    return error.strerror.lower() if error.strerror else Sentence("Store", "unknown reason")


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can look into; UsageError where that is impossible.

    A folder that is there already keeps its permissions: somebody chose them.
    """
    try:
        path.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise useless_folder(path, reason(error)) from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise useless_folder(path, Sentence("Store", "the desk may not write in it"))


def useless_folder(path: Path, why: str) -> UsageError:
    """Return the error for a folder that cannot be used; ``why`` ends the sentence."""
    words = Sentence("Store", "The folder {path} cannot be used: {why}.")
    return UsageError(words.format(path=path, why=why))


def read_json(
    path: Path, parse: Callable[[object], T], otherwise: Callable[[], T], clock: "Clock"
) -> Loaded[T]:
    """Return what ``parse`` makes of the document in ``path``.

    Where there is no file it is ``otherwise()``. Where the file is damaged (no JSON, or ``parse``
    raises SettingsError or ValueError) it is ``otherwise()`` with a note, and the file is set
    aside. Raises StoreError where the file can neither be read nor set aside; the caller must
    then leave it alone.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Loaded(otherwise())
    except OSError as error:
        trouble: str = Sentence("Store", "It could not be read ({why}).").format(why=reason(error))
    else:
        try:
            return Loaded(parse(decoded(data)))
        except SettingsError as error:
            trouble = str(error)
        except (ValueError, RecursionError):
            trouble = Sentence("Store", "It is damaged.")
    aside = set_aside(path, clock)
    unused = Sentence("Store", "The file {file} was not used.").format(file=path.name)
    kept = Sentence("Store", "It is kept as {file}, and the desk starts without it.")
    return Loaded(otherwise(), joined(unused, trouble, kept.format(file=aside.name)))


def write_json(path: Path, document: object, *, called: str = "") -> None:
    """Replace the file by ``document``, whole or not at all; StoreError where the disk refuses.

    ``called`` is what the person knows it by, where that is not the file's name.
    """
    import msgspec  # late: the first window reads, but writes nothing

    data = msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
    write_bytes(path, data, called=called)


def write_bytes(path: Path, data: bytes, *, called: str = "") -> None:
    """Replace the file by ``data``, as ``write_json`` does."""
    path = path.resolve()  # somebody may keep the file elsewhere, with a link in its place
    beside = new_beside(path)
    try:
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()  # a crash may have left one, and the new one must be ours alone
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        words = Sentence(
            "Store",
            "{file} could not be saved in {folder}: {why}. "
            "What was saved before is still there; the desk tries again at the next change.",
        )
        raise StoreError(
            words.format(file=called or path.name, folder=path.parent, why=reason(error))
        ) from None


def new_beside(path: Path) -> Path:
    """Return where this process writes what is to take the place of ``path``."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def set_aside(path: Path, clock: "Clock") -> Path:
    """Rename ``path`` to a name that nobody uses and return it; StoreError where that fails."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(clock.wall_ms() // 1000))
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    count = 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{count}{path.suffix}")
    try:
        path.rename(aside)
    except OSError as error:
        words = Sentence(
            "Store",
            "{path} cannot be used and could not be set aside: {why}. "
            "The desk leaves it alone and saves nothing in its place.",
        )
        raise StoreError(words.format(path=path, why=reason(error))) from None
    return aside


def is_set_aside(path: Path) -> bool:
    """Return whether the name is one of those that ``set_aside`` gives."""
    return _SET_ASIDE.fullmatch(path.name) is not None


def remove(path: Path) -> None:
    """Delete a file; no file is fine. StoreError where the disk refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        words = Sentence("Store", "{path} could not be deleted: {why}.")
        raise StoreError(words.format(path=path, why=reason(error))) from None


def decoded(data: bytes) -> object:
    """Read JSON; ValueError also for what only Python takes for it."""
    text = data.decode()
    document = json.loads(text, parse_constant=_no_number)
    if "\\u" in text:  # half a character can be spelled so, but neither shown nor saved
        json.dumps(document, ensure_ascii=False).encode()
    return document


def _no_number(name: str) -> object:
    """Refuse NaN and Infinity."""
    raise ValueError(name)


def _sync_folder(folder: Path) -> None:
    """Have the move itself reach the disk, where folders can be opened and synced at all.

    Where they cannot, as on some network disks, the file is in its place all the same.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
