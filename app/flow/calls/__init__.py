"""The kinds of calls that the outbox owes: how each is put together, made, looked up, settled."""
