"""Named worlds of real sockets, certificates, proxies and networks, and what must be said of them.

A scenario is data: worlds that are set up one within the other, the command's arguments and
variables, and the diagnosis.  Each is played by a process of its own (``play.py``) in a network and
a mount namespace of its own, so that api.openai.com can be a server of the test, a resolver can
fail and no packet leaves the machine.
"""
