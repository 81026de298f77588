"""Help in one click: diagnostics without personal data, tickets, and guides to known problems."""
