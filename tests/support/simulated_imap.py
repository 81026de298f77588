"""A simulated IMAP server: as much of RFC 3501 as reading answers needs."""

from __future__ import annotations

import re
import socketserver
import threading
from email.message import EmailMessage


class SimulatedImap:
    """`mails` are in its INBOX. `said` holds every command as it came, without the password."""

    def __init__(self, account: str = "conta", password: str = "senha-do-imap") -> None:
        self.mails: list[EmailMessage] = []
        self.said: list[str] = []
        self.account, self.password = account, password
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK ready\r\n")
                for line in self.rfile:
                    mark, _, command = line.decode().strip().partition(" ")
                    if not outer._answer(self.wfile, mark, command):
                        return

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, out: object, mark: str, command: str) -> bool:
        def say(text: bytes) -> None:
            out.write(text)  # type: ignore[attr-defined]

        done = "OK done"
        words = command.split(" ")
        self.said.append(command if words[0].upper() != "LOGIN" else "LOGIN")
        match [word.upper() for word in words[:2]]:
            case ["CAPABILITY", *_]:
                say(b"* CAPABILITY IMAP4rev1\r\n")
            case ["LOGIN", *_]:
                right = command == f'LOGIN {self.account} "{self.password}"'
                done = "OK in" if right else "NO wrong"
            case ["EXAMINE", *_]:
                say(f"* {len(self.mails)} EXISTS\r\n".encode())
                done = "OK [READ-ONLY] done"
            case ["UID", "SEARCH"]:
                wanted = re.search('"(.*)"', command)
                assert wanted
                found = [
                    str(n) for n, mail in enumerate(self.mails, 1) if wanted[1] in mail["Subject"]
                ]
                say(f"* SEARCH {' '.join(found)}\r\n".encode())
            case ["UID", "FETCH"]:
                data = self.mails[int(words[2]) - 1].as_bytes()[:65_536]
                head = f"* {words[2]} FETCH (UID {words[2]} BODY[]<0> {{{len(data)}}}\r\n"
                say(head.encode() + data + b")\r\n")
            case ["LOGOUT", *_]:
                say(b"* BYE\r\n" + f"{mark} OK bye\r\n".encode())
                return False
            case _:
                done = "BAD what"
        say(f"{mark} {done}\r\n".encode())
        return True
