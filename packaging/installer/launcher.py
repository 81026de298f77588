"""The program that PyInstaller freezes."""

import sys


def start() -> int:
    if sys.argv[1:2] == ["--bare-window"]:
        # The floor of `expedita bench start`: a program of the same form without the engine.
        from ui.bench.bare import run

        return run(int(sys.argv[2]))
    from app.cli import main

    return main()


sys.exit(start())
