"""Odoo: its deliveries are orders here. 19 and newer by JSON-2, 17 and 18 by JSON-RPC."""
