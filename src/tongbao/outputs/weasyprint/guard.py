"""Keeps the PDF engine to what it was given: no file but the fonts, no system font, no complaint passed over."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any


class FontFilesOnly:
    """A URL fetcher that opens the known font files and data: addresses; any other address ends the rendering."""

    def __init__(self, addresses: frozenset[str]) -> None:
        """Remember the addresses that may be opened."""
        self._addresses = addresses

    def __call__(self, url: str) -> Any:
        """Open an address for WeasyPrint."""
        from weasyprint.urls import FatalURLFetchingError, URLFetcher

        if url not in self._addresses and not url.startswith("data:"):
            raise FatalURLFetchingError(f"文档要求打开 {url}，已拒绝")
        return URLFetcher(allowed_protocols=("file", "data"), allow_redirects=False, fail_on_errors=True).fetch(url)


class _Listener(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())


@contextmanager
def complaints() -> Iterator[list[str]]:
    """Collect WeasyPrint's warnings: a property it ignores is a defect of our style sheet, not a detail."""
    said: list[str] = []
    listener = _Listener(said)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield said
    finally:
        logger.removeHandler(listener)


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the garbage collector rest: it would go through the millions of objects of a layout again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def no_system_fonts() -> Iterator[None]:
    """Have fontconfig start with no font at all, so that a missing one cannot be replaced behind our back."""
    before = os.environ.get("FONTCONFIG_FILE")
    with as_file(files("tongbao.outputs.weasyprint").joinpath("fontconfig.xml")) as path:
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before
