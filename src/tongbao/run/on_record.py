"""What the register says of the notices that a run is about to make, and what a run tells the register.

Only the main process asks and tells. A register that cannot be reached stops no draft: its finding is told with
every report, and what was issued stays as it is, since its manifest says so too.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.errors import Code, Finding, OutputError, Place, Severity
from tongbao.inputs.corrections import Correction
from tongbao.outputs.manifest import Job, Manifest
from tongbao.register.life import Act, Notice, NoticeKey
from tongbao.register.results import Results
from tongbao.reports.edition import Edition
from tongbao.scoring.consequences import Proposal

if TYPE_CHECKING:
    from tongbao.register.database import Register
    from tongbao.register.runs import RunRecord

SIGNED = "签发"
"""The setting of a job that only issued documents have."""


@dataclass(frozen=True)
class OnRecord:
    """What is on record of one report and period.

    Attributes:
        edition: what its documents bear.
        issued: file to sha256 of what was issued; such files are never written again.
        recorded: job keys of runs that are in the register; None: it cannot be asked.
    """

    edition: Edition = field(default_factory=Edition)
    issued: Mapping[str, str] = field(default_factory=dict)
    recorded: frozenset[str] | None = None

    def knows(self, job_key: str) -> bool:
        """Whether a run need not be repeated for the register's sake; what is signed waits for its issued papers."""
        if self.recorded is None:
            return True
        return job_key in self.recorded and self.edition.signed_on is None


@dataclass(frozen=True)
class Made:
    """What a run hands to the register once its documents are written."""

    key: NoticeKey
    jurisdiction: str
    job: Job
    results: Results
    proposals: tuple[Proposal, ...]

    @property
    def run(self) -> RunRecord:
        """The run as the register keeps it."""
        return run_record(self.key, self.jurisdiction, self.job)


class Records:
    """The register of a workspace for one run.

    Args:
        workspace: the folder that holds outputs/.
        by: who runs; the user of the machine where nobody is named.
    """

    def __init__(self, workspace: Path, by: str = "") -> None:
        from tongbao.register.database import exists

        self.act = Act.now(by or _machine_user())
        self.findings: tuple[Finding, ...] = ()
        self._workspace = workspace
        self._register: Register | None = None
        if exists(workspace):  # a new one is only made when there is something to record
            self._open()

    def of(self, key: NoticeKey, jurisdiction: str) -> OnRecord:
        """What is on record of a notice."""
        from tongbao.register import notices, runs
        from tongbao.register.appeals import corrections_for
        from tongbao.register.consequences import standing_decisions

        if self._register is None:
            return OnRecord(recorded=None if self.findings else frozenset())
        try:
            with self._register.read() as connection:
                notice = notices.find(connection, key)
                decided = standing_decisions(connection, key.report, key.period)
                recorded = runs.job_keys(connection, key.report, key.period)
                corrections = corrections_for(connection, jurisdiction, notice.signed_at if notice else None)
        except OutputError as error:
            self._unreachable(error)
            return OnRecord()
        return OnRecord(edition_of(notice, decided.dropped, corrections), notice.files if notice else {}, recorded)

    def add(self, made: Made, files: Mapping[str, str]) -> tuple[Finding, ...]:
        """Record a run whose documents have been written; what went wrong is told, the documents are there."""
        from tongbao.register import notices, runs
        from tongbao.register.consequences import propose_all

        if self._register is None and not self.findings:
            self._open()
        if self._register is None:
            return ()
        try:
            with self._register.write() as connection:
                run_id = runs.record(connection, made.run, made.results, self.act)
                notices.draft(connection, made.key, run_id, self.act)
                propose_all(connection, made.key, made.proposals)
                if SIGNED in made.job.settings:
                    notices.record_issued(connection, made.key, made.job.key, files)
        except OutputError as error:
            return (_warning(error),)
        return ()

    def _open(self) -> None:
        from tongbao.register.database import Register

        try:
            self._register = Register(self._workspace)
        except OutputError as error:
            self._unreachable(error)

    def _unreachable(self, error: OutputError) -> None:
        self._register = None
        self.findings = (_warning(error),)


def edition_of(
    notice: Notice | None, dropped: tuple[tuple[str, str], ...], corrections: tuple[Correction, ...]
) -> Edition:
    """What the documents of a notice bear as things stand."""
    if notice is None:
        return Edition(dropped=dropped, corrections=corrections)
    return Edition(notice.signed_on, notice.numbers, dropped, corrections)


def run_record(key: NoticeKey, jurisdiction: str, job: Job) -> RunRecord:
    """A job as the register keeps it."""
    from tongbao.register.runs import RunRecord

    version = job.versions.get("tongbao", "")
    return RunRecord(
        key.report,
        jurisdiction,
        key.period,
        job.key,
        version,
        job.inputs,
        job.definitions,
        job.templates,
        job.settings.get("更正", ""),
    )


def changed_papers(folder: Path, issued: Mapping[str, str]) -> tuple[Finding, ...]:
    """Issued files that are gone or no longer what was issued."""
    return tuple(
        Finding(
            Code.BASIS_CHANGED,
            "印发件被删除或改动过，与登记簿所记不符",
            Place(f"{folder.parent.name}/{folder.name}/{name}"),
            "请从备份或档案恢复这个文件；程序不会重写印发件",
            Severity.WARNING,
        )
        for name, digest in issued.items()
        if not _holds(folder / name, digest)
    )


def orphaned(folder: Path, on_record: OnRecord) -> Finding | None:
    """Refuse to write over issued documents of which the register knows nothing (it was lost, or another is asked)."""
    manifest = Manifest.read(folder)
    if manifest is None or SIGNED not in manifest.job.settings or on_record.edition.signed_on is not None:
        return None
    return Finding(
        Code.REGISTER_UNUSABLE,
        "这个文件夹里是已签发的印发件，而登记簿里没有签发的记录，不写入",
        Place(str(folder)),
        "请恢复登记簿（outputs/tongbao.db 或原来的数据库）；确要重做的，先把这个文件夹移走",
    )


def _holds(path: Path, digest: str) -> bool:
    with suppress(OSError), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == digest
    return False


def _warning(error: OutputError) -> Finding:
    finding = error.finding
    return replace(finding, message=f"{finding.message}；文件已照常生成，但这次运行没有登记", severity=Severity.WARNING)


def _machine_user() -> str:
    with suppress(OSError, KeyError):
        return getpass.getuser()
    return "本机用户"
