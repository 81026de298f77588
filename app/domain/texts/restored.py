"""Lines of the report on a restored store."""

from __future__ import annotations

_LINES: dict[str, tuple[str, str]] = {
    "FROM_BACKUP": ("Recuperado da cópia de {made_at}.", "Recovered from the backup of {made_at}."),
    "FROM_OWN": ("O próprio arquivo da estação serve.", "The station's own file serves."),
    "FROM_SCRATCH": (
        "Sem cópia: recuperado do que ainda se podia ler do arquivo danificado.",
        "No backup: recovered from what could still be read of the damaged file.",
    ),
    "SAVED": ("Registros salvos: {count}", "Entries saved: {count}"),
    "LOST": (
        "PERDIDO  {station}: registros {first} a {last}",
        "LOST  {station}: entries {first} to {last}",
    ),
    "UNPROVEN": (
        "DÚVIDA  {count} registros depois de uma falha foram lidos e não contam",
        "DOUBT  {count} entries after a gap were read and do not count",
    ),
    "ORDER_GAP": (
        "DÚVIDA  pedido {number}: há registros dele depois de uma falha",
        "DOUBT  order {number}: it has entries after a gap",
    ),
    "ORDER_ENTRY": (
        "DÚVIDA  pedido {number}: um registro não pôde ser refeito ({detail})",
        "DOUBT  order {number}: an entry could not be redone ({detail})",
    ),
    "ORDER_STATE": (
        "DÚVIDA  pedido {number}: no arquivo danificado estava em {detail}",
        "DOUBT  order {number}: in the damaged file it was {detail}",
    ),
    "ORDER_LINES": (
        "DÚVIDA  pedido {number}: seus itens já estavam mais adiante",
        "DOUBT  order {number}: its lines were further on",
    ),
    "CODES": (
        "DÚVIDA  códigos de rastreio {prefix}: {count} ficam de fora, alguns podem estar em uso",
        "DOUBT  tracking codes {prefix}: {count} are left out, some may be in use",
    ),
    "UNFIT": (
        "DÚVIDA  tabela {table}: {count} linhas não servem mais e ficaram de fora",
        "DOUBT  table {table}: {count} rows fit no more and were left out",
    ),
    "TORN": (
        "Tabelas que não puderam ser lidas inteiras: {tables}",
        "Tables that could not be read whole: {tables}",
    ),
}

PROMPTS: dict[str, dict[str, str]] = {
    f"RESTORED_{code}": {"pt": pt, "en": en} for code, (pt, en) in _LINES.items()
}
