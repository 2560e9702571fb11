"""Requests as bytes, so that nothing mends them on their way, and answers as they come."""

import socket
import ssl


class Answer:
    """One answer: status, header fields by lower-case names, body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body


class Connection:
    """A connection that is opened again when the other side has closed it."""

    def __init__(self, address, context=None):
        scheme, rest = address.split("://")
        self.host, port = rest.split("/")[0].rsplit(":", 1)
        self.port = int(port)
        self.context = context if scheme == "https" else None
        self.socket = None
        self.rest = b""

    def exchange(self, request, is_head=False, patience=10):
        """The answer to some bytes; nothing where the other side closed without one."""
        if self.socket is None:
            self._open(patience)
        try:
            self.socket.sendall(request)
            answer = self._read(is_head)
        except (ConnectionError, ssl.SSLError):
            answer = None
        if answer is None or answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket, self.rest = None, b""

    def _open(self, patience):
        plain = socket.create_connection((self.host, self.port), timeout=patience)
        self.socket = self.context.wrap_socket(plain, server_hostname=self.host) if self.context else plain

    def _read(self, is_head):
        while True:
            head = self._until(b"\r\n\r\n")
            if head is None:
                return None
            lines = head.decode("latin-1").split("\r\n")
            status = int(lines[0].split(" ")[1])
            if status >= 200:
                break
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        if is_head or status in (204, 304):
            return Answer(status, headers, b"")
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return Answer(status, headers, self._chunks())
        return Answer(status, headers, self._bytes(int(headers.get("content-length", "0"))))

    def _chunks(self):
        body = b""
        while True:
            size = int((self._until(b"\r\n") or b"0").split(b";")[0], 16)
            body += self._bytes(size)
            self._bytes(2)
            if size == 0:
                return body

    def _until(self, mark):
        while mark not in self.rest:
            more = self.socket.recv(65536)
            if not more:
                return None
            self.rest += more
        part, _, self.rest = self.rest.partition(mark)
        return part

    def _bytes(self, count):
        while len(self.rest) < count:
            more = self.socket.recv(65536)
            if not more:
                break
            self.rest += more
        part, self.rest = self.rest[:count], self.rest[count:]
        return part
