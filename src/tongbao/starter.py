"""A first workspace to change rather than an empty folder to fear: what `tongbao init DIR` copies."""

from __future__ import annotations

import shutil
from pathlib import Path

from tongbao.errors import UsageError

FOLDERS = ("inputs", "scoring", "templates", "reports")
"""What a workspace consists of, besides what runs write into outputs/."""

_README = """\
# 通报工作区

| 文件夹 | 放什么 | 谁来改 |
|---|---|---|
| `inputs/<期间>/<辖区>/` | 各单位报来的表格，原样放入（xlsx、xls、csv）；所附 {months} 为示例数据 | 每月 |
| `scoring/<辖区>/` | 单位名录、数据表（列的约定）、指标体系 | 办法变动时 |
| `templates/` | 通报模板：`base/` 通用，同名辖区文件夹只写与之不同的部分 | 措辞、版头变动时 |
| `reports/` | 通报定义：发文机关、主送、所用体系、表扬批评的条件 | 增加通报时 |
| `outputs/<期间>/<通报名>/` | 运行后生成的 Word、PDF、得分明细；登记簿 `tongbao.db` | 不必改；印发件和登记簿要备份 |

在本文件夹中运行：

    tongbao check 2022-11     # 只检查，不生成
    tongbao run 2022-11       # 生成该月全部通报
    tongbao explain 2022-11 昌吉市 市公安局     # 一个单位的得分从哪个单元格来

做自己的县市：仿照一个辖区，在 `scoring/`、`inputs/<期间>/` 各建一个同名文件夹，在 `reports/` 加一个定义；\
措辞与版头不同之处写在 `templates/<辖区>/`。改完先运行 `tongbao check`。
"""


def starter_root() -> Path:
    """Find the starter workspace: inside an installed wheel, or the repository when installed editable.

    Raises:
        UsageError: this installation has none.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "workspace", package.parent.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    raise UsageError("这份安装不含示例工作区，请重新安装 tongbao")


def copy_starter(target: Path) -> list[Path]:
    """Make a complete workspace that `tongbao run` can work on at once, without touching anything that is there.

    Args:
        target: a folder that does not exist yet, or is empty.

    Returns:
        Every file written, in order.

    Raises:
        UsageError: the folder holds something, is a file, or cannot be written.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"“{target}”不是文件夹，请换一个名称")
    if target.is_dir() and any(target.iterdir()):
        raise UsageError(f"文件夹“{target}”不是空的，为免覆盖没有写入；请换一个名称")
    root = starter_root()
    sources = [
        path
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and not path.is_symlink() and not _private(path.relative_to(root))
    ]
    written: list[Path] = []
    try:
        for source in sources:
            copy = target / source.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            written.append(copy)
        (target / "outputs").mkdir(parents=True)
        readme = target / "README.md"
        months = "、".join(sorted(path.name for path in (root / "inputs").iterdir() if path.is_dir()))
        readme.write_text(_README.format(months=months), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"不能写入文件夹“{target}”（{error.strerror}），请检查权限和剩余空间，或换一个位置") from error
    return [*written, readme]


def _private(path: Path) -> bool:
    """Whether the path is a machine's leftover (.DS_Store, ~$lock of Office, __pycache__) rather than a sample."""
    return any(part.startswith((".", "~$", "__")) for part in path.parts)
