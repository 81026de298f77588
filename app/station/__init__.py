"""One workstation: sign-in, the task in hand, scan, decision, durable journal, feedback."""
