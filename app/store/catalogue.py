"""Queries over products, their barcodes, bins and stock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.model import BinStock, BoxType, PackBarcode, Product, Tracking
from app.store.asking import Lookup, Question, among, listed
from app.store.database import WAREHOUSE
from app.store.schema import BARCODES, BINS, BOXES, PRODUCTS, STOCK

# Made once: they run with every scan.
_PRODUCT = Lookup(
    select(PRODUCTS).where(PRODUCTS.c.warehouse_id == WAREHOUSE, PRODUCTS.c.sku == bindparam("sku"))
)
_CODES = Question(
    select(BARCODES.c.code, BARCODES.c.quantity)
    .where(BARCODES.c.warehouse_id == WAREHOUSE, BARCODES.c.sku == bindparam("sku"))
    .order_by(BARCODES.c.code)
)
_CATEGORIES = Question(
    select(PRODUCTS.c.sku, PRODUCTS.c.category).where(
        PRODUCTS.c.warehouse_id == WAREHOUSE, among(PRODUCTS.c.sku, "skus")
    )
)
_BOXES = Lookup(
    select(BOXES)
    .where(BOXES.c.warehouse_id == WAREHOUSE)
    .order_by(BOXES.c.length_mm * BOXES.c.width_mm * BOXES.c.height_mm)
)


def product(c: Connection, sku: str) -> Product | None:
    """A product with its codes."""
    row = _PRODUCT.first(c, sku=sku)
    if row is None:
        return None
    codes = _CODES.rows(c, sku=sku)
    return Product(
        sku=row.sku,
        name=row.name,
        gtins=tuple(code for code, quantity in codes if quantity == 1 and code != sku),
        packs=tuple(PackBarcode(code, quantity) for code, quantity in codes if quantity > 1),
        weight_g=row.weight_g,
        length_mm=row.length_mm,
        width_mm=row.width_mm,
        height_mm=row.height_mm,
        category=row.category,
        tracking=Tracking(row.tracking),
        substitutes=tuple(row.substitutes),
    )


def categories(c: Connection, skus: Iterable[str]) -> dict[str, str]:
    """The category of each of the products that are known."""
    return dict(_CATEGORIES.rows(c, skus=listed(skus)))


def digests(c: Connection) -> dict[str, str]:
    """What each known product's record looked like when it was last read."""
    rows = c.execute(
        select(PRODUCTS.c.sku, PRODUCTS.c.digest).where(PRODUCTS.c.warehouse_id == WAREHOUSE)
    )
    return {row[0]: row[1] for row in rows}


def put_product(c: Connection, product: Product, digest: str) -> None:
    """Add or replace a product and its codes. Its SKU is a code of its own."""
    facts = {
        "name": product.name,
        "weight_g": product.weight_g,
        "length_mm": product.length_mm,
        "width_mm": product.width_mm,
        "height_mm": product.height_mm,
        "category": product.category,
        "tracking": product.tracking.value,
        "substitutes": list(product.substitutes),
        "digest": digest,
    }
    c.execute(
        upsert(PRODUCTS)
        .values(warehouse_id=WAREHOUSE, sku=product.sku, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "sku"], set_=facts)
    )
    codes = {code: 1 for code in (product.sku, *product.gtins, *product.aliases) if code}
    codes |= {pack.barcode: pack.quantity for pack in product.packs}
    c.execute(
        delete(BARCODES).where(
            BARCODES.c.warehouse_id == WAREHOUSE,
            BARCODES.c.sku == product.sku,
            BARCODES.c.linked.is_(False) | BARCODES.c.code.in_(codes),
        )
    )
    c.execute(
        insert(BARCODES),
        [
            {"warehouse_id": WAREHOUSE, "code": code, "sku": product.sku, "quantity": quantity}
            for code, quantity in codes.items()
        ],
    )


def link_code(c: Connection, code: str, sku: str) -> None:
    """From now on `code` means one unit of `sku`."""
    c.execute(
        upsert(BARCODES)
        .values(warehouse_id=WAREHOUSE, code=code, sku=sku, quantity=1, linked=True)
        .on_conflict_do_nothing()
    )


