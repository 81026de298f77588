"""VTEX: orders of its OMS are orders here; it is told of handling, invoice and tracking."""
