"""Work on one core or several: submitted the same way, told in order, dropped at once when a clerk interrupts it."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Started = TypeVar("Started")


class Task(Protocol):
    """Work that is under way, or that waits until its result is asked for."""

    def result(self) -> Any:
        """Wait for the result; raises what the work raised."""


Submit = Callable[..., Task]


@dataclass(frozen=True)
class _Later:
    """Work in this process: done when asked for, so that one report is finished before the next begins."""

    work: Callable[[], Any]

    def result(self) -> Any:
        return self.work()


@contextmanager
def workers(jobs: int) -> Iterator[Submit]:
    """Something to submit work to: this process itself, or a pool whose queue is dropped on interruption."""
    if jobs <= 1:
        yield lambda function, *args, **kwargs: _Later(partial(function, *args, **kwargs))
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))

    def submit(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Task:
        with _interruption_held():
            return pool.submit(function, *args, **kwargs)

    try:
        yield submit
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _interruption_held() -> Iterator[None]:
    """Let workers that are born meanwhile be deaf to Ctrl+C, which reaches every process of a terminal.

    Only the first process has to speak; it hears the interruption as soon as this is over.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prefetch(items: Iterable[Item], start: Callable[[Item], Started], ahead: int) -> Iterator[Started]:
    """Start the next few while one is being finished; never all of a province at once."""
    queue: deque[Started] = deque()
    for item in items:
        queue.append(start(item))
        if len(queue) > ahead:
            yield queue.popleft()
    yield from queue
