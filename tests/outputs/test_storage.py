"""Safe names, atomic writing, and what happens when disk, rights or the process itself give out."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.errors import Code, OutputError
from tongbao.outputs.manifest import Job, Manifest, current_files
from tongbao.outputs.names import safe_name
from tongbao.outputs.storage import OutputFolder, clean_stale

JOB = Job(inputs={"inputs/2022-11/昌吉市/工单.xlsx": "ab"}, versions={"tongbao": "1"})
OTHER = Job(inputs={"inputs/2022-11/昌吉市/工单.xlsx": "cd"}, versions={"tongbao": "1"})


def make(outputs: Path, files: dict[str, bytes], job: Job = JOB) -> Path:
    with OutputFolder(outputs, "2022-11", "月度通报") as folder:
        for name, content in files.items():
            folder.add(name, content)
        folder.publish(job)
    return folder.path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("整改通知书-市公安局.docx", "整改通知书-市公安局.docx"),
        ("市场监管局（知识产权局）", "市场监管局（知识产权局）"),
        ("ＡＢＣ１２３", "ＡＢＣ１２３"),
        ("〔2022〕87号", "〔2022〕87号"),
        ("e\u0301", "é"),
        ("𠮷林县、堃镇", "𠮷林县、堃镇"),
        ("字" * 66 + "ab", "字" * 66 + "ab"),
    ],
)
def test_a_good_name_stays(wished: str, name: str) -> None:
    assert safe_name(wished) == name


@pytest.mark.parametrize(
    "wished",
    [
        "", " ", ".", "..", "...", "../../x", "a/b", "a\\b", "a／b", "．．", "‥", "a:b", "a：b", "x\0", "x\n", "*",
        "a?b", "con", "CON.docx", "ＮＵＬ", "com1.txt", "lpt¹", "aux .pdf", ".隐藏", "-rf", " 前", "后 ", "点.",
        "市公\u200b安局", "市公\u202e安局", "\u3164", "字" * 67, "~$锁", "$(reboot)", "a|b", "<b>", '"q"', "%00",
    ],
)  # fmt: skip
def test_a_dangerous_name_is_refused(wished: str) -> None:
    with pytest.raises(OutputError) as caught:
        safe_name(wished)
    assert caught.value.finding.code is Code.FILE_UNSAFE
    assert str(caught.value).isprintable()


@given(st.text(max_size=80))
def test_no_name_leaves_its_folder(text: str) -> None:
    try:
        name = safe_name(text)
    except OutputError:
        return
    assert Path("/outputs", name).resolve().parent == Path("/outputs")
    assert len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|\0')
    assert safe_name(name) == name


def test_a_link_below_the_outputs_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    outputs = tmp_path / "outputs"
    (outputs / "2022-11").mkdir(parents=True)
    (outputs / "2022-11" / "月度通报").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="链接"):
        make(outputs, {"通报.docx": b"1"})
    assert not names(elsewhere)


def test_a_link_in_place_of_a_file_is_replaced_not_written_through(tmp_path: Path) -> None:
    target = make(tmp_path, {"通报.docx": b"1"})
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (target / "通报.docx").unlink()
    (target / "通报.docx").symlink_to(victim)
    assert not current_files(target, JOB.key)
    make(tmp_path, {"通报.docx": b"1"})
    assert victim.read_bytes() == b"precious"
    assert (target / "通报.docx").read_bytes() == b"1"
    assert not (target / "通报.docx").is_symlink()


# --- whole or not at all ----------------------------------------------------------------------------------------


def test_files_appear_only_when_published(tmp_path: Path) -> None:
    with OutputFolder(tmp_path, "2022-11", "月度通报") as folder:
        folder.add("通报.docx", b"docx")
        assert not folder.path.exists()
        folder.publish(JOB)
        assert (folder.path / "通报.docx").read_bytes() == b"docx"
    assert names(folder.path) == ["manifest.json", "通报.docx"]
    assert names(tmp_path / "2022-11") == ["月度通报"]
    assert current_files(folder.path, JOB.key)
    assert not current_files(folder.path, OTHER.key)


def test_an_exception_leaves_the_last_edition_as_it_was(tmp_path: Path) -> None:
    target = make(tmp_path, {"通报.docx": b"old"})
    with pytest.raises(OutputError):
        make(tmp_path, {"通报.docx": b"new", "../通报.pdf": b"new"})
    assert (target / "通报.docx").read_bytes() == b"old"
    assert current_files(target, JOB.key)
    assert names(tmp_path / "2022-11") == ["月度通报"]


def test_what_is_no_longer_made_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    target = make(tmp_path, {"通报.docx": b"1", "整改通知书-甲局.docx": b"2"})
    (target / "扫描件.pdf").write_bytes(b"signed")
    make(tmp_path, {"通报.docx": b"1"}, OTHER)
    assert names(target) == ["manifest.json", "扫描件.pdf", "通报.docx"]


def test_two_files_that_windows_takes_for_one_are_refused(tmp_path: Path) -> None:
    with OutputFolder(tmp_path, "2022-11", "月度通报") as folder:
        folder.add("A.docx", b"1")
        for clash in ("a.DOCX", "A.docx", "Ａ.docx", "manifest.json", "Manifest.JSON"):
            with pytest.raises(OutputError, match="两个文件"):
                folder.add(clash, b"2")


def test_a_second_run_of_the_same_notice_is_refused_while_the_first_works(tmp_path: Path) -> None:
    first = OutputFolder(tmp_path, "2022-11", "月度通报")
    with first:
        first.add("通报.docx", b"1")
        with pytest.raises(OutputError, match="另一次运行"), OutputFolder(tmp_path, "2022-11", "月度通报"):
            pass
        clean_stale(tmp_path / "2022-11")
        first.publish(JOB)
    assert current_files(first.path, JOB.key)


KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from tongbao.outputs.manifest import Job
    from tongbao.outputs.storage import OutputFolder

    outputs, after = Path(sys.argv[1]), int(sys.argv[2])
    calls = 0

    def die_at_the_right_moment(event, arguments):
        global calls
        if event in ("open", "os.rename") and ".staging" in str(arguments[0]):
            calls += 1
            if calls > after:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die_at_the_right_moment)
    with OutputFolder(outputs, "2022-11", "月度通报") as folder:
        for name in ("a.docx", "b.pdf"):
            folder.add(name, b"new " * 5000)
        folder.publish(Job(inputs={"x": "2"}, versions={}))
    print("done")
    """
)


