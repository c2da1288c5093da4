"""The commands as a clerk types them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import workspaces
from click.testing import CliRunner, Result
from font_files import FANDOL, renamed

from tongbao.cli import main


def tongbao(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run"], "缺少参数"),
        (["run", "2022年11月"], "期间“2022年11月”应写成 2022-11 的形式"),
        (["run", "2022-13"], "应写成 2022-11"),
        (["run", "2022-11", "--job", "2"], "没有选项 --job"),
        (["run", "2022-11", "--jobs", "0"], "不在"),
        (["run", "2022-11", "--jobs", "二"], "不是整数"),
        (["run", "2022-11", "-C", "没有"], "没有这个文件夹"),
        (["rum"], "没有命令 rum"),
        (["doctor", "x"], "多写了参数"),
        (["explain", "2022-11", "甲县"], "缺少参数"),
    ],
)
def test_slips_on_the_command_line_are_told_in_chinese(words: list[str], told: str) -> None:
    result = tongbao(*words)
    assert result.exit_code == 2
    assert told in result.output
    assert not re.search(r"Error|Usage|Missing|Invalid|No such|Got|Try", result.output)


@pytest.mark.parametrize("name", ["", *sorted(main.commands)])
def test_help_is_chinese(name: str) -> None:
    output = tongbao(*([name] if name else []), "--help").output
    assert "用法：" in output
    assert not re.search(r"Usage|Options|Commands|Show this|default:", output)


@pytest.mark.parametrize("words", [["--help"], ["check", "2022-11", "-C", "."]])
def test_help_and_check_stay_light(tmp_path: Path, words: list[str]) -> None:
    workspaces.county(tmp_path)
    program = (
        "import sys; from tongbao.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'weasyprint', 'docx', 'matplotlib'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"


def test_explain_goes_down_to_the_cell(workspace: Path) -> None:
    output = tongbao("explain", "2022-11", "甲县", "县公安", "评价率", "-C", workspace).output
    assert "[办件.评价数]/[办件.总量]" in output
    assert "95÷100" in output
    assert "inputs/2022-11/甲县/办件.xlsx 工作表“办件” C2" in output
    assert "得分：3.8，分值4" in output


def test_explain_without_an_indicator_lists_them_all(workspace: Path) -> None:
    output = tongbao("explain", "2022-11", "甲县", "县税务局", "-C", workspace).output
    assert "评价率" in output
    assert "满意率" in output
    assert "8.40" in output  # 4 × 150/200 + 6 × 90%


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["乙县", "县公安局"], "没有辖区“乙县”"),
        (["甲县", "县公案局"], "是不是“县公安局”"),
        (["甲县", "县公安局", "评价律"], "是不是“评价率”"),
    ],
)
def test_explain_suggests_what_was_meant(workspace: Path, words: list[str], told: str) -> None:
    result = tongbao("explain", "2022-11", *words, "-C", workspace)
    assert result.exit_code == 2
    assert told in result.output


def test_an_unforeseen_error_is_a_sentence_and_no_traceback(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("tongbao.run.corrected.load_scheme", broken)
    result = tongbao("explain", "2022-11", "甲县", "县公安局", "-C", workspace)
    assert result.exit_code == 1
    assert "程序出现意外（ZeroDivisionError" in result.output
    assert "Traceback" not in result.output


def test_score_lists_the_ranking(workspace: Path) -> None:
    result = tongbao("score", "2022-11", "-C", workspace)
    assert result.exit_code == 0
    rows = [row for row in result.output.splitlines() if "县" in row and "│" in row]
    assert [re.sub(r"[│\s]+", " ", row).strip() for row in rows[:3]] == [
        "1 县公安局 9.68",  # 4 × 95% + 6 × 98%
        "2 县税务局 8.40",
        "3 县退役军人事务局 4.40",  # 4 × 20% + 6 × 60%
    ]
    assert not (workspace / "outputs").exists()


def test_check_takes_the_latest_month_by_itself(workspace: Path) -> None:
    result = tongbao("check", "-C", workspace)
    assert result.exit_code == 0
    assert "可以生成" in result.output


def test_check_strict_lists_remarks(workspace: Path) -> None:
    remark = "源文存疑: [{处: 第1条, 原文: 两处不一, 取法: 取前者}]\n指标:"
    workspaces.replaced(workspace, "scoring/甲县/办件评价.yaml", "指标:", remark)
    assert "两处不一" not in tongbao("check", "2022-11", "-C", workspace).output
    assert "两处不一" in tongbao("check", "2022-11", "-C", workspace, "--strict").output


def test_an_unknown_report_names_those_there_are(workspace: Path) -> None:
    result = tongbao("run", "2022-11", "-C", workspace, "--report", "乙县通报")
    assert result.exit_code == 2
    assert "甲县通报" in result.output


def test_a_new_workspace_can_be_checked_at_once(tmp_path: Path) -> None:
    result = tongbao("init", tmp_path / "新区")
    assert result.exit_code == 0
    assert tongbao("check", "2022-11", "-C", tmp_path / "新区", "--report", "盘锦市12345热线通报").exit_code == 0


def test_doctor_fails_when_a_role_has_no_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspaces.county(tmp_path)
    assert tongbao("doctor", "-C", tmp_path).exit_code == 0
    monkeypatch.setattr("tongbao.outputs.fonts.system_folders", lambda: ())
    monkeypatch.setattr("tongbao.outputs.fonts.own_folders", lambda folder: (folder / "none",))
    result = tongbao("doctor", "-C", tmp_path)
    assert result.exit_code == 1
    assert "仿宋：没有字体" in result.output


def test_doctor_tells_the_fonts_of_a_pack_and_what_their_makers_allow(tmp_path: Path) -> None:
    workspaces.county(tmp_path)
    fonts = tmp_path / "templates/甲县/fonts"
    renamed(FANDOL / "FandolSong-Bold.otf", fonts / "小标宋.otf", "CountyTitle")
    renamed(FANDOL / "FandolFang-Regular.otf", fonts / "仿宋.otf", "CountyFang", permission=0x0002)
    result = tongbao("doctor", "-C", tmp_path)
    assert "FandolFang-Regular，可以嵌入，fsType 0x0008" in result.output
    assert "甲县的小标宋：小标宋.otf（CountyTitle，可以嵌入，fsType 0x0008）" in result.output
    assert "甲县的仿宋：仿宋.otf（CountyFang，授权不许嵌入，fsType 0x0002）" in result.output
    assert "警告［字体不许嵌入］" in result.output


def test_a_folder_that_cannot_be_written_is_told(workspace: Path) -> None:
    (workspace / "outputs").write_text("not a folder")
    result = tongbao("run", "2022-11", "-C", workspace, "--jobs", "1")
    assert result.exit_code == 1
    assert "无法写入输出" in result.output


@pytest.mark.parametrize(
    "words",
    [
        ["check", "2022-11"],
        ["score", "2022-11"],
        ["run", "2022-11", "-j", "1"],
        ["explain", "2022-11", "甲县", "县公安"],
        ["explain", "2022-11", "甲县", "县公安", "评价率"],
        ["doctor"],
    ],
)
def test_json_is_one_object_and_nothing_else(workspace: Path, words: list[str]) -> None:
    result = tongbao(*words, "--json", "-C", workspace)
    assert result.exit_code == 0
    assert isinstance(json.loads(result.stdout), dict)


def test_json_keeps_decimals_and_cells(workspace: Path) -> None:
    result = tongbao("explain", "2022-11", "甲县", "县公安", "评价率", "--json", "-C", workspace)
    told = json.loads(result.stdout)
    score = told["systems"][0]["scores"][0]
    assert (told["unit"], score["points"], score["value"]) == ("县公安局", "3.80", "0.95")
    assert score["trace"]["inputs"][0]["origin"]["cell"] == "C2"


def test_json_tells_errors_as_data(workspace: Path) -> None:
    (workspace / "inputs/2022-11/甲县/办件.xlsx").unlink()
    result = tongbao("explain", "2022-11", "甲县", "县公安", "--json", "-C", workspace)
    told = json.loads(result.stdout)
    assert (result.exit_code, told["exit_code"]) == (3, 3)
    assert told["findings"][0]["code"] == "缺少文件"
    assert told["findings"][0]["place"]["file"] == "inputs/2022-11/甲县"
