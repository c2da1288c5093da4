"""Empty workbooks for a month: which jurisdictions, which units, and where they are put."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tongbao.errors import Code, Finding, Place, Severity, UsageError
from tongbao.inputs.blank import blank_files
from tongbao.outputs.names import inside, safe_name
from tongbao.outputs.storage import write_file
from tongbao.period import Period
from tongbao.scoring.scheme import load_scheme
from tongbao.scoring.tables import needs

_FOLDER = "空表"


@dataclass(frozen=True, slots=True)
class Blanks:
    """What was written for one jurisdiction."""

    jurisdiction: str
    folder: Path
    files: tuple[str, ...]
    findings: tuple[Finding, ...]


def write_blanks(
    workspace: Path,
    period: Period,
    jurisdictions: Sequence[str] = (),
    target: Path | None = None,
    *,
    force: bool = False,
) -> tuple[Blanks, ...]:
    """Write the empty workbooks of a month.

    Args:
        workspace: the folder that holds scoring/.
        period: the month that they are to be filled in for.
        jurisdictions: only these; all without any.
        target: a folder for them; default: outputs/<期间>/空表/. Each jurisdiction has its own folder in it.
        force: replace what is there and different.

    Raises:
        UsageError: no such jurisdiction; the target lies in inputs/; something else is there already.
        InvalidError: the definitions have mistakes.
        OutputError: a folder cannot be written.
    """
    root = target or workspace / "outputs" / str(period) / _FOLDER
    if root.resolve().is_relative_to((workspace / "inputs").resolve()):
        raise UsageError("空表不能写进 inputs/：那里放填好的表。请换一个文件夹")
    names = jurisdictions or sorted(path.name for path in (workspace / "scoring").glob("*/") if path.is_dir())
    if not names:
        raise UsageError("scoring/ 下没有任何辖区")
    made = [_made(workspace, period, name) for name in dict.fromkeys(names)]
    written: dict[Path, bytes] = {}
    for name, files, _ in made:
        for file, content in files:
            folder = inside(root, *PurePosixPath(name, file).parts[:-1])
            written[folder / safe_name(PurePosixPath(file).name)] = content
    different = [path for path, content in written.items() if path.exists() and path.read_bytes() != content]
    if different and not force:
        listed = "、".join(str(path) for path in different)
        raise UsageError(
            f"{listed} 已经存在，内容不同（也许已经填了数），没有覆盖；要覆盖请加 --force，或用 -o 换一个文件夹"
        )
    for path, content in written.items():
        write_file(path, content, force=force or path.exists())
    return tuple(
        Blanks(name, root / name, tuple(file for file, _ in files), findings) for name, files, findings in made
    )


def _made(
    workspace: Path, period: Period, jurisdiction: str
) -> tuple[str, list[tuple[str, bytes]], tuple[Finding, ...]]:
    scheme = load_scheme(workspace, jurisdiction)
    now = scheme.at(period)
    evaluated: dict[str, Collection[str]] = {
        name: units for (month, name), units in needs(scheme, period).own.items() if month == period
    }
    files, findings = blank_files(now.contracts.tables, now.roster, period, evaluated)
    place = Place(f"scoring/{jurisdiction}/数据表.yaml")
    counted = tuple(
        Finding(
            Code.FILE_MISSING,
            f"“{case.name}”由案卷明细统计得来，不做空表",
            place,
            "请放入业务系统导出的明细",
            Severity.REMARK,
        )
        for case in now.contracts.cases
    )
    return jurisdiction, [(file.name, file.content) for file in files], (*findings, *counted)
