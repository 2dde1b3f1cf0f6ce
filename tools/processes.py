"""Child processes that never outlive us, and that Ctrl-C reaches through us alone."""

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl(2)


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    owner: str | None = None,
    log: int | None = None,
    at_our_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """A child in a session of its own; the kernel ends it when we are gone."""
    libc = ctypes.CDLL(None)

    def end_with_parent() -> None:
        libc.prctl(PARENT_DEATH_SIGNAL, at_our_death)

    account = pwd.getpwnam(owner) if owner else None
    return subprocess.Popen(
        list(command),
        env=dict(env),
        cwd=cwd,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        start_new_session=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - we start no threads
    )


def end(child: subprocess.Popen[bytes], *, by: signal.Signals, patience: float) -> None:
    """Ask a child to stop; what is left of its session after that much patience is killed."""
    if child.poll() is None:
        child.send_signal(by)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def stop_on_sigterm() -> None:
    """Let SIGTERM unwind like Ctrl-C, so that everything started is stopped.

    Ctrl-C itself counts also where a shell started us in the background with it ignored.
    """

    def leave(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.default_int_handler)
