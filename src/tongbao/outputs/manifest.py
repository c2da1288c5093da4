"""What a notice was made from, so that anyone can prove it later and an unchanged one need not be made again."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.metadata
import json
import platform
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tongbao.errors import OutputError
from tongbao.outputs.names import safe_name

MANIFEST_NAME = "manifest.json"
_FORMAT = 1
# Whatever decides about bytes: layout, XML, compression, fonts. Not what only reads or checks.
_LIBRARIES = ("fonttools", "jinja2", "lxml", "openpyxl", "pandas", "pydyf", "python-docx", "typst", "weasyprint")
_NATIVE = {"libharfbuzz.so.0": "hb_version_string", "libpango-1.0.so.0": "pango_version_string"}


@cache
def library_versions() -> Mapping[str, str]:
    """Name the versions that shape the bytes; tongbao's own includes a hash of its code.

    A release number alone would let a repaired program skip the documents that it made wrongly before.
    """
    found = {name: importlib.metadata.version(name) for name in _LIBRARIES}
    found |= {name: _native_version(name, function) for name, function in _NATIVE.items()}
    return found | {
        "python": platform.python_version(),
        "tongbao": f"{importlib.metadata.version('tongbao')}+{_code_digest()[:16]}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _native_version(library: str, function: str) -> str:
    try:
        ask = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return "无"
    ask.restype = ctypes.c_char_p
    return str(ask().decode())


def _code_digest() -> str:
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and "__pycache__" not in relative.parts and relative.parts[0] != "workspace":
            digest.update(f"{relative.as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FileRecord(_Record):
    """One file that was made."""

    sha256: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> FileRecord:
        """Describe a content that is about to be written."""
        return cls(sha256=hashlib.sha256(content).hexdigest(), size=len(content))

    def matches(self, path: Path) -> bool:
        """Tell whether the file is there, a real file, and has not been changed since."""
        if path.is_symlink() or not path.is_file() or path.stat().st_size != self.size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == self.sha256


class Job(_Record):
    """Everything that decides what a notice looks like; equal jobs give equal bytes.

    Attributes:
        inputs: path of every spreadsheet read (earlier months too) to its sha256.
        definitions: path of every definition (roster, tables, system, report, calendar) to its sha256.
        templates: path of every template that could take part to its sha256.
        fonts: file name of every font that may be embedded to its sha256.
        settings: whatever else was chosen: period, report, options of the command.
        versions: of tongbao and of the libraries that shape the bytes.
    """

    inputs: Mapping[str, str] = Field(default_factory=dict)
    definitions: Mapping[str, str] = Field(default_factory=dict)
    templates: Mapping[str, str] = Field(default_factory=dict)
    fonts: Mapping[str, str] = Field(default_factory=dict)
    settings: Mapping[str, str] = Field(default_factory=dict)
    versions: Mapping[str, str] = Field(default_factory=lambda: dict(library_versions()))

    @property
    def key(self) -> str:
        """One hash over all of it: the same key means that nothing needs to be made again."""
        return hashlib.sha256(_canonical(self.model_dump())).hexdigest()


class Manifest(_Record):
    """The content of manifest.json: what was made, and from what."""

    format: int = _FORMAT
    key: str
    job: Job
    outputs: Mapping[str, FileRecord]

    @model_validator(mode="after")
    def _sound(self) -> Manifest:
        if self.format != _FORMAT or self.key != self.job.key:
            raise ValueError("the manifest was written by another version or changed by hand")
        for name in self.outputs:
            try:
                sound = safe_name(name) == name
            except OutputError:
                sound = False
            if not sound:
                raise ValueError(f"unsafe name {name!r}")
        return self

    @classmethod
    def of(cls, job: Job, outputs: Mapping[str, FileRecord]) -> Manifest:
        """Bring together a job and what it made."""
        return cls(key=job.key, job=job, outputs=outputs)

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """Read the manifest of an output folder; None when there is none that can be relied on."""
        try:
            return cls.model_validate_json((folder / MANIFEST_NAME).read_bytes())
        except (OSError, ValidationError):
            return None

    def to_json(self) -> bytes:
        """Write it the same way every time: sorted, indented, one line feed at the end."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def current_files(folder: Path, key: str) -> Mapping[str, str]:
    """What a folder already holds of what this job would make, name to sha256; then the run skips it.

    A file that was deleted or changed since leaves nothing, so that all of it is made again.
    """
    manifest = Manifest.read(folder)
    if manifest is None or manifest.key != key:
        return {}
    if not all(record.matches(folder / name) for name, record in manifest.outputs.items()):
        return {}
    return {name: record.sha256 for name, record in manifest.outputs.items()}


def _canonical(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
