"""From draft to issued papers: what the files in outputs/ show at every step; one of them on either database."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
import workspaces
from click.testing import CliRunner, Result
from sqlalchemy import text as sql
from word_text import text_of
from workspaces import NOVEMBER

from tongbao.cli import main
from tongbao.register.database import ADDRESS, Register
from tongbao.run import batch
from tongbao.run.outcomes import State

pytestmark = pytest.mark.xdist_group("issuing")
NAME = "甲县通报"
LETTER = "整改通知书-县退役军人事务局"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TONGBAO_BY", raising=False)
    monkeypatch.delenv(ADDRESS, raising=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A county of three units, the third one to be criticised, as it is after run and after 签发; to be copied."""
    draft, issued = (tmp_path_factory.mktemp(name) for name in ("draft", "issued"))
    drafted(workspaces.county(draft))
    shutil.copytree(draft, issued, dirs_exist_ok=True)
    signed(issued)
    return {"draft": draft, "issued": issued}


@pytest.fixture
def draft(made: dict[str, Path], tmp_path: Path) -> Path:
    return shutil.copytree(made["draft"], tmp_path / "draft")


@pytest.fixture
def issued(made: dict[str, Path], tmp_path: Path) -> Path:
    return shutil.copytree(made["issued"], tmp_path / "issued")


def tongbao(office: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "-C", str(office)])


