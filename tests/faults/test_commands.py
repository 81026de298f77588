"""Whatever a command is given, it answers in words: no bad value ends it with an internal error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.cli import COMMANDS
from tests.support import homes
from tests.support.shell import Shell

# Each `@` takes every bad value in turn. What would run for long is given no value that it takes.
LINES = """
import @
order @
order 10001 --reveal @
orders --filter @
orders --queue @
orders --limit @
print order @ --document packing-slip --to out.pdf
print order 10001 --document @ --to out.pdf
print order 10001 --document packing-slip --to @
print manifest @
print test @
printers add @ folder:x
printers add P-9 @
printers add P-9 folder:x --name @
printers use @
printers remove @
label supply @ file.bin --tracking QA100000003BR
label supply 10001 @ --tracking QA100000003BR
label supply 10001 file.bin --tracking @
worker --once @
connector add @ hot-folder -o folder=x
connector add a @
connector add a hot-folder -o folder=@
connector add a hot-folder -o @
connector add a medusa --url @ --secret api_key
connector add a medusa --url http://127.0.0.1:9 --secret @
connector check @
connector authorise @
connector run @
pending @
replay @
operator add @ N-1 picker
operator add N @ picker
operator add N N-2 @
operator disable @
operator pin @
operator reset-second-factor @
audit list --group @
audit list --limit @
audit export @
audit verify --expect @ 1 00
audit verify --expect x @ 00
tracking add @ AA 00000001 00000009
tracking add correios @ 00000001 00000009
tracking add correios AA @ 00000009
tracking add correios AA 00000001 @
setting @
setting @ x
setting --site @
setting station.name @
setting cutoff.@ 10:00
setting cutoff.correios @
setting gates.loja @
setting health.port @
setting backup.folder @
sheet @ -o out.pdf
sheet totes @ -o out.pdf
sheet products @ -o out.pdf
sheet totes -o @
backup @
verify @
restore @
recovery -o @
status @
doctor @
support bundle --out @
support secret @
soak --kills x --seed @
bench @
screenshots x @ y
version @
update @ --wait x
""".strip().splitlines()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """On the demo warehouse, in a folder of its own: some of these are names of files to write."""
    homes.demo_home(tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.bin").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    return Shell(tmp_path / "home")


@pytest.mark.skipif(os.name == "nt", reason="there neither links nor names of bytes are usual")
@pytest.mark.parametrize(
    "bad",
    ["", "-1", "9" * 400, "٣", "\n", os.fsdecode(b"\xff"), "no/such", "file.bin", "folder", "loop"],
)
def test_no_bad_value_ends_a_command_without_words(shell: Shell, bad: str) -> None:
    for line in LINES:
        words = [word.replace("@", bad) for word in line.split(" ")]
        done = shell(*words, typed="1\n2\n")
        assert done.returncode in (0, 1, 2), words
        told = done.stderr.strip().splitlines()[-1:] if done.returncode else []
        assert not done.returncode or told, f"no word about {words}"


def test_every_command_is_among_them() -> None:
    given = {line.split(" ")[0] for line in LINES}
    assert {word for words in COMMANDS.values() for word in words} == given
