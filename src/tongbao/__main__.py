"""`python -m tongbao`, for machines where the command is not on the path."""

from tongbao.cli import main

main()
