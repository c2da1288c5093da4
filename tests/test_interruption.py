"""Ctrl+C at moments that Python and libraries make hard: the command ends with 130 and one sentence all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tongbao.interruption import SENTENCE

COMMAND = """
import signal, sys, time
import tongbao.cli
from tongbao.__main__ import main

def interrupt():
    signal.raise_signal(signal.SIGINT)

class Dropping:
    def __del__(self):  # nothing that is raised here reaches whoever lets go of it
        interrupt()

def command():
{body}

tongbao.cli.main = command
main()
"""
MOMENTS = {
    "while nothing special is done": "    interrupt()",
    "in a text being executed": "    exec('interrupt()', globals())",
    "where what is raised is dropped": "    Dropping()\n    time.sleep(30)\n    print('went on')",
    "where it is taken for a mistake in the data": """
    try:
        interrupt()
    except BaseException:
        sys.exit(3)""",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_ends_the_command_with_one_sentence(moment: str) -> None:
    script = COMMAND.format(body=MOMENTS[moment])
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=25, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", SENTENCE + "\n")
