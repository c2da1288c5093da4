"""Errors as the clerk meets them: located, coded, with a remedy, collected rather than thrown one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """What the shell learns when a command ends."""

    OK = 0
    FAILED = 1
    USAGE = 2
    INVALID = 3
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a finding weighs: an error stops the jurisdiction, a warning is told, a remark is for the curious."""

    ERROR = "错误"
    WARNING = "警告"
    REMARK = "提示"


class Code(StrEnum):
    """Every kind of finding, named in the clerk's words; docs/findings.md explains each one."""

    # files
    FILE_MISSING = "缺少文件"
    FILE_AMBIGUOUS = "文件不唯一"
    FILE_DAMAGED = "文件损坏"
    FILE_ENCRYPTED = "文件加密"
    FILE_DISGUISED = "文件类型不符"
    FILE_OVERSIZED = "文件超限"
    FILE_UNSAFE = "文件路径不安全"
    ENCODING = "编码无法识别"
    SHEET_MISSING = "缺少工作表"
    # tables
    COLUMN_MISSING = "缺列"
    COLUMN_AMBIGUOUS = "列不唯一"
    UNIT_UNKNOWN = "单位不在名录"
    UNIT_CHANGED = "单位已变动"
    UNIT_REPEATED = "单位重复"
    UNIT_ABSENT = "单位未填报"
    UNIT_UNSAFE = "单位名称不安全"
    TABLE_EMPTY = "表中无数据"
    ROW_REPEATED = "台账行重复"
    ROW_SKIPPED = "合计或备注行未计入"
    HIDDEN = "含隐藏行列"
    # cells
    CELL_EMPTY = "必填单元格为空"
    CELL_NOT_NUMBER = "不是数字"
    CELL_NOT_PERCENT = "不是百分数"
    CELL_NOT_DATE = "不是日期"
    CELL_NOT_CHOICE = "不在可选值内"
    CELL_OUT_OF_BOUNDS = "数值越界"
    CELL_ERROR = "公式错误"
    CELL_UNCALCULATED = "公式无结果"
    CELL_UNSAFE = "含不安全字符"
    DATE_OUTSIDE_PERIOD = "日期不在期内"
    PROOF_MISSING = "缺少佐证"
    REASON_MISSING = "缺少理由"
    SAMPLE_SHORT = "可抽项不足"
    SAMPLE_CHANGED = "抽查对象不符"
    # definitions
    YAML_SYNTAX = "定义语法错误"
    KEY_UNKNOWN = "未知的键"
    KEY_MISSING = "缺少键"
    VALUE_INVALID = "取值不合规定"
    REFERENCE_UNKNOWN = "引用不存在"
    FORMULA_SYNTAX = "公式语法错误"
    WEIGHTS = "分值不相符"
    EXAMPLE_FAILED = "算例不符"
    SOURCE_REMARK = "源文件存疑"
    # scoring
    DENOMINATOR_ZERO = "分母为零未定"
    VALUE_MISSING = "缺值未定"
    RATE_ABOVE_ONE = "比率超过上限"
    CHECK_FAILED = "核验未通过"
    CALENDAR_MISSING = "缺少工作日历"
    PROVISIONAL = "含待核数据"
    REVISED = "修订前后口径不同"
    # templates and documents
    TEMPLATE_MISSING = "缺少模板"
    TEMPLATE_SYNTAX = "模板语法错误"
    TEMPLATE_VARIABLE = "模板变量不存在"
    TEMPLATE_MARKUP = "模板标记不支持"
    TEMPLATE_OVERRIDE = "覆盖无对象"
    TEMPLATE_TIMEOUT = "模板运行超时"
    PUNCTUATION = "数字或标点不规范"
    FONT_MISSING = "缺少字体"
    FONT_NOT_EMBEDDABLE = "字体不许嵌入"
    GLYPH_MISSING = "缺字"
    GLYPH_SUBSTITUTED = "以备用字体代替"
    LAYOUT_FULL = "版面排不下"
    # outputs
    DISK_FULL = "磁盘已满"
    OUTPUT_UNWRITABLE = "无法写入输出"
    # register
    REGISTER_UNUSABLE = "登记簿不可用"
    STEP_REFUSED = "办理步骤不符"
    NUMBER_CONFLICT = "发文字号冲突"
    UNDECIDED = "措施未定"
    ALREADY_DECIDED = "已有决定"
    BASIS_CHANGED = "依据有变"
    # the program itself
    INTERNAL = "程序缺陷"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clerk has to look: a file, and inside it a sheet and cell, or a line and column."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.cell:
            parts.append(self.cell)
        if self.line is not None:
            parts.append(f"第{self.line}行" + (f"第{self.column}列" if self.column else ""))
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, told so that a clerk can mend it without asking anyone.

    Attributes:
        code: the kind of finding; stable, documented.
        message: what is wrong, in Chinese, with the offending words in it.
        place: where it is.
        remedy: what to do about it.
        severity: whether the jurisdiction can still be made.
    """

    code: Code
    message: str
    place: Place
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.severity}［{self.code}］{self.place}：{self.message}。{self.remedy}"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether anything found forbids going on."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class TongbaoError(Exception):
    """The one base of everything that tongbao raises on purpose; the message is shown as it is."""

    exit_code: ExitCode = ExitCode.FAILED


class UsageError(TongbaoError):
    """A command was called with words that it cannot take."""

    exit_code = ExitCode.USAGE


class InvalidError(TongbaoError):
    """Inputs, definitions or templates cannot be used; carries every finding, not only the first."""

    exit_code = ExitCode.INVALID

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class RefusedError(TongbaoError):
    """An act that the register does not allow as things stand; nothing was recorded. Carries every reason."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("\n".join(str(finding) for finding in findings))


class OutputError(TongbaoError):
    """A document could not be made or written; the rest of the batch goes on."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))
