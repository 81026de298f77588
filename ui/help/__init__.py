"""Help on every page: the picture for a ticket, the strip that tells of it, and its views."""
