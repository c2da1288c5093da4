"""版头 of a definition and a pack, as documents bear it; what the standard forbids is told with its line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import workspaces
from workspaces import NOVEMBER

from tongbao.errors import Finding, InvalidError, Severity
from tongbao.register.life import Act, NoticeKey, Step
from tongbao.reports.definition import load_reports
from tongbao.reports.document import Document, Letterhead, Signature
from tongbao.run import approve, batch
from tongbao.run.outcomes import State
from tongbao.run.plan import make_plan
from tongbao.run.prepare import Prepared, prepare

REPORT = "reports/甲县通报.yaml"
LAYOUT = "templates/甲县/版式.yaml"
WHEN = datetime(2022, 12, 9, 10, tzinfo=UTC)
LETTER = "整改通知书-县退役军人事务局"


def state(workspace: Path, text: str, *, pack: str = "") -> None:
    """Add keys to the report, and to its pack's 版头."""
    path = workspace / REPORT
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")
    workspaces.replaced(workspace, LAYOUT, "机关代字: 甲政办发", f"机关代字: 甲政办发{pack}")


def made(workspace: Path) -> Prepared:
    found, broken = load_reports(workspace)
    if broken:
        raise InvalidError(broken)
    return prepare(make_plan(workspace, NOVEMBER, found[0]))


def notice(workspace: Path) -> Document:
    return made(workspace).documents["通报"]


def refused(workspace: Path) -> list[Finding]:
    with pytest.raises(InvalidError) as caught:
        made(workspace)
    return list(caught.value.findings)


def test_nothing_is_borne_that_was_not_stated(workspace: Path) -> None:
    document = notice(workspace)
    assert document.letterhead == Letterhead("甲县人民政府办公室文件", "甲政办发〔2022〕　　号")
    assert document.signature == Signature("甲县人民政府办公室", date(2022, 12, 9))
    assert document.imprint is not None
    assert (document.form, document.note, document.attendance) == ("文件", "", ())
    assert (document.imprint.even_page, document.imprint.recipients) == (True, "")


def test_the_report_states_over_the_pack(workspace: Path) -> None:
    state(
        workspace,
        "版头: {份号: 12, 密级和保密期限: 秘密★6个月, 紧急程度: 特急, 附注: '', 版记双页: 否}\n",
        pack=", 紧急程度: 加急, 附注: 此件发至县直各部门, 抄送: [县委办公室]",
    )
    documents = made(workspace).documents
    head = documents["通报"].letterhead
    assert (head.copy_number, head.secrecy, head.urgency) == ("000012", "秘密★6个月", "特急")
    assert documents["通报"].note == ""
    assert documents["通报"].imprint is not None
    assert documents["通报"].imprint.copies_text == "抄送：县委办公室。"
    assert not documents["通报"].imprint.even_page
    assert documents[LETTER].letterhead.copy_number == "000012"
    assert documents[LETTER].imprint is not None
    assert documents[LETTER].imprint.copies_text == ""


def test_a_joint_issue_names_and_binds_every_organ(workspace: Path) -> None:
    state(workspace, "版头: {联合发文: [甲县财政局, {署名: 甲县政务服务管理局, 标志: 甲县政务服务局}]}\n")
    document = notice(workspace)
    assert document.letterhead.mark == "文件"
    assert document.letterhead.organs == ("甲县人民政府办公室", "甲县财政局", "甲县政务服务局")
    assert document.letterhead.number == "甲政办发〔2022〕　　号"
    assert document.signature is not None
    assert document.signature.organs == ("甲县人民政府办公室", "甲县财政局", "甲县政务服务管理局")
    assert document.title.startswith("甲县人民政府办公室")
    assert "甲县财政局" in document.title
    assert all(line == line.strip() for line in document.title_lines)


def test_the_mark_of_a_joint_issue_may_be_the_hosts_alone(workspace: Path) -> None:
    state(workspace, "版头: {联合发文: [甲县财政局, 甲县审计局, 甲县司法局], 标志并列: 否}\n")
    document = notice(workspace)
    assert (document.letterhead.mark, document.letterhead.organs) == ("甲县人民政府办公室文件", ())
    assert document.title.startswith("甲县人民政府办公室等4部门关于")
    assert document.signature is not None
    assert document.signature.joint == ("甲县财政局", "甲县审计局", "甲县司法局")


def test_a_joint_issue_is_numbered_in_the_hosts_series(workspace: Path) -> None:
    state(workspace, "版头: {联合发文: [甲县财政局]}\n产品: [通报]\n")
    workspaces.replaced(workspace, REPORT, "拟议: [{措施: 通报批评, 得分低于: 6}]\n", "")
    batch.run(workspace, NOVEMBER)
    key = NoticeKey("甲县通报", NOVEMBER)
    approve.review(workspace, key, Act("李四", WHEN))
    approved = approve.sign(workspace, key, Act("王五", WHEN), day=date(2022, 12, 9), first=7)
    assert approved.notice.step is Step.SIGNED
    assert approved.notice.numbers == {"通报": 7}
    assert approved.outcome is not None
    assert approved.outcome.state is State.MADE


def test_an_upward_document_bears_its_signers_and_its_letters_do_not(workspace: Path) -> None:
    workspaces.replaced(workspace, REPORT, "主送: 县直各部门", "主送: 乙州人民政府办公室\n行文方向: 上行")
    state(workspace, "版头: {签发人: [某甲]}\n")
    documents = made(workspace).documents
    assert documents["通报"].letterhead.signers == ("某甲",)
    assert documents[LETTER].letterhead.signers == ()


