"""Questions to one kind of system each. They run on threads of their own, and end by themselves."""
