"""Holds what an office says of mark, signature and imprint against the standard, before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding, Place, Severity
from tongbao.reports.definition import Report
from tongbao.templates.letterhead import Letterhead
from tongbao.templates.pack import LAYOUT, Pack

FILE_WORD = "文件"
LONGEST_SECRECY: Mapping[str, int] = {"绝密": 30, "机密": 20, "秘密": 10}
"""Years (保守国家秘密法第二十条: unless otherwise provided)."""


def check_letterhead(report: Loaded[Report], pack: Pack) -> tuple[Finding, ...]:
    """Name everything in 版头 that is missing or that the standard does not allow together, with its line.

    The notice's letterhead is looked at, and that of its letters where 整改 has one of its own.
    """
    own = {key: report.positions.place("版头", key) for key in report.value.letterhead.stated}
    head = report.value.letterhead.over(pack.letterhead)
    notice = _Check(report, head, {**pack.places, **own}, pack.name)
    findings = [*notice.common(), *notice.of_a_notice()]
    if "整改通知书" in report.value.products:
        changes = report.value.rectification.letterhead
        own = {key: report.positions.place("整改", "版头", key) for key in changes.stated}
        letter = _Check(report, changes.over(head), {**notice.places, **own}, pack.name)
        findings += [*letter.common(), *letter.of_a_letter()]
    return tuple(dict.fromkeys(findings))


@dataclass(frozen=True, slots=True)
class _Check:
    """One letterhead with the place of every key that it states."""

    report: Loaded[Report]
    head: Letterhead
    places: Mapping[str, Place]
    pack: str

    def wrong(self, key: str, message: str, remedy: str, severity: Severity = Severity.ERROR) -> Finding:
        place = self.places.get(key) or self.report.positions.place(key)
        return Finding(Code.VALUE_INVALID, message, place, remedy, severity)

    def common(self) -> Iterator[Finding]:
        """What holds for every paper."""
        yield from self._missing()
        yield from self._secrecy()
        yield from self._joint()
        yield from self._mark()

    def of_a_notice(self) -> Iterator[Finding]:
        """签发人 and 与会, which letters never bear."""
        report, head = self.report.value, self.head
        if report.direction != "上行" and head.signers:
            remedy = "请删去“签发人”；确是报给上级的，写上 行文方向: 上行"
            yield self.wrong("签发人", "只有上行文标注签发人，本通报是下行文或平行文", remedy)
        elif report.direction == "上行":
            yield from self._upward()
        if head.secrecy and "网页" in report.products:
            message = f"“{head.secrecy}”的公文不能制作供网站公布的网页"
            yield self.wrong("产品", message, "请在“产品”中去掉网页，或改正密级")
        if head.form == "纪要" and not report.attendance.present:
            yield self.wrong("格式", "纪要没有写出席人员", "请在 与会 下写“出席”", Severity.WARNING)
        if head.form != "纪要" and report.attendance.lines:
            yield self.wrong("与会", "只有纪要标注出席、请假、列席", "请删去“与会”，或写 格式: 纪要")

    def of_a_letter(self) -> Iterator[Finding]:
        """整改通知书 is signed by the organ and sent to a unit."""
        if self.head.form == "纪要":
            remedy = "请在 整改 下写 版头: {格式: 信函}（或 文件）及其发文机关标志，或在“产品”中去掉整改通知书"
            yield self.wrong("格式", "整改通知书不能用纪要格式", remedy)

    def _missing(self) -> Iterator[Finding]:
        head = self.head
        required = {"发文机关标志": head.mark, "署名": head.organ, "机关代字": head.code}
        place = self.report.positions.place("版头")
        remedy = f"请在 templates/{self.pack}/{LAYOUT} 或通报定义的“版头”中写明"
        for name, value in required.items():
            if not value:
                yield Finding(Code.KEY_MISSING, f"版头缺少“{name}”", place, remedy)

    def _secrecy(self) -> Iterator[Finding]:
        head = self.head
        level, years = head.secret_for
        if not level:
            return
        key = "密级和保密期限"
        if not head.copy_number:
            yield self.wrong(key, "涉密公文应当标注份号", "请写“份号”，如 份号: 1")
        if years is not None and years > LONGEST_SECRECY[level]:
            message = f"{level}级的保密期限一般不超过{LONGEST_SECRECY[level]}年，现为{head.secrecy}"
            yield self.wrong(key, message, "请核对；法律法规另有规定的不必处理", Severity.WARNING)
        if "公开" in (head.note or "") and not re.search(r"不(予|宜|得)?公开", head.note or ""):
            yield self.wrong("附注", f"附注“{head.note}”与密级“{head.secrecy}”矛盾", "请改正附注或密级")

    def _upward(self) -> Iterator[Finding]:
        head, joint = self.head, self.head.joint or ()
        signers = head.signers or ()
        if not signers:
            yield self.wrong("行文方向", "上行文应当标注签发人", "请在 版头 下写“签发人”，如 签发人: [张某某]")
        elif joint and len(signers) != len(joint) + 1:
            message = f"{len(joint) + 1}个机关联合上报，签发人写了{len(signers)}位"
            yield self.wrong("签发人", message, "请按机关的次序，一个机关写一位签发人")
        if re.search(r"[，、；]", self.report.value.recipients):
            message = "上行文原则上主送一个上级机关"
            yield self.wrong("主送", message, "请核对主送；其余机关可列入“抄送”", Severity.WARNING)

    def _joint(self) -> Iterator[Finding]:
        head = self.head
        names = [head.organ, *(each.name for each in head.joint or ())]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield self.wrong("联合发文", f"“{name}”写了两次", "“署名”是主办机关，“联合发文”只列其余机关")
        if head.joint and head.post:
            yield self.wrong("签名章", "联合发文不能用签名章", "请删去“签名章”，各机关分别用印")
        if head.form == "纪要":
            for key, stated in (("联合发文", head.joint), ("签名章", head.post)):
                if stated:
                    yield self.wrong(key, f"纪要不署名、不用印，不能写“{key}”", f"请删去“{key}”，或改用别的格式")

    def _mark(self) -> Iterator[Finding]:
        head = self.head
        mark, form = head.mark or "", head.form
        if form == "信函" and mark.endswith(FILE_WORD):
            remedy = f"请写 发文机关标志: {mark.removesuffix(FILE_WORD)}"
            yield self.wrong("发文机关标志", f"信函的发文机关标志不加“{FILE_WORD}”二字", remedy)
        if form == "纪要" and mark and not mark.endswith("纪要"):
            remedy = "请写成 ××市人民政府专题会议纪要 这样的标志"
            yield self.wrong("发文机关标志", f"纪要的标志应以“纪要”结尾，现为“{mark}”", remedy)
