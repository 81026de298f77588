"""Prints the man page of the command, made from its parser."""

from argparse_manpage.manpage import Manpage

from app import __version__
from app.cli import parser

page = Manpage(
    parser(),
    {
        "project_name": "Expedita",
        "version": __version__,
        "manual_title": "Expedita",
        "description": "the operator console of the warehouse workstation",
    },
)
print(page)
