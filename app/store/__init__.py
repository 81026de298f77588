"""The one schema, its migrations, and the named queries that read and write it."""
