"""Definition files to workbooks and back: which kind a file is, what is checked before it is written, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tongbao.definitions import load
from tongbao.errors import Code, Finding, InvalidError, Place, Severity, UsageError
from tongbao.inputs.files import MOST_BYTES
from tongbao.outputs.storage import write_file, write_folder
from tongbao.reports.definition import Report
from tongbao.scoring.exchange import KINDS, SYSTEM, DefinitionKind, Imported, export_definition, import_definition
from tongbao.scoring.exchange.starting import starter_jurisdiction, starter_system
from tongbao.scoring.scheme import ROSTER_FILE, TABLES_FILE, load_scheme

REPORT = DefinitionKind("通报定义", Report)
ALL_KINDS = (*KINDS, REPORT)
_YAML, _XLSX = ".yaml", ".xlsx"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A file that was written.

    Attributes:
        kind: what kind of definition it is.
        file: where it was written.
        findings: what there is to say although it was written.
    """

    kind: str
    file: Path
    findings: tuple[Finding, ...] = ()


def kind_of(path: Path) -> DefinitionKind:
    """What kind of definition a file is, by its name and folder."""
    if path.resolve().parent.name == "reports":
        return REPORT
    return next((kind for kind in KINDS if kind.file == path.name), KINDS[-1])


def export_file(source: Path, target: Path, *, force: bool = False) -> Exchanged:
    """Write the workbook of a definition file.

    Raises:
        UsageError: the target is there already, or is no workbook by its name.
        InvalidError: the definition has mistakes, each with its line.
        OutputError: the target cannot be written.
    """
    _ensure_suffix(target, _XLSX)
    kind = kind_of(source)
    loaded = load(source, kind.model, str(source))
    write_file(target, export_definition(loaded.content, kind, str(source)), force=force)
    return Exchanged(kind.name, target)


def import_file(source: Path, target: Path, *, force: bool = False) -> Exchanged:
    """Write the definition file of a workbook, if nothing is wrong with it.

    Where the target lies in a jurisdiction's folder, the definition is held against the jurisdiction's others as
    `tongbao check` does it.

    Raises:
        UsageError: the target is there already, or its name does not fit the workbook.
        InvalidError: the workbook has mistakes, each with its sheet and cell.
        OutputError: the target cannot be written.
    """
    _ensure_suffix(target, _YAML)
    if not source.is_file() or source.stat().st_size > MOST_BYTES:
        raise UsageError(f"{source} 不是普通文件，或超过{MOST_BYTES // 1_000_000}MB，没有读取")
    imported = import_definition(source.read_bytes(), source.suffix, ALL_KINDS, str(source))
    _ensure_place(imported.kind, target)
    findings = _checked(imported, target, str(source))
    write_file(target, imported.content, force=force)
    return Exchanged(imported.kind.name, target, findings)


def new_system(name: str, target: Path) -> Exchanged:
    """Write a commented first system, as YAML or, where the target says .xlsx, as a workbook.

    Raises:
        UsageError: the target is there already, or the name cannot be that of a file.
        OutputError: the target cannot be written.
    """
    content = starter_system(name).encode()
    if target.suffix.lower() == _XLSX:
        content = export_definition(content, SYSTEM, f"{name}.yaml")
    else:
        _ensure_suffix(target, _YAML)
    write_file(target, content)
    return Exchanged(SYSTEM.name, target)


def new_jurisdiction(workspace: Path, jurisdiction: str, name: str) -> tuple[Exchanged, ...]:
    """Make scoring/<辖区>/ with a roster, tables and a system that pass `check` as they are.

    Raises:
        UsageError: the folder is there already, or a name cannot be that of a file.
        OutputError: it cannot be written.
    """
    files = starter_jurisdiction(jurisdiction, name)
    folder = workspace / "scoring" / jurisdiction
    write_folder(folder, {file: text.encode() for file, text in files.items()})
    return tuple(Exchanged(kind_of(folder / file).name, folder / file) for file in files)


def _ensure_suffix(target: Path, suffix: str) -> None:
    if target.suffix.lower() != suffix:
        raise UsageError(f"目标文件“{target}”应以 {suffix} 结尾")


def _ensure_place(kind: DefinitionKind, target: Path) -> None:
    if kind.file is not None and target.name != kind.file:
        raise UsageError(f"{kind.name}的文件名应是 {kind.file}，写的是 {target.name}")
    if kind.file is None and target.name in {ROSTER_FILE, TABLES_FILE}:
        raise UsageError(f"这个工作簿是{kind.name}，不能写成 {target.name}")
    if kind is not REPORT and kind_of(target) is REPORT:
        raise UsageError(f"这个工作簿是{kind.name}，不能写进 reports/")


def _checked(imported: Imported, target: Path, file: str) -> tuple[Finding, ...]:
    """Hold the definition against its neighbours; mistakes of its own stop it, others are told.

    Raises:
        InvalidError: with the mistakes that stand in the workbook.
    """
    folder = target.resolve().parent
    if imported.kind is REPORT:
        if imported.loaded.value.name != target.stem:
            message = f"名称“{imported.loaded.value.name}”与文件名“{target.stem}”不同"
            place = imported.loaded.positions.place("名称")
            raise InvalidError([Finding(Code.VALUE_INVALID, message, place, "请改成同名，输出目录以它命名")])
        return ()
    others = {ROSTER_FILE, TABLES_FILE} - {target.name}
    if folder.parent.name != "scoring" or not all((folder / name).is_file() for name in others):
        remedy = "放入 scoring/<辖区>/ 后请运行 tongbao check"
        message = "目标不在某个辖区的文件夹里，或那里缺少单位名录、数据表；没有核对公式所指的表、单位和算例"
        return (Finding(Code.REFERENCE_UNKNOWN, message, Place(str(target)), remedy, Severity.WARNING),)
    try:
        load_scheme(folder.parent.parent, folder.name, edited={target.name: imported.loaded})
    except InvalidError as error:
        own = [finding for finding in error.findings if finding.place.file == file]
        if own:
            raise InvalidError(own) from None
        return error.findings
    return ()