def done(office: Path, *words: str) -> str:
    result = tongbao(office, *words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(office: Path, *words: str) -> str:
    result = tongbao(office, *words)
    assert result.exit_code in {1, 2}, result.output
    assert "Traceback" not in result.output
    return result.output


def drafted(office: Path) -> None:
    [outcome] = batch.run(office, NOVEMBER, by="张三")
    assert outcome.state is State.MADE, outcome.findings


def signed(office: Path, verdict: str = "确认") -> str:
    done(office, "decide", "1", "--verdict", verdict, "--by", "主任", "--reason", "集体研究")
    if verdict == "不采纳":
        drafted(office)  # without the measure
    done(office, "approve", NAME, "2022-11", "--step", "核稿", "--by", "李四")
    return done(office, "approve", NAME, "2022-11", "--step", "签发", "--by", "王五", "--day", "2022-12-12")


def paper(office: Path, stem: str) -> str:
    return "\n".join(text_of((office / "outputs/2022-11" / NAME / f"{stem}.docx").read_bytes()))


def pdf(office: Path, stem: str) -> str:
    path = office / "outputs/2022-11" / NAME / f"{stem}.pdf"
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout


def files(office: Path) -> dict[str, str]:
    folder = office / "outputs/2022-11" / NAME
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_issued_papers_bear_number_and_date_and_only_what_was_confirmed(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    office = workspaces.county(tmp_path)
    drafted(office)
    assert "拟予以通报批评" in paper(office, "通报")
    assert "甲政办发〔2022〕　　号" in paper(office, "通报")
    told = signed(office)
    assert "通报：1号" in told
    notice, letter = paper(office, "通报"), paper(office, LETTER)
    assert "甲政办发〔2022〕1号" in notice
    assert "甲政办发〔2022〕2号" in letter
    assert "2022年12月12日" in notice
    assert "2022年12月9日" not in notice  # the draft's date
    assert "，予以通报批评。" in notice
    assert "拟" not in notice
    assert "对你单位予以通报批评。" in letter
    assert "拟" not in letter
    assert "2022年12月19日前" in letter  # five working days after 12 December 2022, a Monday
    for stem in ("通报", LETTER):
        assert "征求意见稿" not in pdf(office, stem)


def test_a_dropped_measure_stands_nowhere(draft: Path) -> None:
    office = draft
    told = signed(office, "不采纳")
    assert LETTER not in told
    assert "批评" not in paper(office, "通报")
    assert sorted(files(office)) == ["manifest.json", "得分明细.xlsx", "通报.docx", "通报.pdf"]


def test_a_later_run_leaves_issued_papers_as_they_are(issued: Path) -> None:
    office = issued
    before = files(office)
    workspaces.fill(office, rows=[("县公安", 100, 10, "10.00%"), *workspaces.ROWS[1:]])
    for force in (False, True):
        [outcome] = batch.run(office, NOVEMBER, force=force)
        assert outcome.state is State.ISSUED
    assert files(office) == before
    (office / "outputs/2022-11" / NAME / "通报.pdf").write_bytes(b"changed by hand")
    [outcome] = batch.run(office, NOVEMBER)
    assert [finding.message for finding in outcome.findings] == ["印发件被删除或改动过，与登记簿所记不符"]
    assert outcome.findings[0].place.file == f"2022-11/{NAME}/通报.pdf"


def test_data_that_change_after_proof_reading_stop_the_signature(draft: Path) -> None:
    office = draft
    done(office, "decide", "1", "--verdict", "确认", "--by", "主任")
    done(office, "approve", NAME, "2022-11", "--step", "核稿", "--by", "李四")
    workspaces.fill(office, rows=[("县公安", 100, 10, "99.00%"), *workspaces.ROWS[1:]])
    words = ("approve", NAME, "2022-11", "--step")
    assert "核稿以后数据、定义或模板有了变化" in refused(office, *words, "签发", "--by", "王五")
    done(office, *words, "退回", "--by", "王五", "--comment", "数据变了")
    assert "起草以后数据、定义、模板或决定有了变化" in refused(office, *words, "核稿", "--by", "李四")
    drafted(office)
    done(office, *words, "核稿", "--by", "李四")
    done(office, *words, "签发", "--by", "王五")


def test_the_number_of_a_definition_is_the_one_that_is_given(tmp_path: Path) -> None:
    office = workspaces.county(tmp_path)
    workspaces.replaced(office, f"reports/{NAME}.yaml", "重点指标", '序号: {2022-10: "86", 2022-11: "87"}\n重点指标')
    drafted(office)
    assert "通报：87号" in signed(office)
    assert "甲政办发〔2022〕87号" in paper(office, "通报")
    assert "甲政办发〔2022〕88号" in paper(office, LETTER)


def test_undecided_measures_are_listed_and_block(draft: Path) -> None:
    office = draft
    done(office, "approve", NAME, "2022-11", "--step", "核稿", "--by", "李四")
    told = refused(office, "approve", NAME, "2022-11", "--step", "签发", "--by", "王五")
    assert "拟对县退役军人事务局予以“通报批评”，还没有决定" in told
    listed = json.loads(done(office, "decide", "--json"))["consequences"]
    assert [(each["number"], each["unit"], each["verdict"]) for each in listed] == [(1, "县退役军人事务局", "拟")]


def test_status_says_what_to_do_next_at_every_step(tmp_path: Path, draft: Path) -> None:
    assert "还没有通报" in done(tmp_path, "status")
    office = draft
    assert "1项措施待定：tongbao decide --period 2022-11" in done(office, "status")
    done(office, "decide", "1", "--verdict", "确认", "--by", "主任")
    for step in ("核稿", "签发", "用印", "归档"):
        assert f"下一步：tongbao approve {NAME} 2022-11 --step {step}" in done(office, "status", "2022-11")
        done(office, "approve", NAME, "2022-11", "--step", step, "--by", "王五")
    told = json.loads(done(office, "status", "--json"))["notices"]
    assert told[0]["next"] == "已办完"
    assert [entry["act"] for entry in told[0]["notice"]["entries"]] == ["起草", "核稿", "签发", "用印", "归档"]


def test_an_act_without_a_name_is_refused(draft: Path) -> None:
    office = draft
    assert "--by" in refused(office, "approve", NAME, "2022-11", "--step", "核稿")
    assert "没有写明由谁办理" in refused(office, "decide", "1", "--verdict", "确认")
    assert "只用于" in refused(office, "approve", NAME, "2022-11", "--step", "核稿", "--by", "李四", "--first", "3")


def test_history_tells_scores_places_and_measures(draft: Path) -> None:
    office = draft
    workspaces.fill(office, month="2022-10", rows=[("县公安", 100, 50, "50.00%"), *workspaces.ROWS[1:]])
    batch.run(office, NOVEMBER.shift(-1))
    told = json.loads(done(office, "history", "县公安局", "--json"))
    # October: 4 × 50% + 6 × 50% = 5.00, behind 8.40 and before 4.40; November: 4 × 95% + 6 × 98% = 9.68
    assert [(each["period"], each["total"], each["place"]) for each in told["standings"]] == [
        ("2022-10", "5.00", 2),
        ("2022-11", "9.68", 1),
    ]
    assert [(each["period"], each["measure"]) for each in told["consequences"]] == [("2022-10", "通报批评")]
    assert "是不是“县公安局”" in refused(office, "history", "县公案局")


def test_papers_that_were_not_recorded_as_issued_are_by_the_next_run(issued: Path) -> None:
    office = issued
    with Register(office).write() as connection:  # as if the run had been killed in between
        connection.execute(sql("UPDATE notices SET issued_files = NULL"))
    before = files(office)
    assert f"印发件未生成：tongbao run 2022-11 --report {NAME}" in done(office, "status")
    [outcome] = batch.run(office, NOVEMBER)
    assert outcome.state is State.CURRENT
    assert files(office) == before
    assert "--step 用印" in done(office, "status")


def test_issued_papers_outlive_a_lost_register(issued: Path) -> None:
    office = issued
    before = files(office)
    with Register(office).write() as connection:
        for table in ("acts", "notices", "scores", "standings", "runs"):
            connection.execute(sql(f"DELETE FROM {table}"))  # noqa: S608
    [outcome] = batch.run(office, NOVEMBER, force=True)
    assert outcome.state is State.FAILED
    assert "登记簿里没有签发的记录，不写入" in outcome.findings[0].message
    assert files(office) == before


def test_a_register_out_of_reach_stops_no_draft_and_touches_nothing_issued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = workspaces.county(tmp_path)
    monkeypatch.setenv(ADDRESS, "postgresql://clerk:geheim@127.0.0.1:1/office")
    [outcome] = batch.run(office, NOVEMBER)
    assert outcome.state is State.MADE
    [finding] = [each for each in outcome.findings if each.code == "登记簿不可用"]
    assert "没有登记" in finding.message
    assert "geheim" not in str(finding)
    monkeypatch.delenv(ADDRESS)
    [outcome] = batch.run(office, NOVEMBER)  # now it is recorded, though the documents are there already
    assert not outcome.findings
    assert "--period 2022-11" in done(office, "status")