@pytest.mark.parametrize("after", range(8))
def test_a_killed_run_leaves_only_whole_files_and_the_next_one_finishes(tmp_path: Path, after: int) -> None:
    old, new = b"old " * 5000, b"new " * 5000
    job = Job(inputs={"x": "2"}, versions={})
    target = make(tmp_path, {"a.docx": old, "b.pdf": old})
    run = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path, str(after)], capture_output=True, text=True, check=False
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    contents = [(target / name).read_bytes() for name in ("a.docx", "b.pdf")]
    assert set(contents) <= {old, new}
    # opened: the staging folder, two files, the manifest; renamed: two files, the manifest (the seventh); cleaning up
    assert bool(current_files(target, job.key)) == (after >= 7)
    if len(set(contents)) > 1:
        assert not current_files(target, JOB.key)
    make(tmp_path, {"a.docx": new, "b.pdf": new}, job)
    assert current_files(target, job.key)
    assert names(tmp_path / "2022-11") == ["月度通报"]


def test_leftovers_of_dead_runs_are_cleaned_even_when_the_notice_is_gone(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, tmp_path, "2"], capture_output=True, check=False)
    assert names(tmp_path / "2022-11") == [".月度通报.staging"]
    clean_stale(tmp_path / "2022-11")
    assert names(tmp_path / "2022-11") == []
    clean_stale(tmp_path / "2023-01")


