"""A made-up NF-e, as the invoice service would hand it over."""

from __future__ import annotations

from app.domain.codes import nfe_key_check_digit

CNPJ = "12345678000195"


def key(number: int = 1) -> str:
    first = f"352611{CNPJ}55001{number:09d}1{number:08d}"
    return first + str(nfe_key_check_digit(first))


def nfe_proc(
    order: str, items: list[tuple[str, int, str]], *, number: int = 1, cstat: str = "100",
    cep: str = "01310100", document: str = "00000000191", total: str = "49.80",
) -> bytes:  # fmt: skip
    """`items` are SKU, quantity and line total."""
    products = sum(float(value) for _, _, value in items)
    lines = "".join(
        f'<det nItem="{n}"><prod><cProd>{sku}</cProd><cEAN>SEM GTIN</cEAN><xProd>P</xProd>'
        f"<uCom>UN</uCom><qCom>{quantity}.0000</qCom><vProd>{value}</vProd>"
        f"<xPed>{order}</xPed></prod></det>"
        for n, (sku, quantity, value) in enumerate(items, 1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<nfeProc xmlns="http://www.portalfiscal.inf.br/nfe" versao="4.00"><NFe>
<infNFe Id="NFe{key(number)}" versao="4.00">
<ide><mod>55</mod><serie>1</serie><nNF>{number}</nNF><dhEmi>2026-11-24T09:00:00-03:00</dhEmi>
<tpNF>1</tpNF><tpEmis>1</tpEmis><tpAmb>1</tpAmb><finNFe>1</finNFe></ide>
<emit><CNPJ>{CNPJ}</CNPJ><xNome>Loja Inventada</xNome><enderEmit><UF>SP</UF></enderEmit>
<IE>110042490114</IE></emit>
<dest><CPF>{document}</CPF><xNome>Pessoa Inventada</xNome><enderDest><nro>1</nro><UF>SP</UF>
<CEP>{cep}</CEP></enderDest></dest>{lines}
<total><ICMSTot><vProd>{products:.2f}</vProd><vFrete>10.00</vFrete><vDesc>0.00</vDesc>
<vNF>{total}</vNF></ICMSTot></total>
</infNFe></NFe><protNFe versao="4.00"><infProt><nProt>135260000123456</nProt>
<dhRecbto>2026-11-24T09:00:05-03:00</dhRecbto><cStat>{cstat}</cStat></infProt></protNFe>
</nfeProc>""".encode()
