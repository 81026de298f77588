"""The rehearsal of a shift, under the name that the tests know."""

from app.rehearsal import Clock, dispatch_scans, pack_scan, pick_scan

__all__ = ["Clock", "dispatch_scans", "pack_scan", "pick_scan"]
