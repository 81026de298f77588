"""Vendure 3: its placed orders are orders here, by the Admin API (GraphQL)."""
