"""The order on the bench: units verified, box, weight, invoice, label, scan-back."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from app.domain.pack_actions import ConfirmNote, NewPackage, NotPrinted, Weigh
from app.domain.texts import message
from app.station.views import Feedback, PackView, PrinterView, StationView
from ui.console import Console
from ui.pages.bench_questions import BenchQuestions
from ui.pages.work import Work
from ui.widgets.parts import Card, button, clear, columns, label, rows
from ui.widgets.picture import ProductPicture


class Bench(Work):
    """The order on the bench."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._questions = BenchQuestions(console, self._choice)
        self.questions["REPRINT_REASON"] = self._questions.reprint
        self._view: PackView | None = None
        self._prompt = label("", "prompt")
        self._note = label("", "warning")
        self._unread = label("", "shout", centre=True)  # the note while it must be read
        self._waits = label("", "shout")
        self._printers: tuple[PrinterView, ...] = ()
        self._order = label("", "big")
        self._recipient = label("", "muted")
        self._lines = rows()
        self._picture = ProductPicture()
        self._last = label("", "title", centre=True)
        self._packages = label("", "title")
        self._invoice = label("", "title")
        self._progress = QProgressBar()
        checks, product, parcel = Card(), Card(), Card()
        checks.box.addWidget(self._order)
        checks.box.addWidget(self._recipient)
        checks.box.addLayout(self._lines)
        checks.box.addStretch()
        product.box.addWidget(self._picture, 1)
        product.box.addWidget(self._last)
        parcel.box.addWidget(label(self.tr("Volumes"), "muted"))
        parcel.box.addWidget(self._packages)
        parcel.box.addWidget(self._invoice)
        parcel.box.addStretch()
        body = columns()
        body.addWidget(checks, 5)
        body.addWidget(product, 3)
        body.addWidget(parcel, 3)
        act = console.act
        self._undo = button(self.tr("Desfazer"), lambda: console.do(console.station.undo), key="F8")
        self._confirm = button(
            self.tr("Li a observação"), lambda: act(ConfirmNote()), key="F9", main=True
        )
        self._box = button(
            self.tr("Escolher embalagem"),
            lambda: self._questions.box(self._view.boxes if self._view else ()),
            key="F9",
        )
        self._scale = button(self.tr("Ler a balança"), self._read_scale, key="F9", main=True)
        self._weigh = button(self.tr("Digitar peso"), self._questions.weight, key="F9", main=True)
        self._type = button(self.tr("Digitar"), self._questions.weight, key="F10")
        self._override = button(self.tr("Aceitar peso"), self._questions.override, key="Ctrl+A")
        self._link = button(
            self.tr("Vincular código"),
            lambda: self._questions.link(self._view.lines if self._view else ()),
            key="Ctrl+V",
        )
        self._split = button(self.tr("Novo volume"), lambda: act(NewPackage()), key="F10")
        self._reprint = button(self.tr("Reimprimir"), self._questions.reprint, key="F11")
        self._absent = button(
            self.tr("A etiqueta não saiu"), lambda: act(NotPrinted()), key="F9", main=True
        )
        self._other = button(
            self.tr("Outra impressora"),
            lambda: self._questions.printer(self._printers),
            key="Ctrl+O",
        )
        self._park = button(self.tr("Estante de pendências"), self._questions.park, key="Ctrl+P")
        self._release = button(
            self.tr("Devolver tarefa"), lambda: console.do(console.station.release_task),
            key="Ctrl+D",
        )  # fmt: skip
        layout = rows(self._prompt, self._unread, self._note, self._waits, self._choice)
        layout.addLayout(body, 1)
        layout.addWidget(self._progress)
        layout.addLayout(
            columns(
                self._undo, self._confirm, self._box, self._scale, self._weigh, self._type,
                self._override, self._link, self._split, self._absent, self._other, self._reprint,
                1, self._park, self._release,
            )
        )  # fmt: skip
        self.setLayout(layout)

    def show_task(self, view: PackView, prompt: str, station: StationView) -> None:
        if self._view and self._view.step != view.step:
            self._choice.hide()
        self._view = view
        self._prompt.setText(prompt)
        notes = [text for text in (view.note, view.gift_text) if text]
        for one, now in ((self._note, view.step != "note"), (self._unread, view.step == "note")):
            one.setText("  ·  ".join(notes))
            one.setVisible(bool(notes) and now)
        self._order.setText(
            self.tr("Pedido {number}").format(number=view.order_number) + f" · {view.channel}"
        )
        self._recipient.setText(view.recipient)
        self._show_lines(view)
        # What was verified last; before the first unit, what is still looked for.
        shown = view.last or next((x for x in view.lines if x.done < x.quantity), None)
        self._picture.show_product(
            *((shown.sku, shown.category, shown.picture) if shown else ("", "", ""))
        )
        self._last.setText(shown.name if shown else "")
        self._packages.setText("\n".join(self._package_line(view)))
        self._invoice.setText(self._invoice_text(view))
        self._progress.setRange(0, max(view.units_total, 1))
        self._progress.setValue(view.units_done)
        self._progress.setFormat(
            self.tr("{done} de {total} conferidas").format(
                done=view.units_done, total=view.units_total
            )
        )
        self._undo.setEnabled(bool(station.undo))
        self._link.setVisible(
            bool(station.unknown_code)
            and view.step == "units"
            and self._console.allows("catalogue.link")
        )
        self._confirm.setVisible(view.step == "note")
        self._box.setVisible(view.step == "box")
        weighs, has_scale = view.step == "weight", self._console.engine.has_scale
        for one in (self._scale, self._type):
            one.setVisible(weighs and has_scale)
        self._weigh.setVisible(weighs and not has_scale)
        self._override.setVisible(
            view.step == "weight" and self._console.allows("pack.override_weight")
        )
        self._split.setVisible(view.step == "units" and view.units_done > 0)
        self._reprint.setVisible(view.step == "verify")
        self._absent.setVisible(view.step == "doubt")
        self._printers = station.printers
        waiting = view.step == "label" and bool(station.printing)
        self._other.setVisible(waiting and len(station.printers) > 1)
        trouble = station.trouble if view.step == "label" and not waiting else None
        self._waits.setVisible(waiting or trouble is not None)
        if trouble:
            said = message(trouble.code, self.console_lang, trouble.params)
            self._waits.setText(f"{said[0]} {said[2]}")
        if waiting:
            job = station.printing[0]
            said = message(
                job.code, self.console_lang, {"printer": job.printer, "detail": job.detail}
            )
            self._waits.setText(f"{said[0]} {said[2]}")

    def _show_lines(self, view: PackView) -> None:
        clear(self._lines)
        for line in view.lines[:14]:
            done = line.done >= line.quantity
            mark = "✔" if done else "○"
            text = f"{mark}  {line.done}/{line.quantity}  {line.name}"
            name = "cell" if done else "title"
            if view.last and line.line_id == view.last.line_id:
                name = "chosen"
            self._lines.addWidget(label(text, name))
        if len(view.lines) > 14:
            left = sum(1 for line in view.lines[14:] if line.done < line.quantity)
            self._lines.addWidget(
                label(self.tr("mais {count} itens a conferir").format(count=left), "muted")
            )

    def _package_line(self, view: PackView) -> list[str]:
        states = {
            "OPEN": self.tr("aberto"),
            "CLOSED": self.tr("fechado"),
            "LABELLED": self.tr("etiqueta impressa, bipe-a"),
            "VERIFIED": self.tr("pronto"),
        }
        listing = []
        for package in view.packages:
            parts = [f"{package.package_no}/{len(view.packages)}", package.box]
            if package.weight_g is not None:
                parts.append(f"{package.weight_g} g")
            elif package.expected_weight_g:
                parts.append(f"≈ {package.expected_weight_g} g")
            state = states.get(package.state, package.state)
            if package.state == "LABELLED" and not package.copies:
                state = self.tr("etiqueta à espera da impressora")
            parts += [package.tracking, state]
            if package.copies > 1:
                parts.append(self.tr("{n} vias").format(n=package.copies))
            listing.append("  ".join(part for part in parts if part))
        if view.suggested_box and view.step in ("units", "box"):
            listing.append(self.tr("Sugerida: {box}").format(box=view.suggested_box))
        return listing

    def _invoice_text(self, view: PackView) -> str:
        if not view.invoice:
            return ""
        states = {
            "none": self.tr("não chegou"),
            "pending": self.tr("em autorização"),
            "authorised": self.tr("autorizada"),
            "rejected": self.tr("rejeitada"),
            "cancelled": self.tr("cancelada"),
            "mismatch": self.tr("diferente do pedido"),
        }
        lines = [self.tr("NF-e: ") + states.get(view.invoice.lower(), view.invoice)]
        if view.invoice in ("none", "pending"):  # nothing that the order could differ from
            return lines[0]
        for code, field, ours, theirs in view.differences:
            name = message(code, self.console_lang, {"field": field})[0] if code else field
            lines.append(
                self.tr("{what}: pedido {ours}, nota {theirs}").format(
                    what=field or name, ours=ours or "—", theirs=theirs or "—"
                )
            )
        return "\n".join(lines)

    def _read_scale(self) -> None:
        """Scans and keys go on meanwhile; a weight that comes too late for its box is left."""
        asked_for = self._on_scale()
        self._scale.setEnabled(False)

        def came(found: int | Feedback) -> None:
            self._scale.setEnabled(True)
            if isinstance(found, Feedback):
                self._console.answered.emit(found)
            elif self._on_scale() == asked_for:
                self._console.act(Weigh(found))

        self._console.bridge.background(self._console.engine.weigh, done=came)

    def _on_scale(self) -> tuple[str, int] | None:
        """The order and the box that want a weight now."""
        view = self._view
        if view is None or view.step != "weight":
            return None
        return view.order_number, len(view.packages)

    @property
    def console_lang(self) -> str:
        return self._console.lang
