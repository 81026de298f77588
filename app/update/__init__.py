"""How an installed station comes to the version that its site wants, and back where it must."""
