"""Ctrl+C: whenever it comes, the command stops, says one sentence, and ends with 130."""

from __future__ import annotations

import signal
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

SENTENCE = "已中断。已完成的通报完好，再次运行会从未完成处继续。"
_AGAIN_AFTER = 0.001  # seconds


class Interruption(BaseException):
    """The clerk wants it to stop.

    No KeyboardInterrupt: one that passes a text being executed, as dataclasses do while they are imported, makes
    Python kill itself at its end, whatever was made of it; and click would answer it with a sentence of its own.
    """


class Hearing:
    """Raises `Interruption` on Ctrl+C while it is entered, and once more where native code let it fall.

    Attributes:
        heard: whether Ctrl+C came, even if what it raised was taken for something else on its way.
    """

    heard = False

    def __enter__(self) -> Self:
        """Listen from now on."""
        signal.signal(signal.SIGINT, self._raise)
        signal.signal(signal.SIGALRM, self._raise)
        self._unraisable = sys.unraisablehook
        sys.unraisablehook = self._dropped
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Be deaf: all is said, and what is left is Python's own tidying up."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        sys.unraisablehook = self._unraisable

    def _raise(self, *_: object) -> None:
        self.heard = True
        raise Interruption

    def _dropped(self, unraisable: UnraisableHookArgs) -> None:
        """Pydantic, for one, takes a pattern that Ctrl+C kept from being matched for one that does not match."""
        if issubclass(unraisable.exc_type, Interruption):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_AFTER)
        else:
            self._unraisable(unraisable)
