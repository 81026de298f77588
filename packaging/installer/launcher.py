"""The program that PyInstaller freezes."""

import sys

from app.cli import main

sys.exit(main())
