"""Very large documents are laid out in a process that ends: Typst keeps hundreds of megabytes of what it has seen.

`python -m tongbao.outputs.typst.apart` reads the work as JSON and answers with a line of JSON and the PDF.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

from tongbao.outputs.typst.compiler import Compiled, compiled, compiler_with, fonts_in


def compiled_apart(folders: Sequence[str], data: str, day: date) -> Compiled:
    """Do what `compiled` does, and give all memory back."""
    work = json.dumps({"folders": list(folders), "data": data, "day": day.isoformat()}, ensure_ascii=False)
    command = [sys.executable, "-P", "-m", "tongbao.outputs.typst.apart"]
    run = subprocess.run(command, input=work.encode(), capture_output=True, check=False)  # noqa: S603  # our own program
    if run.returncode:
        lines = run.stderr.decode(errors="replace").splitlines()
        return Compiled(b"", (), (f"排版进程退出（{run.returncode}）", *lines[-1:]))
    answer, _, content = run.stdout.partition(b"\n")
    told = json.loads(answer)
    return Compiled(content, told["facts"], tuple(told["complaints"]))


def _work() -> None:
    work = json.load(sys.stdin.buffer)
    made = compiled(compiler_with(fonts_in(work["folders"])), work["data"], date.fromisoformat(work["day"]))
    answer = json.dumps({"facts": list(made.facts), "complaints": made.complaints})
    sys.stdout.buffer.write(answer.encode() + b"\n" + made.content)


if __name__ == "__main__":
    _work()
