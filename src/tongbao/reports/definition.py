"""The 通报 definition that an office writes: who issues what about which systems to whom, with which thresholds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from tongbao.definitions import Day, Flag, Loaded, Month, Number, OneOf, Strict, load
from tongbao.errors import Code, Finding, InvalidError, Place, UsageError
from tongbao.period import Period
from tongbao.scoring.consequences import Rule
from tongbao.templates.letterhead import Letterhead

Product = Literal["通报", "整改通知书", "得分明细", "排名稳定性", "网页"]


def _page_of_a_notice(products: tuple[Product, ...]) -> tuple[Product, ...]:
    if "网页" in products and "通报" not in products:
        raise ValueError("网页是通报的网页，须同时列出通报")
    return products


def _serial(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= _SERIAL_DIGITS and text[0] != "0"):
        raise ValueError(f"序号“{text}”应为不带前导零的正整数")
    return text


_SERIAL_DIGITS = 5
SerialNumber = Annotated[str, AfterValidator(_serial)]
FolderName = Annotated[str, StringConstraints(pattern=r"^[\w（）\-]{1,60}$")]


class SigningDay(OneOf):
    """成文日期: a day of the month after the period, or a stated date; never the clock."""

    called: ClassVar[str] = "成文日期"

    next_month: Annotated[int, Field(ge=1, le=28)] | None = Field(default=None, alias="次月")
    stated: Day | None = Field(default=None, alias="日期")

    def of(self, period: Period) -> date:
        """The date for this period."""
        if self.stated is not None:
            return self.stated
        following = period.shift(1)
        return date(following.year, following.month, self.next_month or 1)


class Evaluation(Strict):
    """One group of units and the system whose total ranks it."""

    group: str = Field(alias="组")
    system: str = Field(alias="体系")


class Thresholds(Strict):
    """Score lines that the text counts units against; without one its sentence is left out."""

    high: Number | None = Field(default=None, alias="优秀")
    low: Number | None = Field(default=None, alias="较低")


class Rectification(Strict):
    """What criticised units have to do, by when; days are working days after 成文日期."""

    days: Annotated[int, Field(ge=1, le=250)] = Field(alias="期限工作日")
    appeal_days: Annotated[int, Field(ge=1, le=250)] = Field(alias="申诉工作日")
    office: str = Field(alias="报送单位")
    code: str | None = Field(
        default=None, alias="机关代字", description="of 整改通知书; its number is given on signing"
    )
    letterhead: Letterhead = Field(
        default_factory=Letterhead, alias="版头", description="of 整改通知书, over the notice's: another 格式, no 附注"
    )

    @model_validator(mode="after")
    def _one_code(self) -> Self:
        if self.letterhead.code is not None:
            raise ValueError("整改通知书的机关代字写在 整改 下，不写在 整改 的 版头 下")
        return self


class SharePicture(Strict):
    """A picture of what each unit's whole consists of, such as its ratings by degree; the figures are indicators'."""

    title: str = Field(alias="标题")
    measure: str = Field(alias="计量", description="what is counted, under the axis: 主动评价（件）")
    parts: tuple[str, ...] = Field(alias="指标", min_length=2, description="counts or points, never rates")


class Attendance(Strict):
    """Who took part in a meeting, for 纪要 (GB/T 9704 §10.3)."""

    present: str | None = Field(default=None, alias="出席")
    excused: str | None = Field(default=None, alias="请假")
    observers: str | None = Field(default=None, alias="列席")

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is stated, as pairs of label and names."""
        return tuple((label, names) for label, names in self.model_dump(by_alias=True).items() if names)


