"""Finds the file that a contract means inside inputs/<期间>/<辖区>/, and never one outside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.text import hidden_characters, shown
from tongbao.inputs.unit_names import unsafe_reason
from tongbao.period import Period

_LOCK_MARKS = ("~$", ".~", ".")  # Excel's and WPS's lock files, files that systems hide
MOST_BYTES = 100_000_000
_MOST_NAMED = 10


def as_workbook(pattern: str) -> str:
    """The pattern by which an .xlsx is found where the contract says .xls or .csv."""
    return re.sub(r"\.(?:xls|csv)$", ".xlsx", pattern, flags=re.IGNORECASE)


@dataclass(frozen=True)
class Folder:
    """The inputs of one jurisdiction and period."""

    workspace: Path
    name: str  # inputs/2022-11/昌吉市

    @classmethod
    def of(cls, workspace: Path, period: Period, jurisdiction: str) -> Folder:
        """The folder of a jurisdiction, whether it is there or not."""
        return cls(workspace, f"inputs/{period}/{jurisdiction}")

    @property
    def path(self) -> Path:
        """Where it is on the disk."""
        return self.workspace / self.name

    def unsafe(self) -> Finding | None:
        """The finding when the jurisdiction's name or a link would lead out of inputs/."""
        inputs = (self.workspace / "inputs").resolve()
        jurisdiction = self.name.rpartition("/")[2]
        named_inside = self.name.count("/") == 2 and unsafe_reason(jurisdiction) is None and jurisdiction  # noqa: PLR2004
        if named_inside and self.path.resolve().is_relative_to(inputs):
            return None
        return Finding(
            Code.FILE_UNSAFE,
            "数据文件夹不在 inputs/ 之内",
            Place(shown(self.name)),
            "请改正辖区名称，或把链接换成真正的文件夹",
        )

    def find(self, pattern: str) -> tuple[Path | None, Finding | None]:
        """The one file that a contract's name or glob means; a newer .xlsx stands in for an .xls or .csv not there.

        Returns:
            The file and no finding, or no file and the finding.
        """
        if _leads_out(pattern):
            return None, self._leading_out(pattern)
        exact = self.path / pattern
        matches = [exact] if exact.is_file() or exact.is_symlink() else self._matches(pattern)
        matches = matches or self._matches(as_workbook(pattern))
        if not matches:
            return None, self._absent(pattern)
        if len(matches) > 1:
            names = "、".join(shown(path.name) for path in matches)
            return None, self._finding(
                Code.FILE_AMBIGUOUS, f"有{len(matches)}个文件符合 {shown(pattern)}：{names}", "请只留下一个，其余移走"
            )
        return self._checked(matches[0], MOST_BYTES)

    def find_all(self, patterns: Iterable[str], most_bytes: int) -> tuple[list[Path], list[Finding]]:
        """All files that names or globs mean, each once, in the order of their names.

        Args:
            patterns: names or globs inside the folder; each must mean at least one file.
            most_bytes: how big one may be.

        Returns:
            The files that may be read, and a finding for each that may not and for each pattern without a file.
        """
        found: dict[Path, None] = {}
        findings: list[Finding] = []
        for pattern in patterns:
            if _leads_out(pattern):
                findings.append(self._leading_out(pattern))
                continue
            exact = self.path / pattern
            matches = [exact] if exact.is_file() or exact.is_symlink() else self._matches(pattern)
            if not matches:
                findings.append(self._absent(pattern))
            found.update(dict.fromkeys(matches))
        files: list[Path] = []
        for path in sorted(found):
            checked, finding = self._checked(path, most_bytes)
            files += [checked] if checked else []
            findings += [finding] if finding else []
        return files, findings

    def relative(self, path: Path) -> str:
        """The file's name as findings and traces show it."""
        return path.relative_to(self.workspace).as_posix()

    def _matches(self, pattern: str) -> list[Path]:
        if not self.path.is_dir():
            return []
        try:
            found = sorted(self.path.glob(pattern))
        except (ValueError, NotImplementedError):
            return []
        return [path for path in found if not path.name.startswith(_LOCK_MARKS) and not path.is_dir()]

    def _absent(self, pattern: str) -> Finding:
        there = sorted(shown(path.name) for path in self._matches("*"))
        more = "等" if len(there) > _MOST_NAMED else ""
        present = f"，那里有 {'、'.join(there[:_MOST_NAMED])}{more}" if there else "，那里没有文件"
        words = f"缺少 {shown(pattern)}{present}"
        return self._finding(Code.FILE_MISSING, words, f"请把该文件放入 {self.name}/")

    def _leading_out(self, pattern: str) -> Finding:
        words = f"文件名“{shown(pattern)}”指向文件夹之外"
        return self._finding(Code.FILE_UNSAFE, words, "请在数据表定义中改正 文件")

    def _checked(self, path: Path, most_bytes: int) -> tuple[Path | None, Finding | None]:
        name = self.relative(path)
        problem = None
        if hidden_characters(name):
            problem = Code.FILE_UNSAFE, "文件名含有看不见的字符", "请给文件改名"
        elif not path.resolve().is_relative_to(self.path.resolve()):
            problem = Code.FILE_UNSAFE, "这是一个指向文件夹之外的链接，未读取", "请换成真正的文件"
        elif not path.is_file():
            problem = Code.FILE_UNSAFE, "这不是普通文件，未读取", "请换成真正的文件"
        elif path.stat().st_size > most_bytes:
            problem = (
                Code.FILE_OVERSIZED,
                f"文件有{path.stat().st_size / 1e6:.0f}MB，超出上限{most_bytes / 1e6:.0f}MB",
                "请拆分后重新保存",
            )
        if problem is None:
            return path, None
        code, message, remedy = problem
        return None, Finding(code, message, Place(shown(name)), remedy)

    def _finding(self, code: Code, message: str, remedy: str) -> Finding:
        return Finding(code, message, Place(self.name), remedy)


def _leads_out(pattern: str) -> bool:
    return Path(pattern).is_absolute() or ".." in Path(pattern).parts or "\\" in pattern
