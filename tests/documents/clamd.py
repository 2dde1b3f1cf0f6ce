"""A clamd of a few lines, for the command INSTREAM alone; it finds the test file of EICAR."""

import socket
import struct
import threading
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""Harmless text that every search for viruses finds, made for tests by EICAR (eicar.org)."""


class Clamd:
    """Listens until it is closed; `says` takes the place of every answer."""

    def __init__(self, place: Path | None = None, *, says: bytes = b"") -> None:
        self.says, self.streams = says, list[bytes]()
        family = socket.AF_UNIX if place else socket.AF_INET
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        self.listener.bind(str(place) if place else ("127.0.0.1", 0))
        self.listener.listen()
        self.address = str(place) if place else "127.0.0.1:{1}".format(*self.listener.getsockname())
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop listening."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as stream:
                stream.write(self._answer(stream))

    def _answer(self, stream: socket.SocketIO) -> bytes:
        if stream.read(10) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        content = b""
        while length := struct.unpack("!I", stream.read(4))[0]:
            content += stream.read(length)
        self.streams.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        return self.says or found
