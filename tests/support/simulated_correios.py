"""A simulator of Correios' CWS (token, tracking), made from documents alone: no real server.

It refuses what the service is known to refuse: no Accept-Language, more than fifty codes, a token
that has ended. `tokens` counts how many were given out.
"""

from __future__ import annotations

import base64
import json
import threading
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CARD = "0012345678"
USER, ACCESS_CODE, KEY = "loja", "only-here", "cws-only-here"
BRASILIA = timezone(timedelta(hours=-3))


class SimulatedCorreios:
    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.objects: dict[str, list[dict[str, Any]]] = {}
        self.calls = 0
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(*service.track(self.path, self.headers))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self._answer(*service.sign_in(self.headers, body))

            def _answer(self, status: int, body: Any) -> None:
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def happened(self, code: str, *events: tuple[str, str, str, str]) -> None:
        """Events of a package as (codigo, tipo, dtHrCriado, descricao), newest first."""
        place = {"tipo": "Unidade de Tratamento", "endereco": {"cidade": "RECIFE", "uf": "PE"}}
        self.objects[code] = [
            {"codigo": c, "tipo": t, "dtHrCriado": at, "descricao": text, "unidade": place}
            for c, t, at, text in events
        ]

    def sign_in(self, headers: Any, body: bytes) -> tuple[int, Any]:
        basic = base64.b64encode(f"{USER}:{ACCESS_CODE}".encode()).decode()
        if headers.get("Authorization") != f"Basic {basic}":
            return 401, {"msgs": ["Credenciais inválidas"]}
        if json.loads(body) != {"numero": CARD}:
            return 400, {"msgs": ["Cartão de postagem inválido"]}
        self.tokens.append(f"jwt-{len(self.tokens) + 1}")
        ends = datetime.now(UTC).astimezone(BRASILIA) + timedelta(hours=24)
        return 201, {
            "ambiente": "PRODUCAO",
            "token": self.tokens[-1],
            "expiraEm": ends.strftime("%Y-%m-%dT%H:%M:%S"),
        }

    def track(self, path: str, headers: Any) -> tuple[int, Any]:
        self.calls += 1
        good = {f"Bearer {KEY}", *(f"Bearer {token}" for token in self.tokens[-1:])}
        if headers.get("Authorization") not in good:
            return 401, {"msgs": ["Token inválido"]}
        if headers.get("Accept-Language") != "pt-BR":
            return 400, {"msgs": ["SRO-018: Idioma não suportado"]}
        parts = urlsplit(path)
        query = parse_qs(parts.query)
        codes = query.get("codigosObjetos", [])
        if parts.path != "/srorastro/v1/objetos" or query.get("resultado") != ["T"]:
            return 404, {"msgs": ["?"]}
        if len(codes) > 50:
            return 400, {"msgs": ["SRO-011: Limite de objetos"]}
        return 200, {
            "versao": "1.0",
            "quantidade": len(codes),
            "objetos": list(map(self._one, codes)),
        }

    def _one(self, code: str) -> dict[str, Any]:
        if code not in self.objects:
            return {
                "codObjeto": code,
                "mensagem": "SRO-020: Objeto não encontrado na base de dados",
            }
        return {"codObjeto": code, "eventos": self.objects[code]}
