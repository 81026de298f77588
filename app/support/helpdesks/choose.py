"""The helpdesk that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.config import Settings
from app.support.helpdesks.helpdesk import Helpdesk

if TYPE_CHECKING:
    from app.connectors.mail import MailServer
    from app.support.helpdesks.mailbox import Mailbox

INBOX = "inbox"
# Bytes. Redmine takes 5 MiB where nobody raised it; mail servers pass on about 10 MB, and a file
# grows by a third on the way. The others say nothing, so the least of what is usual.
LIMITS = {"rt": 8_000_000, "redmine": 5_000_000, "glpi": 2_000_000, "zammad": 8_000_000,
          "jira": 8_000_000, "email": 7_000_000, INBOX: 8_000_000}  # fmt: skip


def limit(settings: Settings) -> int:
    """How large a bundle may be, in bytes."""
    own = settings.number("helpdesk.limit_mb") * 1_000_000
    return own or LIMITS[settings["helpdesk.kind"]]


def helpdesk(settings: Settings, secret: Callable[[str], str]) -> Helpdesk | None:
    """None for the built-in inbox. A helpdesk's module is imported when it is used."""
    kind, url, most = settings["helpdesk.kind"], settings["helpdesk.url"], limit(settings)
    queue, variant = settings["helpdesk.queue"], settings["helpdesk.type"]
    account, token = settings["helpdesk.account"], secret("helpdesk.token")
    match kind:
        case "rt":
            from app.support.helpdesks.rt import RequestTracker

            return RequestTracker(url, token, queue, most)
        case "redmine":
            from app.support.helpdesks.redmine import Redmine

            return Redmine(url, token, queue, variant, most)
        case "glpi":
            from app.support.helpdesks.glpi import Glpi

            return Glpi(url, token, secret("helpdesk.app_token"), variant, most)
        case "zammad":
            from app.support.helpdesks.zammad import Zammad

            return Zammad(url, token, queue, account, most)
        case "jira":
            from app.support.helpdesks.jira import JiraServiceManagement

            return JiraServiceManagement(url, account, token, queue, variant, most)
        case "email":
            from app.connectors.mail import mail_server
            from app.support.helpdesks.mail import Mail

            server = mail_server(settings, secret)
            return Mail(server, account, most, _mailbox(settings, server))
        case _:
            return None


def _mailbox(settings: Settings, server: MailServer) -> Mailbox | None:
    """Where answers by e-mail are read, with the account that sends; None where nobody said."""
    from app.support.helpdesks.mailbox import Mailbox

    host, port = settings["mail.imap_host"], settings.number("mail.imap_port")
    if not host:
        return None
    plain = server.security == "none"
    return Mailbox(host, port, server.account, server.password, plain)
