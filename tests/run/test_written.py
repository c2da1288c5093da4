"""The files of the sample month as they lie in outputs/."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pdfplumber
import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook
from word_text import text_of
from workspaces import NOVEMBER, THREE, replaced, sample

from tongbao.reports.document import BarChart, Figure, GroupedBarChart, Paragraph, ShareChart, Table
from tongbao.run import batch
from tongbao.run.outcomes import State
from tongbao.run.prepare import Prepared

pytestmark = pytest.mark.xdist_group("prepared")
PAPERS = [
    ("昌吉市政务服务月度通报", "通报"),
    ("昌吉市政务服务月度通报", "整改通知书-市供销社"),
    ("昌吉市政务公开评价通报", "通报"),
    ("昌吉市放管服重点任务通报", "通报"),
    ("喀什地区政务服务提升任务通报", "整改通知书-英吉沙县"),
    ("嘉峪关市政务服务提升任务通报", "通报"),
    ("盘锦市12345热线通报", "通报"),
    ("自治区政务服务三化目标通报", "通报"),
    ("自治区一体化政务服务能力考核通报", "通报"),
    ("自治区一体化政务服务能力考核通报", "整改通知书-克州"),
]


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pdf_text(path: Path, watermark: str) -> str:
    """Every character in the order in which it was drawn, page numbers and the watermark of every page left out."""
    with pdfplumber.open(path) as pdf:
        pages = ["".join(char["text"] for char in page.chars) for page in pdf.pages]
    assert all(watermark in page for page in pages)
    pages = [page.replace(watermark, "", 1) for page in pages]
    return "".join(re.sub(r"—\d+—$|^—\d+—", "", packed(page)) for page in pages)


@pytest.mark.parametrize(("name", "stem"), PAPERS)
def test_word_and_pdf_hold_the_same_text(written: Path, prepared: Mapping[str, Prepared], name: str, stem: str) -> None:
    folder = written / "outputs" / "2022-11" / name
    word = text_of((folder / f"{stem}.docx").read_bytes())
    document = prepared[name].documents[stem]
    pdf = pdf_text(folder / f"{stem}.pdf", document.watermark)
    flowing = pdf.replace(packed(document.letterhead.mark), "", 1)  # drawn last on its page
    places = [flowing.find(packed(block.text)) for block in document.blocks if isinstance(block, Paragraph)]
    assert -1 not in places
    assert places == sorted(places)
    blocks = [*document.blocks, *(block for each in document.attachments for block in each.blocks)]
    drawn = Counter("".join(words for block in blocks if isinstance(block, Figure) for words in figure_words(block)))
    heads = Counter("".join(c.text for row in b.head for c in row) for b in blocks if isinstance(b, Table))
    repeated = Counter("".join(head * (pdf.count(packed(head)) - times) for head, times in heads.items()))
    expected = Counter(packed("".join(word))) + drawn + repeated
    more, less = Counter(pdf) - expected, expected - Counter(pdf)
    assert set(more) <= set("0123456789.%"), f"in PDF only: {more}"  # the figures of the charts
    assert not less, f"in Word only: {less}"


def test_the_web_page_holds_the_same_text_as_word_and_reaches_nowhere(written: Path) -> None:
    folder = written / "outputs/2022-11/昌吉市政务公开评价通报"
    text = (folder / "通报.html").read_text("utf-8")
    assert set(re.findall(r'(?:src|href)="([^"]*)"', text)) == {"#text"}
    body = lxml_html.document_fromstring(text).find("body")
    draft = body.find_class("draft")[0].text
    assert draft
    assert body.find_class("watermark")[0].text == draft
    for left_out in (
        *body.findall(".//svg"),
        *(each for name in ("skip", "draft", "watermark") for each in body.find_class(name)),
    ):
        left_out.drop_tree()
    assert Counter(packed(body.text_content())) == Counter(
        packed("".join(text_of((folder / "通报.docx").read_bytes())))
    )
    others = {path.parent.name for path in written.glob("outputs/2022-11/*/*.html")}
    assert others == {"昌吉市政务公开评价通报"}


def figure_words(figure: Figure) -> list[str]:
    chart = figure.chart
    if isinstance(chart, BarChart):
        return [*chart.categories, *chart.labels, chart.axis_title]
    if isinstance(chart, GroupedBarChart | ShareChart):  # a figure stands beside or in its bar where it has room
        return [*chart.categories, *(series.name for series in chart.series), chart.axis_title]
    ticks = [words for tick in chart.ticks for words in tick]
    return [*ticks, *(words for line in chart.lines for words in (line.name, *line.labels)), chart.axis_title]


def test_every_file_is_listed_with_its_digest(written: Path) -> None:
    for folder in (written / "outputs" / "2022-11").iterdir():
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        files.pop("manifest.json")
        assert {name: record["sha256"] for name, record in manifest["outputs"].items()} == files
        for kind, path in (("inputs", "inputs/"), ("definitions", "scoring/"), ("templates", "templates/base/")):
            names = manifest["job"][kind]
            assert any(name.startswith(path) for name in names), kind
            for name, digest in names.items():
                assert hashlib.sha256((written / name).read_bytes()).hexdigest() == digest
        assert manifest["job"]["fonts"]
        assert "weasyprint" in manifest["job"]["versions"]


def test_every_criticised_unit_gets_its_letter(written: Path) -> None:
    names = {path.name for path in (written / "outputs/2022-11/昌吉市政务服务月度通报").iterdir()}
    assert names == {
        "通报.docx",
        "通报.pdf",
        "整改通知书-市供销社.docx",
        "整改通知书-市供销社.pdf",
        "整改通知书-州生态环境局昌吉市分局.docx",
        "整改通知书-州生态环境局昌吉市分局.pdf",
        "得分明细.xlsx",
        "manifest.json",
    }


def test_the_score_sheet_holds_no_formula(written: Path) -> None:
    for path in written.glob("outputs/2022-11/*/得分明细.xlsx"):
        book = load_workbook(path)
        assert not [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_no_word_file_reaches_out(written: Path) -> None:
    for path in written.glob("outputs/2022-11/*/*.docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
            assert not any(b"External" in package.read(name) for name in package.namelist() if name.endswith(".rels"))


def test_same_inputs_give_the_same_bytes_in_two_processes(written: Path, tmp_path: Path) -> None:
    again = sample(tmp_path, THREE)
    outcomes = batch.run(again, NOVEMBER, jobs=2)
    assert {outcome.state for outcome in outcomes} == {State.MADE}
    files = sorted(path.relative_to(again) for path in (again / "outputs/2022-11").rglob("*.*"))
    assert len(files) == 18
    assert [str(file) for file in files if (written / file).read_bytes() != (again / file).read_bytes()] == []


def test_a_second_run_makes_only_what_changed(written: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(written, workspace)
    before = {path: path.stat().st_mtime_ns for path in workspace.glob("outputs/**/*.pdf")}
    assert {outcome.state for outcome in batch.run(workspace, NOVEMBER)} == {State.CURRENT}
    assert {path: path.stat().st_mtime_ns for path in before} == before
    replaced(workspace, "templates/嘉峪关市/版式.yaml", "红线粗细: 2", "红线粗细: 1.8")
    (workspace / "outputs/2022-11/盘锦市12345热线通报/通报.pdf").write_bytes(b"changed by hand")
    states = {outcome.name: outcome.state for outcome in batch.run(workspace, NOVEMBER)}
    made = {name for name, state in states.items() if state is State.MADE}
    assert made == {"嘉峪关市政务服务提升任务通报", "盘锦市12345热线通报"}
    assert {state for name, state in states.items() if name not in made} == {State.CURRENT}


@pytest.mark.parametrize("seconds", [1.0, 1.5, 2.5])  # while modules load, workers start, and while they score
def test_an_interrupted_run_says_so_and_shows_no_traceback(tmp_path: Path, seconds: float) -> None:
    workspace = sample(tmp_path, THREE)
    command = [sys.executable, "-m", "tongbao", "run", "2022-11", "-C", str(workspace), "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    time.sleep(seconds)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    told = b"".join(process.communicate(timeout=60)).decode()
    assert process.returncode == 130
    assert "已中断" in told
    assert "Traceback" not in told
    assert not list(workspace.glob("outputs/2022-11/.*"))


def test_a_killed_run_leaves_no_half_file_and_goes_on(tmp_path: Path) -> None:
    workspace = sample(tmp_path, THREE)
    command = [sys.executable, "-m", "tongbao", "run", "2022-11", "-C", str(workspace), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    outputs = workspace / "outputs/2022-11"
    while not list(outputs.glob("*/manifest.json")):  # the first of three is done
        assert process.poll() is None
        time.sleep(0.02)
    time.sleep(0.8)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    finished = {path.parent.name for path in outputs.glob("*/manifest.json")}
    assert 1 <= len(finished) < 3
    states = {outcome.name: outcome.state for outcome in batch.run(workspace, NOVEMBER)}
    assert {name for name, state in states.items() if state is State.CURRENT} == finished
    assert not list(outputs.glob(".*"))
