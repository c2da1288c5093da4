"""Opens zipped office files (.xlsx, .docx, .ods) once every member proved to be what it claims: no bombs, no damage."""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from tongbao.errors import Code

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_MEMBERS = 5_000
_MOST_BYTES = 250_000_000  # unpacked; a sheet of 100,000 × 12 takes 60 MB
_MOST_RATIO = 150  # spreadsheets pack about 1:5 to 1:30
_RATIO_FROM = 20_000_000  # below this no ratio does harm
_MOST_PART = 20_000_000  # parts that are parsed whole: styles, relations
_CHUNK = 1 << 20

RESAVE = "请用 Excel 或 WPS 打开，确认内容完整后另存为新的 .xlsx 文件"


def damaged(detail: str) -> Refused:
    """The verdict on a file that no program could read whole."""
    return Refused(Code.FILE_DAMAGED, f"文件已损坏或不完整（{detail}）", RESAVE)


class Refused(Exception):  # it is a verdict about a file, not a failure of ours
    """A file that must not or cannot be read, with the words for the finding."""

    def __init__(
        self, code: Code, message: str, remedy: str, *, sheet: str | None = None, cell: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.sheet = sheet
        self.cell = cell


@dataclass(frozen=True)
class Archive:
    """A zip whose members have been unpacked once, counted and checked."""

    content: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]  # by lower-case name: readers look them up either way

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.members

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one member, a megabyte at a time."""
        info = self.members.get(name.casefold())
        if info is None:
            raise damaged(f"缺少 {name}")
        return _chunks(self.content, info)

    def open(self, name: str) -> IO[bytes]:
        """One member as a stream."""
        info = self.members.get(name.casefold())
        if info is None:
            raise damaged(f"缺少 {name}")
        return self.content.open(info)

    def xml(self, name: str) -> Element:
        """A small XML member, parsed without entities and document types."""
        from defusedxml import ElementTree

        info = self.members.get(name.casefold())
        if info is not None and info.file_size > _MOST_PART:
            raise _bomb(f"{name} 展开后过大")
        root: Element = ElementTree.fromstring(b"".join(self.chunks(name)), forbid_dtd=True)
        return root


def open_archive(content: bytes) -> Archive:
    """Open a zip, refusing what is encrypted, damaged, ambiguous or far too big.

    Raises:
        Refused: with the words for the finding.
    """
    try:
        file = zipfile.ZipFile(io.BytesIO(content))
        infos = file.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise damaged("压缩包读不出目录") from None
    if any(info.flag_bits & 1 for info in infos):
        raise encrypted()
    total = sum(info.file_size for info in infos)
    if len(infos) > _MOST_MEMBERS or total > _MOST_BYTES:
        raise _bomb(f"含{len(infos)}个部件，展开后有{total / 1e6:.0f}MB")
    if total > _RATIO_FROM and total > _MOST_RATIO * len(content):
        raise _bomb(f"展开后是原来的{total // max(len(content), 1)}倍")
    members = {info.filename.casefold(): info for info in infos}
    if len(members) != len(infos):
        raise damaged("压缩包内有重名部件")
    for info in infos:
        _verify(file, info)
    return Archive(file, members)


def encrypted() -> Refused:
    """The verdict on a file with a password."""
    return Refused(Code.FILE_ENCRYPTED, "文件设有打开密码，无法读取", "请在 Excel 或 WPS 中取消密码后重新保存")


def _bomb(detail: str) -> Refused:
    return Refused(
        Code.FILE_OVERSIZED, f"文件展开后超限（{detail}），未读取", "请核对文件来源；确属正常表格的，请拆分后重新保存"
    )


def _verify(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Unpack a member once: a directory may lie about sizes, and other readers trust the stream, not the directory."""
    honest = copy.copy(info)
    honest.file_size = info.file_size + 1  # one more than promised, so that a longer stream shows
    size = 0
    tail = b""
    is_xml = info.filename.casefold().endswith((".xml", ".rels"))
    for chunk in _chunks(file, honest):
        if is_xml:
            if not size and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise damaged(f"{info.filename} 的编码不受支持")
            if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
                raise damaged(f"{info.filename} 含有文档类型声明")
            tail = chunk[-16:]
        size += len(chunk)
    if size != info.file_size:
        raise damaged(f"{info.filename} 的长度与目录不符")


def _chunks(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with file.open(info) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise damaged(f"{info.filename} 无法解压") from None
