"""Moves orders through their gates: intake from files, invoices, release."""