def test_a_letter_may_have_a_form_of_its_own(workspace: Path) -> None:
    workspaces.replaced(
        workspace,
        REPORT,
        "报送单位: 县行政审批局}",
        "报送单位: 县行政审批局, 版头: {格式: 信函, 发文机关标志: 甲县人民政府办公室, 签名章: 主任, 附注: ''}}",
    )
    state(workspace, "版头: {附注: 此件公开发布}\n")
    documents = made(workspace).documents
    assert (documents["通报"].form, documents["通报"].note) == ("文件", "此件公开发布")
    assert (documents[LETTER].form, documents[LETTER].note) == ("信函", "")
    assert documents[LETTER].letterhead.mark == "甲县人民政府办公室"
    assert documents[LETTER].signature == Signature("甲县人民政府办公室", date(2022, 12, 9), seal=False, post="主任")


def test_minutes_are_signed_by_nobody_and_name_who_was_there(workspace: Path) -> None:
    state(
        workspace,
        "版头: {格式: 纪要, 发文机关标志: 甲县人民政府专题会议纪要}\n产品: [通报]\n"
        "与会: {出席: 县行政审批局、县公安局, 列席: 县税务局}\n",
    )
    document = notice(workspace)
    assert (document.form, document.signature, document.recipients) == ("纪要", None, "")
    assert document.attendance == (("出席", "县行政审批局、县公安局"), ("列席", "县税务局"))
    assert document.imprint is not None
    assert document.imprint.recipients_text == "主送：县直各部门。"


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("版头: {签发人: [某甲]}\n", "只有上行文标注签发人", f"{REPORT} 第12行第6列"),
        ("行文方向: 上行\n", "上行文应当标注签发人", f"{REPORT} 第12行第1列"),
        (
            "行文方向: 上行\n版头: {联合发文: [甲县财政局], 签发人: [某甲]}\n",
            "2个机关联合上报，签发人写了1位",
            f"{REPORT} 第13行第21列",
        ),
        ("版头: {密级和保密期限: 机密★1年}\n", "涉密公文应当标注份号", f"{REPORT} 第12行第6列"),
        ("版头: {份号: 1, 密级和保密期限: 机密★一年}\n", "应写成 机密★1年", f"{REPORT} 第12行第13列"),
        ("版头: {份号: 1, 密级和保密期限: 秘密, 附注: 此件公开发布}\n", "与密级“秘密”矛盾", f"{REPORT} 第12行第26列"),
        (
            "版头: {份号: 1, 密级和保密期限: 秘密}\n产品: [通报, 网页]\n",
            "不能制作供网站公布的网页",
            f"{REPORT} 第13行第1列",
        ),
        ("版头: {份号: 1234567}\n", "份号“1234567”应为1至6位", f"{REPORT} 第12行第6列"),
        ("版头: {份号: 0}\n", "份号“0”应为1至6位", f"{REPORT} 第12行第6列"),
        ("版头: {紧急程度: 急}\n", "“急”不在可选值内", f"{REPORT} 第12行第6列"),
        ("版头: {附注: （此件公开发布）}\n", "不写括号", f"{REPORT} 第12行第6列"),
        ("版头: {联合发文: [甲县人民政府办公室]}\n", "“甲县人民政府办公室”写了两次", f"{REPORT} 第12行第6列"),
        ("版头: {联合发文: [甲县财政局], 签名章: 县长}\n", "联合发文不能用签名章", f"{REPORT} 第12行第21列"),
        ("版头: {格式: 信函}\n", "信函的发文机关标志不加“文件”二字", f"{LAYOUT} 第1行第6列"),
        ("版头: {格式: 纪要}\n", "应以“纪要”结尾", f"{LAYOUT} 第1行第6列"),
        ("版头: {格式: 纪要}\n", "整改通知书不能用纪要格式", f"{REPORT} 第12行第6列"),
        ("版头: {格式: 纪要, 联合发文: [甲县财政局]}\n", "不能写“联合发文”", f"{REPORT} 第12行第14列"),
        ("与会: {出席: 县公安局}\n", "只有纪要标注出席", f"{REPORT} 第12行第1列"),
        ("版头: {机关代号: 甲}\n", "不认识键“机关代号”", f"{REPORT} 第12行第6列"),
    ],
)
def test_what_the_standard_does_not_allow_is_told_with_its_line(
    workspace: Path, text: str, words: str, place: str
) -> None:
    state(workspace, text)
    findings = refused(workspace)
    assert [str(finding.place) for finding in findings if words in finding.message] == [place]


def test_the_code_of_letters_is_written_in_one_place(workspace: Path) -> None:
    workspaces.replaced(workspace, REPORT, "县行政审批局}", "县行政审批局, 版头: {机关代字: 甲政办督}}")
    [finding] = refused(workspace)
    assert "写在 整改 下" in finding.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("版头: {份号: 1, 密级和保密期限: 秘密★11年}\n", "秘密级的保密期限一般不超过10年"),
        ("行文方向: 上行\n版头: {签发人: [某甲]}\n", "原则上主送一个"),
        ("版头: {格式: 纪要, 发文机关标志: 甲县专题会议纪要}\n产品: [通报]\n", "没有写出席人员"),
    ],
)
def test_what_is_only_unusual_is_a_warning(workspace: Path, text: str, words: str) -> None:
    workspaces.replaced(workspace, REPORT, "主送: 县直各部门", "主送: 甲局、乙局")
    state(workspace, text)
    [finding] = [each for each in made(workspace).findings if words in each.message]
    assert finding.severity is Severity.WARNING


def test_a_term_of_months_and_a_long_one_that_the_law_allows(workspace: Path) -> None:
    state(workspace, "版头: {份号: 1, 密级和保密期限: 秘密★99个月}\n")  # 8.25 years
    assert not [each for each in made(workspace).findings if "保密期限" in each.message]
