"""Fills a new Tryton database with a small Brazilian warehouse; all of its people are invented.

Run by Tryton's own Python: populate.py CONFIG DATABASE
Made by Tryton's client library inside the server's process, as its scenario tests do.
"""

import datetime as dt
import sys
from decimal import Decimal

import trytond.config as tryton_config

if hasattr(tryton_config, "update_etc"):  # 8.x: before anything imports the database's back end
    tryton_config.update_etc(sys.argv[1])

from proteus import Model
from proteus import config as proteus_config
from trytond.modules.account.tests.tools import (
    create_chart,
    create_fiscalyear,
    get_accounts,
)
from trytond.modules.account_invoice.tests.tools import (
    create_payment_term,
    set_fiscalyear_invoice_sequences,
)
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.modules.currency.tests.tools import get_currency

STATES = {"SP": "São Paulo", "RJ": "Rio de Janeiro", "PE": "Pernambuco", "RS": "Rio Grande do Sul"}
BINS = ("A-01", "A-02", "B-01", "B-02")
PRODUCTS = (
    ("CAM-P", "Camiseta P", 180),
    ("CAM-M", "Camiseta M", 190),
    ("CAN-01", "Caneca branca", 350),
    ("LIV-07", "Livro de receitas", 620),
    ("FON-02", "Fone de ouvido", 90),
    ("GAR-05", "Garrafa térmica", 480),
)
CARRIERS = ("Correios PAC", "Correios SEDEX")
CUSTOMERS = (  # name, CPF, street, number, unit, city, state, CEP
    ("Ana Souza", "52998224725", "Rua Augusta", "1578", "Apto 41", "São Paulo", "SP", "01304-001"),
    ("João Conceição", "11144477735", "Rua do Bom Jesus", "125", None, "Recife", "PE", "50030-170"),
    ("Íris Sem Cep", "12345678909", "Rua dos Andradas", "S/N", None, "Porto Alegre", "RS", None),
)


def ean13(number):
    text = f"789{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(text))
    return text + str((10 - total % 10) % 10)


def by_xml_id(kind, name):
    module, xml_id = name.split(".")
    data = Model.get("ir.model.data")
    if hasattr(data, "get_id"):
        return Model.get(kind)(data.get_id(module, xml_id, configuration.context))
    (found,) = data.find([("module", "=", module), ("fs_id", "=", xml_id)])  # 7.0
    return Model.get(kind)(found.db_id)


def places():
    brazil = Model.get("country.country")(name="Brasil", code="BR", code3="BRA", code_numeric="076")
    brazil.save()
    states = {}
    for code, name in STATES.items():
        state = Model.get("country.subdivision")(
            country=brazil, code=f"BR-{code}", name=name, type="state"
        )
        state.save()
        states[code] = state
    return brazil, states


def company_of(brazil, states):
    real = get_currency("BRL")
    Model.get("currency.currency.rate")(
        date=dt.date(2000, 1, 1), rate=Decimal(1), currency=real
    ).save()
    Party = Model.get("party.party")  # noqa: N806
    party = Party(name="Loja Exemplo Comércio Eletrônico Ltda")
    identifier = party.identifiers.new()
    identifier.type = "br_vat"
    identifier.code = "11222333000181"
    party.save()
    create_company(party=party, currency=real)
    company = get_company()
    create_chart(company)
    year = set_fiscalyear_invoice_sequences(create_fiscalyear(company))
    year.click("create_period")
    payment_term = create_payment_term()
    payment_term.name = "À vista"
    payment_term.save()
    picker = Party(name="Operador de integração")
    picker.save()
    employee = Model.get("company.employee")(party=picker)
    employee.save()
    User = Model.get("res.user")  # noqa: N806
    admin = User(configuration.user)
    admin.employees.append(employee)
    admin.employee = employee
    admin.save()
    configuration._context = User.get_preferences(True, {})
    return get_accounts(company)


