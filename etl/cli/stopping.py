"""How a run is stopped: SIGTERM and Ctrl-C end it within five seconds, whatever it is doing.

The first signal is an exception at the next safe place, upon which all that is open is closed. A long call into a library
has no such place: where it lasts too long the process ends without waiting. Nothing is lost by that, for what is saved
is saved in whole transactions. A second signal ends it at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

PATIENCE = 4.0  # seconds for closing what is open
SIGNALS = (signal.SIGINT, signal.SIGTERM)
TOLD = "Stopped. What was done is saved; run again to go on."


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """While the context lasts, a signal raises KeyboardInterrupt, and ends the process where that does not help in time."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = [signal.signal(number, _interrupt) for number in SIGNALS]
    wakeup = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    watched = os.getpid()
    os.register_at_fork(after_in_child=lambda: _forget(watched))
    threading.Thread(target=_end_surely, args=(reader,), daemon=True, name="stopping").start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        os.close(writer)
        for number, handler in zip(SIGNALS, before, strict=True):
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    for one in SIGNALS:
        signal.signal(one, _end)
    raise KeyboardInterrupt


def _end(number: int, frame: FrameType | None) -> None:
    os._exit(1)


def _forget(parent: int) -> None:
    """In a process that was forked: its signals are none of its parent's."""
    if threading.current_thread() is threading.main_thread() and os.getpid() != parent:
        signal.set_wakeup_fd(-1)


def _end_surely(reader: int) -> None:
    """Wait for a signal, then for the process to end by itself, and then end it."""
    is_signalled = bool(os.read(reader, 1))
    os.close(reader)
    if is_signalled:
        threading.Event().wait(PATIENCE)
        print(TOLD, file=sys.stderr, flush=True)  # noqa: T201 - the last word; the main thread is busy elsewhere
        os._exit(1)
