"""Documents of the shipping desk: pure functions from data to the bytes of a ZPL or PDF."""
