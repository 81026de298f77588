"""The benches that need a window: a real console, real key events, real painting."""
