"""A mail server that speaks as much of IMAP4rev1 (RFC 3501) as a mailbox program needs.

It keeps its folders in memory, writes down what it was asked, and can hang up in the middle.
"""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import dataclass, field

_FLAGS = re.compile(r"\\?[A-Za-z]+")


@dataclass
class Kept:
    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer:
    """``folders``: mails by the name of the folder. ``hang_up_at``: the command that it breaks
    off at, before it does anything."""

    def __init__(self, *, moves: bool = True) -> None:
        self.folders: dict[str, list[Kept]] = {"INBOX": []}
        self.asked: list[str] = []
        self.hang_up_at = ""
        self.moves = moves
        self.password = "mat-khau"
        self.bytes_sent = 0
        self._next = 1
        self._server = _Server(("127.0.0.1", 0), _Session)
        self._server.box = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.daemon = True

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def put(self, raw: bytes, folder: str = "INBOX") -> int:
        kept = Kept(self._next, raw)
        self._next += 1
        self.folders.setdefault(folder, []).append(kept)
        return kept.uid

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        return [one.raw for one in self.folders.get(folder, [])]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    box: ImapServer


class _HangUp(Exception):
    pass


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.box: ImapServer = self.server.box  # type: ignore[attr-defined]
        self.folder = "INBOX"
        self._say(b"* OK ready")
        try:
            while line := self.rfile.readline():
                tag, _space, rest = line.decode().strip().partition(" ")
                self.box.asked.append(rest)
                if self.box.hang_up_at and self.box.hang_up_at in rest:
                    return
                if not self._answer(tag, rest):
                    return
        except (ConnectionError, _HangUp):
            return

    def _say(self, line: bytes) -> None:
        self.box.bytes_sent += len(line)
        self.wfile.write(line + b"\r\n")

    def _done(self, tag: str, what: str = "OK done") -> bool:
        self._say(f"{tag} {what}".encode())
        return True

    def _answer(self, tag: str, rest: str) -> bool:
        name, _space, arguments = rest.partition(" ")
        name = name.upper()
        if name == "UID":
            name, _space, arguments = arguments.partition(" ")
            return self._by_uid(tag, name.upper(), arguments)
        match name:
            case "CAPABILITY":
                can = "IMAP4REV1 UIDPLUS" + (" MOVE" if self.box.moves else "")
                self._say(f"* CAPABILITY {can}".encode())
            case "LOGIN":
                if not arguments.endswith(f'"{self.box.password}"'):
                    return self._done(tag, "NO [AUTHENTICATIONFAILED] wrong password")
            case "SELECT":
                self.folder = arguments.strip('"')
                if self.folder not in self.box.folders:
                    return self._done(tag, "NO no such folder")
                self._say(f"* {len(self._mails)} EXISTS".encode())
            case "LIST":
                wanted = re.findall(r'"([^"]*)"', arguments)[-1]
                for folder in self.box.folders:
                    if wanted in ("*", folder):
                        self._say(f'* LIST () "/" "{folder}"'.encode())
            case "CREATE":
                self.box.folders.setdefault(arguments.strip('"'), [])
            case "EXPUNGE":
                self._mails[:] = [one for one in self._mails if "\\Deleted" not in one.flags]
            case "LOGOUT":
                self._say(b"* BYE")
                self._done(tag)
                return False
            case "NOOP":
                pass
            case _:
                return self._done(tag, "BAD unknown")
        return self._done(tag)

    @property
    def _mails(self) -> list[Kept]:
        return self.box.folders[self.folder]

    def _by_uid(self, tag: str, name: str, arguments: str) -> bool:
        if name == "SEARCH":
            found = [one.uid for one in self._mails if self._is_wanted(one, arguments)]
            self._say(f"* SEARCH {' '.join(map(str, found))}".strip().encode())
            return self._done(tag)
        numbers, _space, more = arguments.partition(" ")
        wanted = {int(one) for one in numbers.split(",")}
        for place, one in enumerate(list(self._mails), 1):
            if one.uid in wanted:
                self._do(name, place, one, more)
        return self._done(tag)

    def _is_wanted(self, one: Kept, words: str) -> bool:
        return not any(
            word in words and flag in one.flags
            for word, flag in (("UNDELETED", "\\Deleted"), ("UNFLAGGED", "\\Flagged"))
        )

    def _do(self, name: str, place: int, one: Kept, more: str) -> None:
        match name:
            case "FETCH":
                self._fetch(place, one, more)
            case "STORE":
                one.flags |= set(_FLAGS.findall(more.partition("FLAGS")[2]))
            case "COPY":
                self.box.put(one.raw, more.strip('"'))
            case "MOVE":
                self.box.put(one.raw, more.strip('"'))
                self._mails.remove(one)

    def _fetch(self, place: int, one: Kept, more: str) -> None:
        if "BODY.PEEK" not in more:
            self._say(f"* {place} FETCH (UID {one.uid} RFC822.SIZE {len(one.raw)})".encode())
            return
        content = one.raw
        if "HEADER" in more:
            content = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        if found := re.search(r"<(\d+)\.(\d+)>", more):
            content = content[int(found[1]) :][: int(found[2])]
        head = f"* {place} FETCH (UID {one.uid} BODY[] {{{len(content)}}}\r\n".encode()
        self.box.bytes_sent += len(content)
        self.wfile.write(head + content + b")\r\n")
