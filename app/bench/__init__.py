"""Measures what the warehouse promises, on real parts, beside the floor that the machine sets."""
