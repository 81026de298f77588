"""Olist Tiny (API v3): its sales orders are orders here; it is told when they left."""
