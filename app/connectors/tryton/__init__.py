"""Tryton: its outgoing shipments are orders here. 8.x by REST or JSON-RPC, 7.x by JSON-RPC."""
