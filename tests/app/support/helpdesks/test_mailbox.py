"""Answers that come by e-mail show in the console; the IMAP server is a simulated one."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.connectors import errors
from app.support.helpdesks.mailbox import Mailbox
from tests.app.support.helpdesks.contract import stand, unique
from tests.app.support.helpdesks.test_mail import Bed
from tests.support.simulated_imap import SimulatedImap

TAG, SUPPORT = "EXP-1125-ABCDE", "suporte@example.com"


@pytest.fixture
def imap() -> Iterator[SimulatedImap]:
    made = SimulatedImap()
    yield made
    made.stop()


def mailbox(imap: SimulatedImap, password: str = "") -> Mailbox:
    return Mailbox("127.0.0.1", imap.port, imap.account, password or imap.password, plain=True)


def mail(text: str, *, tag: str = TAG, sender: str = "Rui <rui@example.com>", **more: str):
    made = EmailMessage()
    made["Subject"] = f"Re: [{tag}] Impressora"
    made["From"] = sender
    made["Date"] = "Wed, 25 Nov 2026 10:00:00 -0300"
    made["Message-ID"] = f"<{abs(hash((text, sender)))}@example.com>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def test_an_answer_is_what_support_wrote_above_the_quoted_past(imap: SimulatedImap) -> None:
    past = "Em qua., 25 de nov. de 2026 às 09:58, Bancada <b@example.com> escreveu:"
    imap.mails = [mail(f"Troque o rolo.\n\n{past}\n> PRINTER_DOWN\n")]
    (answer,) = mailbox(imap).answers(TAG, SUPPORT)
    assert (answer.author, answer.text) == ("Rui", "Troque o rolo.")
    assert answer.at.isoformat() == "2026-11-25T13:00:00+00:00"
    assert [said.split()[0] for said in imap.said if "INBOX" in said] == ["EXAMINE"]
    assert all("PEEK" in said for said in imap.said if "FETCH" in said), "nothing counts as read"


def test_only_supports_own_house_answers_and_no_machine(imap: SimulatedImap) -> None:
    imap.mails = [
        mail("Sou de fora.", sender="x@elsewhere.example"),
        mail("Recebemos.", Auto_Submitted="auto-replied"),
        mail("Nossa cópia.", X_Expedita_Ticket=TAG),
        mail("De outro chamado.", tag="EXP-1125-ZZZZZ"),
        mail("> só citação"),
    ]
    assert mailbox(imap).answers(TAG, SUPPORT) == ()


def test_a_page_of_markup_and_broken_mail_are_read_as_far_as_they_go(imap: SimulatedImap) -> None:
    page = mail("x")
    page.set_content("<p>Ligue <b>já</b>.</p>", subtype="html")
    broken = mail("y")
    broken.replace_header("Content-Type", 'text/plain; charset="no-such"')
    undated = mail("z")
    del undated["Date"]
    imap.mails = [page, broken, undated]
    assert "Ligue já." in [answer.text for answer in mailbox(imap).answers(TAG, SUPPORT)]


def test_what_is_no_tag_is_never_searched_for(imap: SimulatedImap) -> None:
    assert mailbox(imap).answers('x" ALL', SUPPORT) == ()
    assert imap.said == []


def test_a_wrong_password_and_a_closed_server_have_their_names(imap: SimulatedImap) -> None:
    with pytest.raises(errors.Unauthorised):
        mailbox(imap, "wrong").answers(TAG, SUPPORT)
    imap.stop()
    with pytest.raises(errors.Down):
        mailbox(imap).answers(TAG, SUPPORT)


def test_an_answer_shows_at_the_ticket_once(imap: SimulatedImap, tmp_path: Path) -> None:
    bed = Bed()
    imap.account, imap.password = "bancada@example.com", "correct horse"
    bed.settings |= {"mail.imap_host": "127.0.0.1", "mail.imap_port": str(imap.port)}
    try:
        with stand(tmp_path, bed) as station:
            tag = station.ask("PRINTER_DOWN", unique("m"))
            assert station.support.delivery.send() == 1
            imap.mails = [mail("Já estamos a caminho.", tag=tag)]
            assert station.support.delivery.ask() == 1
            station.later()
            assert station.support.delivery.ask() == 0
            ticket = station.support.tickets.ticket(tag)
            assert ticket
            assert [answer.text for answer in ticket.answers] == ["Já estamos a caminho."]
    finally:
        bed.stop()