class Report(Strict):
    """One file of reports/: a jurisdiction's notice and what goes out with it."""

    name: FolderName = Field(alias="名称")
    jurisdiction: FolderName = Field(alias="辖区")
    pack: FolderName = Field(alias="模板")
    subject: str = Field(alias="事由", description="a space marks where a title may break; it is not printed")
    whole: str = Field(default="全市", alias="统称", description="what running text calls all groups together")
    period_words: str | None = Field(default=None, alias="期间表述", description="default: 2022年11月")
    basis: str = Field(alias="依据")
    recipients: str = Field(alias="主送")
    direction: Literal["下行", "平行", "上行"] = Field(
        default="下行", alias="行文方向", description="only an upward document (上行) bears 签发人"
    )
    letterhead: Letterhead = Field(default_factory=Letterhead, alias="版头", description="over the pack's")
    numbers: dict[Month, SerialNumber] = Field(
        default_factory=dict,
        alias="序号",
        description="period to the number in 发文字号 that was given outside the register, which takes it over at 签发",
    )
    evaluations: tuple[Evaluation, ...] = Field(alias="评价", min_length=1)
    key_indicators: tuple[str, ...] = Field(
        default=(), alias="重点指标", description="always in the annex and allowed as reasons"
    )
    share_pictures: tuple[SharePicture, ...] = Field(default=(), alias="占比图")
    history: Annotated[int, Field(ge=0, le=24)] = Field(
        default=0, alias="历史", description="months before the period that are scored for 环比 and 连续"
    )
    year_on_year: Flag = Field(
        default=False, alias="同比", description="whether the same month of last year is scored too and compared with"
    )
    demand: str | None = Field(
        default=None, alias="工作要求", description="what this notice demands besides; a clause of the closing section"
    )
    problems: Annotated[int, Field(ge=0, le=10)] = Field(default=3, alias="主要问题数")
    thresholds: Thresholds = Field(default_factory=Thresholds, alias="分数线")
    rules: tuple[Rule, ...] = Field(default=(), alias="拟议")
    signing: SigningDay = Field(alias="成文日期")
    seal: Flag = Field(default=True, alias="用印")
    attendance: Attendance = Field(default_factory=Attendance, alias="与会", description="of 纪要")
    rectification: Rectification = Field(alias="整改")
    products: Annotated[tuple[Product, ...], AfterValidator(_page_of_a_notice)] = Field(
        default=("通报", "整改通知书", "得分明细", "排名稳定性"),
        alias="产品",
        description="排名稳定性 is a sheet of 得分明细, for the office's own eyes; 网页 is 通报 for a government site",
    )


def load_reports(
    workspace: Path, names: tuple[str, ...] = ()
) -> tuple[tuple[Loaded[Report], ...], tuple[Finding, ...]]:
    """Read the 通报 definitions that a run is to make.

    Args:
        workspace: the folder that holds reports/.
        names: only these; all without any.

    Returns:
        What could be read, and findings for what could not: one broken file never stops the others.

    Raises:
        InvalidError: there is no definition at all.
        UsageError: a name that no definition bears.
    """
    folder = workspace / "reports"
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        remedy = "请在 reports/ 下新建通报定义，或用 tongbao init 取得样例"
        raise InvalidError([Finding(Code.FILE_MISSING, "没有任何通报定义", Place("reports"), remedy)])
    wanted = [path for path in paths if not names or path.stem in names]
    if unknown := sorted(set(names) - {path.stem for path in paths}):
        raise UsageError(f"没有名为“{'、'.join(unknown)}”的通报，现有：{'、'.join(path.stem for path in paths)}")
    reports: list[Loaded[Report]] = []
    findings: list[Finding] = []
    for path in wanted:
        file = f"reports/{path.name}"
        try:
            loaded = load(path, Report, file)
        except InvalidError as error:
            findings += error.findings
            continue
        if loaded.value.name != path.stem:
            message = f"名称“{loaded.value.name}”与文件名“{path.stem}”不同"
            findings.append(
                Finding(Code.VALUE_INVALID, message, loaded.positions.place("名称"), "请改成同名，输出目录以它命名")
            )
        else:
            reports.append(loaded)
    return tuple(reports), tuple(findings)
