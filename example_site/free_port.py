"""Fail with a sentence where the demo could not be served at a port of this computer."""

import socket
import sys

port = sys.argv[1]
try:
    with socket.socket() as probe:
        # As Django's server does: what a server that just ended left behind is no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int(port)))
except (OSError, OverflowError, ValueError) as error:
    sys.exit(f"Port {port} cannot be used ({error}). Choose another: make demo PORT=8080")