# --- disk and rights --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["write", "fsync"])
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, Code.DISK_FULL), (errno.EDQUOT, Code.DISK_FULL), (errno.EROFS, Code.OUTPUT_UNWRITABLE)],
)
def test_a_full_disk_is_told_with_folder_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: Code
) -> None:
    target = make(tmp_path, {"通报.docx": b"old"})

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OutputError) as caught:
            make(tmp_path, {"通报.docx": b"new"}, OTHER)
    finding = caught.value.finding
    assert finding.code is code
    assert "月度通报" in finding.place.file
    assert ("腾出空间" in finding.remedy) == (code is Code.DISK_FULL)
    assert (target / "通报.docx").read_bytes() == b"old"
    assert current_files(target, JOB.key)
    assert names(tmp_path / "2022-11") == ["月度通报"]


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:7])))
        target = make(tmp_path, {"通报.docx": b"0123456789" * 100})
    assert (target / "通报.docx").read_bytes() == b"0123456789" * 100


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    outputs.write_text("")
    with pytest.raises(OutputError) as caught:
        make(outputs, {})
    assert caught.value.finding.code is Code.OUTPUT_UNWRITABLE
    assert str(outputs) in caught.value.finding.place.file


def test_a_folder_without_rights_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)  # tests may run as root, whom rights do not stop
    with pytest.raises(OutputError) as caught:
        make(tmp_path / "outputs", {})
    assert caught.value.finding.code is Code.OUTPUT_UNWRITABLE
    assert "权限" in caught.value.finding.remedy


# --- manifest ---------------------------------------------------------------------------------------------------


def test_a_changed_or_deleted_output_is_not_current(tmp_path: Path) -> None:
    target = make(tmp_path, {"通报.docx": b"docx", "通报.pdf": b"pdf"})
    (target / "通报.docx").write_bytes(b"d0cx")
    assert not current_files(target, JOB.key)
    (target / "通报.docx").write_bytes(b"docx")
    assert current_files(target, JOB.key)
    (target / "通报.pdf").unlink()
    assert not current_files(target, JOB.key)


def test_the_manifest_records_sizes_and_hashes_and_is_stable(tmp_path: Path) -> None:
    target = make(tmp_path, {"通报.pdf": b"abc", "通报.docx": b""})
    text = (target / "manifest.json").read_text(encoding="utf-8")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of “abc”, FIPS 180-2
    assert f'"通报.pdf": {{\n      "sha256": "{digest}",\n      "size": 3\n' in text
    assert text.index("通报.docx") < text.index("通报.pdf")
    make(tmp_path / "again", {"通报.docx": b"", "通报.pdf": b"abc"})
    assert (tmp_path / "again/2022-11/月度通报/manifest.json").read_text(encoding="utf-8") == text
    manifest = Manifest.read(target)
    assert manifest is not None
    assert manifest.job == JOB


@pytest.mark.parametrize("field", ["inputs", "definitions", "templates", "fonts", "settings", "versions"])
def test_the_key_changes_with_everything_that_shapes_the_bytes(field: str) -> None:
    plain = Job(versions={})
    assert plain.model_copy(update={field: {"a": "1"}}).key != plain.key
    assert plain.model_copy(update={field: {"a": "1"}}).key != plain.model_copy(update={field: {"a": "2"}}).key


def test_the_key_does_not_depend_on_order() -> None:
    assert Job(fonts={"a": "1", "b": "2"}, versions={}).key == Job(fonts={"b": "2", "a": "1"}, versions={}).key


def test_default_versions_name_what_shapes_the_bytes() -> None:
    versions = Job().versions
    assert {"tongbao", "python", "weasyprint", "python-docx", "openpyxl", "zlib"} <= set(versions)
    assert "+" in versions["tongbao"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"ab"', '"zz"'),
        ("通报.docx", "../x.docx"),
        ('"format": 1', '"format": 2'),
        ("{", "["),
        ('"size": 4', '"size": "4"'),
    ],
)
def test_a_manifest_changed_by_hand_is_not_relied_on(tmp_path: Path, before: str, after: str) -> None:
    target = make(tmp_path, {"通报.docx": b"docx"})
    path = target / "manifest.json"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    assert Manifest.read(target) is None
    assert not current_files(target, JOB.key)
