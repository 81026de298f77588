"""Backups of a station's store: made, kept, checked, and brought back."""
