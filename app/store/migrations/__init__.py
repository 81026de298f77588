"""Alembic's steps from any released schema to the newest."""
