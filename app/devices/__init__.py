"""What stands on the bench: scanners and printers."""
