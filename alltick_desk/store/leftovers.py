"""What desks that were killed in the middle of writing have left beside their files.

It may be a token that the person has taken back since: it goes with the next start.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alltick_desk.clock import Clock
    from alltick_desk.store.profile import Profile

OLD_S = 600.0  # no write takes so long

_NEW = re.compile(r"\..+\.(?P<pid>[0-9]{1,10})\.new")  # as files.new_beside has it


def sweep(profile: "Profile", clock: "Clock") -> int:
    """Delete what no process is writing any more; return how many files. Blocking.

    For the one desk that holds the profile. What cannot be looked at or deleted stays.
    """
    gone = 0
    for folder in _folders(profile):
        for path, pid in _half_written(folder):
            with contextlib.suppress(OSError):
                age_s = clock.wall_ms() / 1000 - path.stat().st_mtime
                if age_s > OLD_S or _has_ended(pid):
                    path.unlink()
                    gone += 1
    return gone


def _folders(profile: "Profile") -> Iterator[Path]:
    """Every folder in which the desk replaces files, once."""
    yield from dict.fromkeys((profile.config, profile.data, profile.state))
    yield from (profile.backups_folder, profile.budget_folder, profile.product_lists_folder)
    for by_vendor in (profile.reference_folder, profile.drawings_folder):
        with contextlib.suppress(OSError):
            yield from [path for path in by_vendor.iterdir() if path.is_dir()]


def _half_written(folder: Path) -> Iterator[tuple[Path, int]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _NEW.fullmatch(entry.name)
            if found is not None and entry.is_file(follow_symlinks=False):
                yield Path(entry.path), int(found["pid"])


def _has_ended(pid: int) -> bool:
    """Return whether there is no such process; False where that cannot be asked without harm."""
    if os.name != "posix":
        return False  # to signal a process there is to end it
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False  # somebody else's
    return False
