"""Queries over products, their barcodes, bins and stock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.model import BinStock, BoxType, PackBarcode, Product, Tracking
from app.store.database import WAREHOUSE
from app.store.schema import BarcodeRow, BinRow, BoxRow, ProductRow, StockRow


def product(c: Connection, sku: str) -> Product | None:
    """A product with its codes."""
    row = c.execute(
        select(ProductRow).where(ProductRow.warehouse_id == WAREHOUSE, ProductRow.sku == sku)
    ).first()
    if row is None:
        return None
    codes = c.execute(
        select(BarcodeRow.code, BarcodeRow.quantity)
        .where(BarcodeRow.warehouse_id == WAREHOUSE, BarcodeRow.sku == sku)
        .order_by(BarcodeRow.code)
    ).all()
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


def by_code(c: Connection, code: str) -> tuple[tuple[str, int], ...]:
    """The products that `code` may mean, each with the units of one scan."""
    rows = c.execute(
        select(BarcodeRow.sku, BarcodeRow.quantity)
        .where(BarcodeRow.warehouse_id == WAREHOUSE, BarcodeRow.code == code)
        .order_by(BarcodeRow.sku)
    )
    return tuple((sku, quantity) for sku, quantity in rows)


def digests(c: Connection) -> dict[str, str]:
    """What each known product's record looked like when it was last read."""
    rows = c.execute(
        select(ProductRow.sku, ProductRow.digest).where(ProductRow.warehouse_id == WAREHOUSE)
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
        upsert(ProductRow)
        .values(warehouse_id=WAREHOUSE, sku=product.sku, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "sku"], set_=facts)
    )
    codes = {code: 1 for code in (product.sku, *product.gtins, *product.aliases) if code}
    codes |= {pack.barcode: pack.quantity for pack in product.packs}
    c.execute(
        delete(BarcodeRow).where(
            BarcodeRow.warehouse_id == WAREHOUSE,
            BarcodeRow.sku == product.sku,
            BarcodeRow.linked.is_(False) | BarcodeRow.code.in_(codes),
        )
    )
    c.execute(
        insert(BarcodeRow),
        [
            {"warehouse_id": WAREHOUSE, "code": code, "sku": product.sku, "quantity": quantity}
            for code, quantity in codes.items()
        ],
    )


def link_code(c: Connection, code: str, sku: str) -> None:
    """From now on `code` means one unit of `sku`."""
    c.execute(
        upsert(BarcodeRow)
        .values(warehouse_id=WAREHOUSE, code=code, sku=sku, quantity=1, linked=True)
        .on_conflict_do_nothing()
    )


def stock_digests(c: Connection) -> dict[tuple[str, str, str], str]:
    rows = c.execute(
        select(StockRow.bin, StockRow.sku, StockRow.lot, StockRow.digest).where(
            StockRow.warehouse_id == WAREHOUSE
        )
    )
    return {(row.bin, row.sku, row.lot): row.digest for row in rows}


def put_stock(c: Connection, stock: BinStock, digest: str) -> None:
    """Add or replace what stands in a bin, and the bin itself."""
    place = {"zone": stock.zone, "pick_sequence": stock.pick_sequence}
    c.execute(
        upsert(BinRow)
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
        upsert(StockRow)
        .values(warehouse_id=WAREHOUSE, bin=stock.bin, sku=stock.sku, lot=stock.lot, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "bin", "sku", "lot"], set_=facts)
    )


def stock_of(c: Connection, skus: Iterable[str]) -> list[BinStock]:
    """Where the products stand, in walking order."""
    rows = c.execute(
        select(StockRow, BinRow.zone, BinRow.pick_sequence)
        .join(
            BinRow,
            (BinRow.warehouse_id == StockRow.warehouse_id) & (BinRow.code == StockRow.bin),
        )
        .where(
            StockRow.warehouse_id == WAREHOUSE,
            StockRow.sku.in_(list(skus)),
            StockRow.quantity > 0,
        )
        .order_by(BinRow.pick_sequence, StockRow.bin, StockRow.lot)
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
            select(StockRow.bin)
            .where(StockRow.warehouse_id == WAREHOUSE, StockRow.sku == sku)
            .order_by(StockRow.bin)
        )
    )


def to_count(c: Connection, limit: int) -> Sequence[Row[str, str, str, int, str]]:
    """Bins whose record can't be right (bin, sku, lot, quantity), with the product's name."""
    return c.execute(
        select(StockRow.bin, StockRow.sku, StockRow.lot, StockRow.quantity, ProductRow.name)
        .outerjoin(
            ProductRow,
            (ProductRow.warehouse_id == StockRow.warehouse_id) & (ProductRow.sku == StockRow.sku),
        )
        .where(StockRow.warehouse_id == WAREHOUSE, StockRow.recount)
        .order_by(StockRow.bin, StockRow.sku, StockRow.lot)
        .limit(limit)
    ).all()


def is_bin(c: Connection, code: str) -> bool:
    query = select(BinRow.code).where(BinRow.warehouse_id == WAREHOUSE, BinRow.code == code)
    return c.execute(query).first() is not None


def bin_codes(c: Connection) -> Sequence[str]:
    return c.scalars(
        select(BinRow.code).where(BinRow.warehouse_id == WAREHOUSE).order_by(BinRow.pick_sequence)
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
        upsert(BoxRow)
        .values(warehouse_id=WAREHOUSE, code=box.code, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "code"], set_=facts)
    )


def boxes(c: Connection) -> list[BoxType]:
    """The box types of the packing bench, smallest first."""
    rows: Sequence[Row[Any]] = c.execute(
        select(BoxRow)
        .where(BoxRow.warehouse_id == WAREHOUSE)
        .order_by(BoxRow.length_mm * BoxRow.width_mm * BoxRow.height_mm)
    ).all()
    return [
        BoxType(r.code, r.length_mm, r.width_mm, r.height_mm, r.max_weight_g, r.tare_g)
        for r in rows
    ]
