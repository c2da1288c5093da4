"""`tongbao init`: a workspace from the repository and from a built wheel, and refusals."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tongbao.errors import UsageError
from tongbao.starter import FOLDERS, copy_starter

ROOT = Path(__file__).parents[2]


def tracked(folder: str) -> set[str]:
    listing = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in listing.stdout.split("\0") if name}


def names(target: Path) -> set[str]:
    return {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}


def test_init_copies_every_tracked_sample_and_says_what_is_where(tmp_path: Path) -> None:
    target = tmp_path / "我的 工作区"
    written = copy_starter(target)
    expected = set().union(*(tracked(folder) for folder in FOLDERS))
    assert expected, "the repository holds no starter"
    assert expected <= names(target)
    assert {path.relative_to(target).as_posix() for path in written} == names(target)
    for path in expected:
        assert (target / path).read_bytes() == (ROOT / path).read_bytes()
    readme = (target / "README.md").read_text(encoding="utf-8")
    for folder in (*FOLDERS, "outputs"):
        assert f"`{folder}/" in readme
    assert (target / "outputs").is_dir()


def test_init_into_an_empty_folder_is_welcome(tmp_path: Path) -> None:
    assert copy_starter(tmp_path)


def test_init_never_touches_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "scoring").mkdir()
    with pytest.raises(UsageError, match="不是空的"):
        copy_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["scoring"]


def test_init_refuses_a_file_and_a_link(tmp_path: Path) -> None:
    file = tmp_path / "文件"
    file.write_text("")
    link = tmp_path / "链接"
    link.symlink_to(tmp_path / "elsewhere")
    for target in (file, link):
        with pytest.raises(UsageError, match="不是文件夹"):
            copy_starter(target)


def test_init_says_so_when_the_place_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "文件"
    file.write_text("")
    with pytest.raises(UsageError, match="不能写入"):
        copy_starter(file / "里面")


@pytest.mark.xdist_group("wheel")
def test_the_wheel_holds_the_starter_and_init_works_from_it(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    bin_folder = Path(sys.executable).parent
    options = ("--wheel", "--no-build-isolation", "--offline", "--quiet")
    subprocess.run(
        [bin_folder / "uv", "build", *options, "--python", sys.executable, "--out-dir", tmp_path, ROOT],
        check=True,
        env=environment | {"VIRTUAL_ENV": str(bin_folder.parent)},
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    expected = set().union(*(tracked(folder) for folder in FOLDERS))
    assert {f"tongbao/workspace/{path}" for path in expected} <= packed
    assert "tongbao/py.typed" in packed
    assert "tongbao/register/migrations/versions/r0001_beginning.py" in packed
    assert not [name for name in packed if name.startswith(("tests/", "tools/", "benchmarks/"))]
    program = "import sys; from pathlib import Path; from tongbao.starter import copy_starter, starter_root; "
    program += "assert 'site' in str(starter_root()), starter_root(); copy_starter(Path(sys.argv[1]))"
    target = tmp_path / "workspace"
    subprocess.run(
        [sys.executable, "-c", program, str(target)],
        check=True,
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(tmp_path / "site")},
    )
    assert expected <= names(target)
