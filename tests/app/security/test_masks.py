from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.model import Address, OrderState, Recipient
from app.security.masks import (
    mask_address,
    mask_document,
    mask_driver,
    mask_name,
    mask_recipient,
)
from app.security.roles import REVEALED, Role, permissions

ANA = Recipient("Ana Maria de Souza", "15225048773", "ana@example.com.br", "11999990000")
HOME = Address("69309563", "Rua das Flores", "12", "ap 3", "Centro", "Boa Vista", "RR")
STAGES = st.sampled_from(list(OrderState))


def seen(role: Role, stage: OrderState) -> tuple[str, str, str]:
    may = permissions(role)
    return (
        mask_recipient(ANA, HOME, may, stage),
        mask_address(HOME, may, stage),
        mask_document(ANA.document, may),
    )


@given(STAGES)
def test_a_picker_sees_nothing_of_the_customer(stage: OrderState) -> None:
    recipient, address, document = seen(Role.PICKER, stage)
    assert recipient == address == ""
    assert document == "*********73"


def test_a_packer_sees_first_name_and_cep_while_the_order_is_at_the_bench() -> None:
    assert seen(Role.PACKER, OrderState.PACKING)[:2] == ("Ana · 69309-563", "69309-563")
    assert seen(Role.PACKER, OrderState.RELEASED)[:2] == ("", "")
    assert seen(Role.PACKER, OrderState.SHIPPED)[:2] == ("", "")


def test_a_dispatcher_sees_the_first_name_until_the_box_is_gone() -> None:
    assert seen(Role.DISPATCHER, OrderState.MANIFESTED)[:2] == ("Ana", "")
    assert seen(Role.DISPATCHER, OrderState.SHIPPED)[:2] == ("", "")


def test_a_supervisor_at_the_bench_sees_no_more_than_a_packer() -> None:
    assert seen(Role.SUPERVISOR, OrderState.PACKING)[:2] == ("Ana · 69309-563", "69309-563")
    assert seen(Role.SUPERVISOR, OrderState.SHIPPED) == ("", "", "*********73")


@given(STAGES)
def test_everything_is_seen_after_a_reveal(stage: OrderState) -> None:
    may = permissions(Role.SUPERVISOR) | {REVEALED}
    assert (
        mask_recipient(ANA, HOME, may, stage),
        mask_address(HOME, may, stage),
        mask_document(ANA.document, may),
    ) == (
        "Ana Maria de Souza · 69309-563",
        "Rua das Flores, 12 - ap 3 - Centro - Boa Vista/RR - 69309-563",
        "15225048773",
    )


def test_who_took_the_boxes_is_known_in_part_at_the_dock_and_whole_after_a_reveal() -> None:
    shown = {role: mask_driver(ANA.name, ANA.document, permissions(role)) for role in Role}
    assert shown[Role.PICKER] == shown[Role.PACKER] == shown[Role.SUPPORT] == ""
    assert shown[Role.DISPATCHER] == shown[Role.SUPERVISOR] == "Ana · *********73"
    assert mask_driver(ANA.name, ANA.document, frozenset({REVEALED})) == (
        "Ana Maria de Souza · 15225048773"
    )
    assert mask_driver("", "", permissions(Role.DISPATCHER)) == ""


@given(st.text(), STAGES, st.sampled_from(list(Role)))
def test_any_name_is_masked_to_at_most_its_first_word(
    name: str, stage: OrderState, role: Role
) -> None:
    shown = mask_name(name, permissions(role), stage)
    assert shown in ("", *name.split()[:1])


@given(st.text(alphabet="0123456789ABC", max_size=14))
def test_a_masked_document_keeps_its_length_and_two_characters_at_most(document: str) -> None:
    shown = mask_document(document, frozenset())
    assert len(shown) == len(document)
    assert len(shown.replace("*", "")) <= 2
