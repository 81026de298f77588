"""What one workstation does: sign-in, the task in hand, scan, decision, durable journal, feedback."""
