"""A made-up shift through the window, one state after another, for `expedita screenshots`."""
