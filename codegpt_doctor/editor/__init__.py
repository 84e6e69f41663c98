"""What files say about the editors of a machine.  No process, no network, nothing is changed.

Everything is a function of a ``Machine``: platform, home and environment are given, so that the
layout of every system can be examined anywhere.
"""
