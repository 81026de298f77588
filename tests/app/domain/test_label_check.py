from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.domain.label_check import OnLabel, compare

BOX = OnLabel("5001", "01310100", "03220", 1, 2)


def test_a_label_of_the_same_box_may_be_used() -> None:
    assert compare(BOX, BOX) == ()
    assert compare(BOX, replace(BOX, cep="01310-100")) == ()


def test_what_the_carrier_does_not_say_is_not_compared() -> None:
    assert compare(BOX, OnLabel("", "", "", 0, 0)) == ()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"order": "5002"}, "LABEL_OTHER_ORDER", "pedido"),
        ({"cep": "04538133"}, "LABEL_OTHER_CEP", "cep"),
        ({"service_code": "03298"}, "LABEL_OTHER_SERVICE", "serviço"),
        ({"package_no": 2}, "LABEL_OTHER_PACKAGE", "volume"),
        ({"package_count": 1}, "LABEL_OTHER_PACKAGE", "volume"),
    ],
)
def test_a_difference_names_what_is_at_fault(
    wrong: dict[str, object], code: str, field: str
) -> None:
    (found,) = compare(BOX, replace(BOX, **wrong))  # type: ignore[arg-type]
    assert (found.code, found.field) == (code, field)
    assert "04538133" not in str(found), "a CEP stands here masked only"
