"""Bling (API v3): its sales orders are orders here, and it issues their NF-e."""
