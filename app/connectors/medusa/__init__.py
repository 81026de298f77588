"""Medusa 2: its orders are orders here, by the Admin API with a secret key."""
