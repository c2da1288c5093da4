"""Errors as a command shows them: sentences on the screen or one JSON object, and the exit code that they carry."""

from __future__ import annotations

import os
from typing import Any

import click

from tongbao.cli.shown import emit, wants_json
from tongbao.errors import ExitCode, InvalidError, OutputError, RefusedError, TongbaoError


class Commands(click.Group):
    """Lets no traceback reach a clerk, and no half sentence a program that asked for JSON."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever goes wrong is told and becomes an exit code."""
        try:
            return super().invoke(ctx)
        except TongbaoError as error:
            _tell(error, error.exit_code)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("TONGBAO_DEBUG"):
                raise
            message = f"程序出现意外（{type(error).__name__}：{error}）。请把这条信息和所用文件交给维护人员。"
            _tell(TongbaoError(message), ExitCode.FAILED)
            ctx.exit(ExitCode.FAILED)


def _tell(error: TongbaoError, exit_code: ExitCode) -> None:
    if wants_json():
        findings = error.findings if isinstance(error, InvalidError | RefusedError) else ()
        if isinstance(error, OutputError):
            findings = (error.finding,)
        emit({"error": str(error), "exit_code": int(exit_code), "findings": findings})
    else:
        click.echo(str(error), err=True)