def stock_digests(c: Connection) -> dict[tuple[str, str, str], str]:
    rows = c.execute(
        select(STOCK.c.bin, STOCK.c.sku, STOCK.c.lot, STOCK.c.digest).where(
            STOCK.c.warehouse_id == WAREHOUSE
        )
    )
    return {(row.bin, row.sku, row.lot): row.digest for row in rows}


def put_stock(c: Connection, stock: BinStock, digest: str) -> None:
    """Add or replace what stands in a bin, and the bin itself."""
    place = {"zone": stock.zone, "pick_sequence": stock.pick_sequence}
    c.execute(
        upsert(BINS)
        .values(warehouse_id=WAREHOUSE, code=stock.bin, **place)
        .on_conflict_do_update(index_elements=["warehouse_id", "code"], set_=place)
    )
    facts = {
        "expiry": stock.expiry,
        "quantity": stock.quantity,
        "digest": digest,
        "recount": False,
    }
    c.execute(
        upsert(STOCK)
        .values(warehouse_id=WAREHOUSE, bin=stock.bin, sku=stock.sku, lot=stock.lot, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "bin", "sku", "lot"], set_=facts)
    )


def stock_of(c: Connection, skus: Iterable[str]) -> list[BinStock]:
    """Where the products stand, in walking order."""
    rows = c.execute(
        select(STOCK, BINS.c.zone, BINS.c.pick_sequence)
        .join(
            BINS,
            (BINS.c.warehouse_id == STOCK.c.warehouse_id) & (BINS.c.code == STOCK.c.bin),
        )
        .where(
            STOCK.c.warehouse_id == WAREHOUSE,
            STOCK.c.sku.in_(list(skus)),
            STOCK.c.quantity > 0,
        )
        .order_by(BINS.c.pick_sequence, STOCK.c.bin, STOCK.c.lot)
    )
    return [
        BinStock(
            row.bin,
            row.zone,
            row.pick_sequence,
            row.sku,
            row.quantity,
            row.lot,
            row.expiry,
        )
        for row in rows
    ]


def bins_of(c: Connection, sku: str) -> tuple[str, ...]:
    """The bins that hold a product, or held it last."""
    return tuple(
        c.scalars(
            select(STOCK.c.bin)
            .where(STOCK.c.warehouse_id == WAREHOUSE, STOCK.c.sku == sku)
            .order_by(STOCK.c.bin)
        )
    )


def to_count(c: Connection, limit: int) -> Sequence[Row[str, str, str, int, str]]:
    """Bins whose record can't be right (bin, sku, lot, quantity), with the product's name."""
    return c.execute(
        select(STOCK.c.bin, STOCK.c.sku, STOCK.c.lot, STOCK.c.quantity, PRODUCTS.c.name)
        .outerjoin(
            PRODUCTS,
            (PRODUCTS.c.warehouse_id == STOCK.c.warehouse_id) & (PRODUCTS.c.sku == STOCK.c.sku),
        )
        .where(STOCK.c.warehouse_id == WAREHOUSE, STOCK.c.recount)
        .order_by(STOCK.c.bin, STOCK.c.sku, STOCK.c.lot)
        .limit(limit)
    ).all()


def bin_codes(c: Connection) -> Sequence[str]:
    return c.scalars(
        select(BINS.c.code).where(BINS.c.warehouse_id == WAREHOUSE).order_by(BINS.c.pick_sequence)
    ).all()


def put_box(c: Connection, box: BoxType) -> None:
    facts = {
        "length_mm": box.length_mm,
        "width_mm": box.width_mm,
        "height_mm": box.height_mm,
        "max_weight_g": box.max_weight_g,
        "tare_g": box.tare_g,
    }
    c.execute(
        upsert(BOXES)
        .values(warehouse_id=WAREHOUSE, code=box.code, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "code"], set_=facts)
    )


def boxes(c: Connection) -> list[BoxType]:
    """The box types of the packing bench, smallest first."""
    return [
        BoxType(r.code, r.length_mm, r.width_mm, r.height_mm, r.max_weight_g, r.tare_g)
        for r in _BOXES.rows(c)
    ]
