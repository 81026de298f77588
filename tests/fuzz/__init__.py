"""Fuzzing of all that comes in from outside, by atheris. See `python -m tests.fuzz --help`."""
