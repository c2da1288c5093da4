"""One jurisdiction for one command: its definitions are read once, its months scored once, for all its reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from tongbao.definitions import Loaded
from tongbao.errors import Finding, InvalidError
from tongbao.inputs.corrections import Correction
from tongbao.reports.definition import Report
from tongbao.scoring.known import Known
from tongbao.scoring.scheme import Scheme, load_scheme


class Jurisdiction:
    """What the reports of one jurisdiction share; dropped as soon as the last of them is done.

    Args:
        workspace: the folder that holds everything.
        name: 辖区.
    """

    def __init__(self, workspace: Path, name: str) -> None:
        self._workspace = workspace
        self._name = name
        self._scheme: Scheme | None = None
        self._wrong: tuple[Finding, ...] = ()
        self._known: dict[tuple[Correction, ...], Known] = {}

    def known(self, corrections: tuple[Correction, ...] = ()) -> Known:
        """The definitions with the corrections that hold for a report, and what has been read and scored by them.

        Raises:
            UsageError: there is no such jurisdiction.
            InvalidError: with all findings of all definitions; every time it is asked for.
        """
        if corrections not in self._known:
            scheme = replace(self._loaded(), corrections=corrections)
            self._known[corrections] = Known(self._workspace, scheme)
        return self._known[corrections]

    def _loaded(self) -> Scheme:
        if self._wrong:
            raise InvalidError(self._wrong)
        if self._scheme is None:
            try:
                self._scheme = load_scheme(self._workspace, self._name)
            except InvalidError as error:
                self._wrong = tuple(error.findings)
                raise
        return self._scheme


def by_jurisdiction(reports: Sequence[Loaded[Report]]) -> Iterator[tuple[Loaded[Report], ...]]:
    """The reports of each jurisdiction together, in the order of their names."""
    ordered = sorted(reports, key=lambda report: (report.value.jurisdiction, report.value.name))
    return (tuple(together) for _, together in groupby(ordered, key=lambda report: report.value.jurisdiction))
