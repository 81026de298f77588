"""The state of every system that an order depends on, its usual, and its incidents."""
