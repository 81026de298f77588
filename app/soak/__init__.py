"""A rehearsal of power cuts: a real console process on a real store, ended at any moment.

Everything here is named as such: the hands and the printer are simulators, the console is not.
"""
