"""Correios (CWS): labels by pre-posting, and the events of packages."""