def goods(accounts):
    category = Model.get("product.category")(name="Mercadorias", accounting=True)
    category.account_expense = accounts["expense"]
    category.account_revenue = accounts["revenue"]
    category.save()
    unit = by_xml_id("product.uom", "product.uom_unit")
    gram = by_xml_id("product.uom", "product.uom_gram")
    Template = Model.get("product.template")  # noqa: N806
    made = []
    for number, (sku, name, weight) in enumerate(PRODUCTS, 1):
        template = Template(name=name, default_uom=unit, type="goods", salable=True)
        template.list_price = Decimal(number * 10) + Decimal("9.90")
        template.account_category = category
        template.weight = float(weight)
        template.weight_uom = gram
        (product,) = template.products
        product.suffix_code = sku
        identifier = product.identifiers.new()
        identifier.type = "ean"
        identifier.code = ean13(number)
        template.save()
        made.append(template.products[0])
    for name in CARRIERS:
        party = Model.get("party.party")(name=name)
        party.save()
        template = Template(name=f"Frete {name}", default_uom=unit, type="service", salable=True)
        template.list_price = Decimal("19.90")
        template.account_category = category
        template.save()
        Model.get("carrier")(party=party, carrier_product=template.products[0]).save()
    box = Model.get("stock.package.type")(name="Caixa M")
    box.packaging_weight = 150.0
    box.packaging_weight_uom = gram
    box.save()
    return made


def stock(products):
    Location = Model.get("stock.location")  # noqa: N806
    (storage,) = Location.find([("code", "=", "STO")])
    bins = [
        Location(name=f"Posição {code}", code=code, type="storage", parent=storage) for code in BINS
    ]
    Location.save(bins)
    for place, storage_bin in enumerate(bins):
        counted = Model.get("stock.inventory")(
            location=storage_bin, date=dt.datetime.now(dt.UTC).date()
        )
        for product in products[place :: len(bins)]:
            line = counted.lines.new(product=product)
            line.quantity = 500.0
            line.expected_quantity = 0.0
        counted.click("confirm")


def customers(brazil, states):
    configured = Model.get("party.configuration")(1)
    if hasattr(configured, "identifier_types"):
        configured.identifier_types = ["br_cpf", "br_vat"]
        configured.save()
    Party = Model.get("party.party")  # noqa: N806
    rows = []
    for name, cpf, street, number, unit, city, state, cep in CUSTOMERS:
        address = {
            "postal_code": cep,
            "city": city,
            "country": brazil.id,
            "subdivision": states[state].id,
            "delivery": True,
            "invoice": True,
        }
        if "street_name" in Model.get("party.address")._fields:
            address |= {"street_name": street, "building_number": number, "unit_number": unit}
        else:
            address["street"] = f"{street}, {number}" + (f"\n{unit}" if unit else "")
        mail = f"cliente{len(rows) + 1}@example.com"
        rows.append(
            {
                "name": name,
                "identifiers": [("create", [{"type": "br_cpf", "code": cpf}])],
                "addresses": [("create", [address])],
                "contact_mechanisms": [
                    (
                        "create",
                        [
                            {"type": "email", "value": mail},
                            {"type": "mobile", "value": "+55 11 90000-0000"},
                        ],
                    )
                ],
            }
        )
    Party._proxy.create(rows, configuration.context)  # structured addresses only by RPC


def shop(brazil):
    (warehouse,) = Model.get("stock.location").find([("code", "=", "WH")])
    web_shop = Model.get("web.shop")(name="Loja virtual")
    web_shop.warehouses.append(warehouse)
    if hasattr(web_shop, "countries"):
        web_shop.countries.append(brazil)
    web_shop.save()


configuration = proteus_config.set_trytond(sys.argv[2], config_file=sys.argv[1])
brazil, states = places()
accounts = company_of(brazil, states)
stock(goods(accounts))
customers(brazil, states)
shop(brazil)
