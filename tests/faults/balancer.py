"""A small load balancer: each connection goes to the next server that accepts it."""

import contextlib
import itertools
import socket
import socketserver
import threading


class Balancer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, ports):
        super().__init__(("127.0.0.1", 0), _Passing)
        self.ports = list(ports)
        self.turn = itertools.count()

    @property
    def port(self):
        return self.server_address[1]

    def connect(self):
        """Return a connection with the next server; tries each once."""
        ports = list(self.ports)
        start = next(self.turn)
        for place in range(len(ports)):
            with contextlib.suppress(OSError):
                return socket.create_connection(("127.0.0.1", ports[(start + place) % len(ports)]))
        raise ConnectionError("No server accepts a connection.")

    def handle_error(self, request, client_address):
        """A connection that breaks is the visitor's to try again."""


class _Passing(socketserver.BaseRequestHandler):
    def handle(self):
        with self.server.connect() as upstream:
            back = threading.Thread(target=_pass_on, args=[upstream, self.request], daemon=True)
            back.start()
            _pass_on(self.request, upstream)
            back.join()


def _pass_on(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
