"""A process that listens at an address and a port until its standard input ends."""

import pathlib
import socket
import sys
import threading


def serve(connection: socket.socket, says: str) -> None:
    """Answer one connection: with a page, with a file of JSON, or not at all."""
    with connection:
        connection.recv(65536)
        if says == "silent":
            threading.Event().wait(20)
            return
        body = b"<html></html>" if says == "http" else pathlib.Path(says).read_bytes()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body)


def accept(server: socket.socket, says: str) -> None:
    """Take connections for as long as there are any."""
    while True:
        connection, _ = server.accept()
        threading.Thread(target=serve, args=(connection, says), daemon=True).start()


if __name__ == "__main__":
    address, port, said = sys.argv[1:4]
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.create_server((address, int(port)), family=family)
    threading.Thread(target=accept, args=(listening, said), daemon=True).start()
    print("listening", flush=True)
    sys.stdin.read()
