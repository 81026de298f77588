"""Who may do what, who stands here, and the key of the store."""
