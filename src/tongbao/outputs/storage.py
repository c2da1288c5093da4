"""Writes files whole or not at all: whoever opens an output, even after a power cut, opens a finished document."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tongbao.errors import Code, Finding, OutputError, Place, UsageError
from tongbao.file_names import folded
from tongbao.outputs.manifest import MANIFEST_NAME, FileRecord, Job, Manifest
from tongbao.outputs.names import inside, safe_name

_STAGING = ".staging"
_FULL = (errno.ENOSPC, errno.EDQUOT)


class OutputFolder:
    """One notice's folder being filled; everything appears under its final name at once, in `publish`.

    Files are written and synced in a hidden folder beside the target, then renamed one by one, the manifest last.
    A process killed on the way leaves files that are whole, old or new, and no manifest that vouches for a mixture,
    so that the next run makes the folder again. The hidden folder is locked while its process lives: a second run
    of the same notice is refused, and what a dead run left is removed.

    Example:
        with OutputFolder(outputs, "2022-11", "昌吉市政务服务月度通报") as folder:
            folder.add("通报.docx", content)
            folder.publish(job)
    """

    def __init__(self, outputs: Path, *parts: str) -> None:
        with _explained(outputs.joinpath(*parts)):
            self.path = inside(outputs, *parts)
        self._staging = self.path.with_name(f".{self.path.name}{_STAGING}")
        self._lock = -1
        self._files: dict[str, FileRecord] = {}
        self._folded: set[str] = {MANIFEST_NAME}

    def __enter__(self) -> Self:
        with _explained(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _take(self._staging)
            for leftover in self._staging.iterdir():
                _remove(leftover)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)  # the next run tries again
        os.close(self._lock)

    @property
    def files(self) -> dict[str, FileRecord]:
        """What has been added so far, by name."""
        return dict(self._files)

    def add(self, name: str, content: bytes) -> None:
        """Stage a file.

        Args:
            name: its final name; refused when unsafe or, for Windows, the same as another but for case or width.
            content: all of it.

        Raises:
            OutputError: bad name, full disk, folder that cannot be written.
        """
        name = safe_name(name)
        if folded(name) in self._folded:
            raise OutputError(
                Finding(Code.FILE_UNSAFE, f"两个文件都要叫“{name}”", Place(str(self.path)), "请改名，使文件名各不相同")
            )
        with _explained(self.path):
            _write(self._staging / name, content)
        self._folded.add(folded(name))
        self._files[name] = FileRecord.of(content)

    def publish(self, job: Job) -> Manifest:
        """Put all staged files under their final names, remove what the last run made and this one did not.

        Files that nobody made here (a scan, a leader's own copy) are left alone.

        Raises:
            OutputError: full disk, folder that cannot be written.
        """
        manifest = Manifest.of(job, self._files)
        previous = Manifest.read(self.path)
        with _explained(self.path):
            _write(self._staging / MANIFEST_NAME, manifest.to_json())
            self.path.mkdir(exist_ok=True)
            for name in self._files:
                (self._staging / name).replace(self.path / name)
            for name in (previous.outputs if previous else {}).keys() - self._files.keys():
                (self.path / name).unlink(missing_ok=True)
            _sync(self.path)
            (self._staging / MANIFEST_NAME).replace(self.path / MANIFEST_NAME)
            _sync(self.path)
        return manifest


def write_file(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write one file that a person named, whole or not at all.

    Args:
        path: where; the folder is made where it is missing.
        content: all of it.
        force: replace what is there.

    Raises:
        UsageError: there is something already, and it is not to be replaced.
        OutputError: full disk, folder that cannot be written.
    """
    taken = f"{path} 已经存在，没有覆盖；要覆盖请加 --force，或换一个文件名"
    if path.is_dir() or (not force and (path.exists() or path.is_symlink())):
        raise UsageError(taken)
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.{os.getpid()}{_STAGING}")
        try:
            _write(staged, content)
            if force:
                staged.replace(path)
            else:
                os.link(staged, path)  # unlike a renaming, it fails where something has come in between
        except FileExistsError:
            raise UsageError(taken) from None
        finally:
            staged.unlink(missing_ok=True)
        _sync(path.parent)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files in it, all of them at once or none.

    Raises:
        UsageError: there is something of that name already.
        OutputError: full disk, folder that cannot be written.
    """
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path} 已经存在，没有写入；请换一个名称")
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.{os.getpid()}{_STAGING}")
        staged.mkdir()
        try:
            for name, content in files.items():
                _write(staged / safe_name(name), content)
            staged.rename(path)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        _sync(path.parent)


def clean_stale(folder: Path) -> None:
    """Remove what killed runs left in a period's folder, also for notices that are no longer made.

    Call once at the start of a run. Folders of runs that are still alive are left alone.
    """
    if not folder.is_dir():
        return
    for staging in sorted(folder.glob(f".*{_STAGING}")):
        try:
            lock = _take(staging)
        except OSError:  # alive, or not ours to remove: it will be told when somebody writes there
            continue
        shutil.rmtree(staging, ignore_errors=True)
        os.close(lock)


def _take(staging: Path) -> int:
    """Make a folder and lock it; the system lets go of the lock when the process ends, however it ends."""
    while True:
        staging.mkdir(exist_ok=True)
        lock = os.open(staging, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if staging.lstat().st_ino == os.fstat(lock).st_ino:
                return lock
        except FileNotFoundError:
            pass  # its former owner removed it between our two steps
        except OSError:
            os.close(lock)
            raise
        os.close(lock)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn the system's refusal into a finding that names the folder and the remedy."""
    try:
        yield
    except BlockingIOError as error:
        finding = Finding(
            Code.OUTPUT_UNWRITABLE, "另一次运行正在写这个文件夹", Place(str(folder)), "请等它结束，再运行一次"
        )
        raise OutputError(finding) from error
    except OSError as error:
        if error.errno in _FULL:
            finding = Finding(
                Code.DISK_FULL,
                "磁盘已满，新文件没有写完，原有文件完好",
                Place(str(folder)),
                "请腾出空间，再运行一次，已完成的不会重做",
            )
        else:
            finding = Finding(
                Code.OUTPUT_UNWRITABLE,
                f"不能写入（{error.strerror or error}）",
                Place(str(folder)),
                "请检查文件夹的权限、是否只读、文件是否正被打开，再运行一次",
            )
        raise OutputError(finding) from error
