"""The recipes of docs/proxy.md as people copy them: only ports, certificates and folders are ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from e2e.flow import ROOT

DOMAIN = "px.example.net"
OWN = "help.example.com"
_DOCS = ROOT / "docs/proxy.md"


def recipe(language: str) -> str:
    """The one block of a language in the documentation."""
    found = re.findall(rf"```{language}\n(.*?)```", _DOCS.read_text(), re.DOTALL)
    assert len(found) == 1, f"docs/proxy.md has {len(found)} blocks of {language}"
    return str(found[0])


def put(text: str, old: str, new: str) -> str:
    """Replace what must be there: a recipe that has changed must not pass untested."""
    assert old in text, f"the recipe has no {old!r}"
    return text.replace(old, new)


@dataclass(frozen=True)
class Front:
    """What stands before the server: where it listens, what it shows, where it keeps things."""

    folder: Path
    port: int
    server_port: int
    certificate: Path
    key: Path

    def caddy(self) -> list[str]:
        """Write the Caddyfile; returns the command."""
        text = put(recipe("caddy"), "127.0.0.1:8080", f"127.0.0.1:{self.server_port}")
        shown = f"tls {self.certificate} {self.key}"
        text, count = re.subn(r"tls \{\n\s+dns [^\n]*\n\s+\}", shown, text)
        assert count == 1
        text = put(text, f"{OWN} {{\n", f"{OWN} {{\n    {shown}\n")
        options = f"{{\n  admin off\n  auto_https disable_redirects\n  https_port {self.port}\n}}\n"
        file = self.folder / "Caddyfile"
        file.write_text(options + text)
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]

    def nginx(self) -> list[str]:
        """Write nginx.conf; returns the command."""
        text = put(recipe("nginx"), "127.0.0.1:8080", f"127.0.0.1:{self.server_port}")
        text = put(text, "listen 443 ", f"listen 127.0.0.1:{self.port} ")
        text = put(text, "/etc/ssl/twinpane/fullchain.pem", str(self.certificate))
        text = put(text, "/etc/ssl/twinpane/key.pem", str(self.key))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"{kind}_temp_path {self.folder / kind};\n" for kind in kinds)
        file = self.folder / "nginx.conf"
        file.write_text(
            f"user root;\ndaemon off;\npid {self.folder}/pid;\nerror_log stderr;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{folders}{text}}}\n"
        )
        return ["nginx", "-c", str(file), "-p", str(self.folder), "-e", "stderr"]
