"""The words of the `expedita` command: each module adds its own and runs them."""
