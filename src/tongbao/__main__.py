"""The command itself, also for machines where it is not on the path (`python -m tongbao`)."""

from __future__ import annotations

import sys

from tongbao.errors import ExitCode
from tongbao.interruption import SENTENCE, Hearing, Interruption


def main() -> None:
    """Run the command that was typed; Ctrl+C is heard before anything heavy is loaded, and no more at the end."""
    hearing = Hearing()
    try:
        with hearing:
            from tongbao.cli import main as commands

            commands()
    except (Interruption, SystemExit):
        if not hearing.heard:
            raise
        print(SENTENCE, file=sys.stderr)  # noqa: T201  # click may not be loaded yet
        sys.exit(ExitCode.INTERRUPTED)


if __name__ == "__main__":
    main()
