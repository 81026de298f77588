"""The rules of the warehouse, pure: data in, decisions out."""
