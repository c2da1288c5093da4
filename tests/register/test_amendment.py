"""更正: an issued notice stays as it is; a notice of its own tells before and after."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import workspaces
from click.testing import CliRunner, Result
from word_text import text_of
from workspaces import NOVEMBER

from tongbao.cli import main
from tongbao.register.database import ADDRESS
from tongbao.run import batch
from tongbao.run.outcomes import State

pytestmark = pytest.mark.xdist_group("amendment")
NAME, UNIT = "甲县通报", "县退役军人事务局"
FOLDER = f"outputs/2022-11/{NAME}-更正1"


def tongbao(office: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "-C", str(office)])


def done(office: Path, *words: str) -> str:
    result = tongbao(office, *words)
    assert result.exit_code == 0, result.output
    return result.output


def approve(office: Path, step: str, *more: str) -> str:
    return done(office, "approve", NAME, "2022-11", "--step", step, "--by", "王五", *more)


def appealed(office: Path, value: str) -> Result:
    done(office, "appeal", "file", NAME, "2022-11", UNIT, "评价率", "--reason", "漏报", "--by", "收件人")
    number = str(len(json.loads(done(office, "appeal", "list", "--json"))["appeals"]))
    words = ("--ruling", "撤销", "--by", "主任", "--reason", "属实", "--correct", f"办件.评价数={value}")
    return tongbao(office, "appeal", "decide", number, *words)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice that criticises the third unit, as issued on 2022-12-09 with number 5."""
    office = workspaces.county(tmp_path_factory.mktemp("issued"))
    assert batch.run(office, NOVEMBER)[0].state is State.MADE
    done(office, "decide", "1", "--verdict", "确认", "--by", "主任")
    approve(office, "核稿")
    approve(office, "签发", "--day", "2022-12-09", "--first", "5")
    return office


@pytest.fixture
def issued(template: Path, tmp_path: Path) -> Path:
    return shutil.copytree(template, tmp_path / "office")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TONGBAO_BY", ADDRESS):
        monkeypatch.delenv(name, raising=False)


def test_an_issued_notice_is_corrected_by_a_notice_of_its_own(issued: Path) -> None:
    before = {path: path.read_bytes() for path in (issued / "outputs/2022-11" / NAME).iterdir()}
    assert "更正通知（草稿）已生成" in appealed(issued, "40").output
    assert {path: path.read_bytes() for path in before} == before
    draft = text_of((issued / FOLDER / "更正通知.docx").read_bytes())
    words = "\n".join(draft)
    assert "甲政办发〔2022〕　　号" not in words.partition("（甲政办发〔2022〕5号）")[2]
    assert "的通报》（甲政办发〔2022〕5号）印发后" in words
    assert "县退役军人事务局“办件”的“评价数”原为10，更正为40（申诉第1号）。" in words
    # before: 4 × 10/50 + 6 × 60% = 4.40; now 4 × 40/50 + 3.6 = 6.80; the others have 9.68 and 8.40
    assert "使1个单位的得分或名次有变化" in words
    assert "县退役军人事务局更正后不再符合通报批评的条件，原对其作出的通报批评拟予以撤销。" in words
    for figure in ("4.40", "6.80", "20.00%", "80.00%", "0.80", "3.20"):
        assert figure in words
    pdf = subprocess.run(["pdftotext", issued / FOLDER / "更正通知.pdf", "-"], capture_output=True, check=True)
    assert "4.40" in pdf.stdout.decode()
    assert f"下一步：tongbao approve {NAME} 2022-11 --step 核稿 --correction 1" in done(issued, "status")

    approve(issued, "核稿", "--correction", "1")
    assert "更正通知：7号" in approve(
        issued, "签发", "--correction", "1", "--day", "2022-12-20"
    )  # 5 the notice, 6 the letter
    words = "\n".join(text_of((issued / FOLDER / "更正通知.docx").read_bytes()))
    assert "7号" in words
    assert "原对其作出的通报批评予以撤销。" in words
    approve(issued, "用印", "--correction", "1")
    kept = (issued / FOLDER / "更正通知.docx").read_bytes()

    # a second appeal: compared with what the first 更正 said
    appealed(issued, "45")
    assert (issued / FOLDER / "更正通知.docx").read_bytes() == kept
    second = "\n".join(text_of((issued / FOLDER.replace("更正1", "更正2") / "更正通知.docx").read_bytes()))
    assert "6.80" in second
    assert "7.20" in second  # 4 × 45/50 + 3.6
    assert "4.40" not in second


def test_what_was_issued_must_still_come_out_of_the_data(issued: Path) -> None:
    workspaces.fill(issued, rows=[("县公安", 100, 50, "50.00%"), *workspaces.ROWS[1:]])
    told = appealed(issued, "40").output
    assert "县公安局按现有数据重算印发时的得分为5.00，与印发的不同" in told
    assert not (issued / FOLDER).exists()


def test_nothing_is_corrected_that_was_not_issued_or_not_appealed(issued: Path, tmp_path: Path) -> None:
    words = ("appeal", "notice", NAME, "2022-11", "--by", "张三")
    assert "没有更正过数据" in tongbao(issued, *words).output
    assert "通报还没有签发，不必发更正通知" in tongbao(workspaces.county(tmp_path / "other"), *words).output
