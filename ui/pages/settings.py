"""Settings (Ajustes): look and language for everybody; the station's own for who may."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from app import __version__
from app.config import CATALOGUE, CUTOFF, SECURITY, setting
from app.domain.texts import message
from app.security.roles import GUARDED
from app.station.views import Feedback, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.backups import BackupCard
from ui.widgets.choice import Choice
from ui.widgets.file_choice import open_file, open_folder
from ui.widgets.parts import Card, button, choices, columns, label, rows
from ui.widgets.second_factor import do_guarded

_GROUPS = ("station", "lock", "security", "scanner", "printer", "pictures", "pack", "scale",
           "weight", "invoice", "tracking", "correios", "health", "alerts", "helpdesk", "mail",
           "backup", "company", "timezone")  # fmt: skip


class SettingsPage(Page):
    """Every change is durable when the answer says that it is saved."""

    _progressed = Signal(int, int)

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._names = self._setting_names()
        self._stop_import = threading.Event()
        self._fields: dict[str, QComboBox | QLineEdit] = {}
        look = Card()
        look.box.addWidget(label(self.tr("Aparência"), "big"))
        look.box.addLayout(self._form(["language", "theme"]))
        look.box.addWidget(label(self._version(), "muted"))
        self._own = Card()
        self._own.box.addWidget(label(self.tr("Estação"), "big"))
        keys = [key for group in _GROUPS for key in CATALOGUE if key.split(".")[0] == group]
        keys += sorted(key for key in console.engine.settings if key.startswith(CUTOFF))
        self._own.box.addLayout(self._form(keys))
        self._backups = BackupCard(console)
        self._take = Card()
        self._take.box.addWidget(label(self.tr("Importar pedidos, produtos e NF-e"), "big"))
        self._bar = QProgressBar()
        self._bar.hide()
        self._cancel = button(self.tr("Parar"), self._stop_import.set, key="Ctrl+Q")
        self._cancel.hide()
        self._take.box.addLayout(
            columns(
                button(self.tr("Arquivo…"), self._choose_file, key="F9", main=True),
                button(self.tr("Pasta…"), self._choose_folder, key="F10"),
                self._cancel,
                1,
                button(
                    self.tr("Impressoras"), lambda: console.opened.emit("printers"), key="Alt+I"
                ),
            )
        )
        self._take.box.addWidget(self._bar)
        self._came_of_it = label()
        self._came_of_it.hide()
        self._take.box.addWidget(self._came_of_it)
        self._people = button(
            self.tr("Operadores"), lambda: console.opened.emit("operators"), key="Alt+O"
        )
        self._audit = button(
            self.tr("Auditoria"), lambda: console.opened.emit("audit"), key="Alt+A"
        )
        self._factor = button(
            self.tr("Meu segundo fator"), lambda: console.opened.emit("second_factor"), key="Alt+F"
        )
        self._access = Card()
        self._access.box.addWidget(label(self.tr("Pessoas e segurança"), "big"))
        self._access.box.addLayout(columns(self._people, self._audit, self._factor, 1))
        self._choice = Choice()
        inner = QWidget()
        inner.setObjectName("page")
        inner.setLayout(rows(look, self._take, self._access, self._backups, self._own, 1))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        self.setLayout(rows(self._choice, area))
        self._progressed.connect(self._show_progress)

    def show_view(self, view: StationView) -> None:
        self._own.setVisible("settings.change" in view.session.permissions)
        self._take.setVisible("import.run" in view.session.permissions)
        self._backups.setVisible("backup.manage" in view.session.permissions)

        self._access.setVisible(bool({*GUARDED, "audit.read"} & view.session.permissions))
        self._people.setVisible("operators.manage" in view.session.permissions)
        self._audit.setVisible("audit.read" in view.session.permissions)
        self._factor.setVisible(bool(GUARDED & view.session.permissions))

    def entered(self) -> None:
        if self.console.allows("backup.manage"):
            self._backups.read_again()
        values = self.console.engine.settings
        for key, field in self._fields.items():
            value = values.get(key, "")
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(field.findData(value), 0))
            elif not field.hasFocus():
                field.setText(value)

    def _version(self) -> str:
        wanted = self.console.engine.site.wanted_version
        if wanted in ("", __version__):
            return self.tr("Expedita, versão {here}").format(here=__version__)
        return self.tr("Expedita, versão {here}; o local quer a versão {wanted}").format(
            here=__version__, wanted=wanted
        )

    def _form(self, keys: list[str]) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for key in keys:
            self._fields[key] = self._field(key)
            name = self._names.get(key, key)
            if key.startswith(CUTOFF):
                name = self.tr("Corte de {carrier}").format(carrier=key.removeprefix(CUTOFF))
            self._fields[key].setAccessibleName(name)
            caption = label(name, wrap=False)
            caption.setMinimumWidth(self.console.unit * 22)
            caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            if key in self.console.engine.settings.locked:
                self._fields[key].setEnabled(False)
                caption.setText(self.tr("{name} (definido pelo local)").format(name=name))
            form.addRow(caption, self._fields[key])
        return form

    def _field(self, key: str) -> QComboBox | QLineEdit:
        entry = setting(key)
        if entry and entry.choices:
            box = choices()
            for value in entry.choices:
                box.addItem(self._choice_name(value), value)
            box.setCurrentIndex(max(box.findData(self.console.engine.settings[key]), 0))
            box.activated.connect(lambda at: self._change(key, str(box.itemData(at))))
            return box
        line = QLineEdit(self.console.engine.settings.get(key, ""))
        line.setPlaceholderText(entry.expected if entry else "")
        line.editingFinished.connect(lambda: self._change(key, line.text()))
        return line

    def _change(self, key: str, value: str) -> None:
        if value.strip() != self.console.engine.settings.get(key, ""):
            if key.startswith(SECURITY):
                do_guarded(
                    self.console, self._choice, self.console.engine.change_setting, key, value
                )
            else:
                self.console.change_setting(key, value)

    def _choose_file(self) -> None:
        open_file(self, self.tr("Importar"), self._import)

    def _choose_folder(self) -> None:
        open_folder(self, self.tr("Importar"), self._import)

    def _import(self, path: Path) -> None:
        self._stop_import.clear()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._cancel.show()
        self._came_of_it.hide()
        self.console.bridge.background(
            self.console.engine.import_file, path, self._progressed.emit,
            self._stop_import.is_set, done=self._imported,
        )  # fmt: skip

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, 100)
        self._bar.setValue(100 * done // max(total, 1))

    def _imported(self, feedback: Feedback) -> None:
        self._bar.hide()
        self._cancel.hide()
        # The answer over the page goes by itself: too soon to read it after a wait.
        self._came_of_it.setText(
            " ".join(message(feedback.code, self.console.lang, feedback.params))
        )
        self._came_of_it.show()
        self.console.answered.emit(feedback)
        self.console.changed.emit()
        self.console.refresh()

    def _choice_name(self, value: str) -> str:
        names = {
            "pt": "Português",
            "en": "English",
            "light": self.tr("Claro"),
            "dark": self.tr("Escuro"),
            "contrast": self.tr("Alto contraste"),
            "on": self.tr("Sim"),
            "off": self.tr("Não"),
            "none": self.tr("Nenhum"),
            "enq": self.tr("Quando perguntada (Toledo Prix, Filizola)"),
            "continuous": self.tr("Sem parar (Toledo, saída contínua)"),
            "lines": self.tr("Uma linha de texto por peso"),
            "inbox": self.tr("Caixa de entrada do Expedita"),
            "email": self.tr("E-mail"),
        }
        return names.get(value, value)

    def _setting_names(self) -> dict[str, str]:
        return {
            "language": self.tr("Idioma"),
            "theme": self.tr("Cores"),
            "station.name": self.tr("Nome da estação"),
            "station.bench": self.tr("Bancada"),
            "timezone": self.tr("Fuso horário"),
            "lock.minutes": self.tr("Bloquear após minutos parada"),
            "security.second_factor": self.tr("Pedir o segundo fator em ações sensíveis"),
            "security.keep_days": self.tr(
                "Apagar dados pessoais após dias do fim do pedido (0: nunca)"
            ),
            "scanner.prefix": self.tr("Leitor: prefixo"),
            "scanner.suffix": self.tr("Leitor: sufixo"),
            "scanner.terminator": self.tr("Leitor: tecla final"),
            "scanner.max_gap_ms": self.tr("Leitor: intervalo máximo entre teclas (ms)"),
            "scanner.cooldown_ms": self.tr("Leitor: ignorar repetição por (ms)"),
            "scanner.serial_port": self.tr("Leitor serial: porta"),
            "scanner.serial_baud": self.tr("Leitor serial: velocidade"),
            "pictures.folder": self.tr("Fotos dos produtos (arquivos com o nome do SKU): pasta"),
            "scale.port": self.tr("Balança: porta"),
            "scale.protocol": self.tr("Balança: como fala"),
            "scale.baud": self.tr("Balança: velocidade"),
            "scale.framing": self.tr("Balança: bits, paridade e parada"),
            "weight.tolerance_g": self.tr("Peso: tolerância em gramas"),
            "weight.tolerance_percent": self.tr("Peso: tolerância em %"),
            "pack.weigh": self.tr("Pesar cada volume"),
            "invoice.channels": self.tr("Canais que exigem NF-e antes da etiqueta"),
            "backup.folder": self.tr("Cópias de segurança: pasta"),
            "correios.card": self.tr("Correios: cartão de postagem"),
            "tracking.low_at": self.tr("Avisar quando restarem códigos de rastreio"),
            "alerts.mail_to": self.tr("Alertas: e-mails que os recebem"),
            "alerts.after_s": self.tr("Alertas: só depois de (segundos)"),
            "health.port": self.tr("Situação: porta de /metrics do worker"),
            "health.hosts": self.tr("Situação: endereços a vigiar"),
            "health.time_server": self.tr("Situação: servidor de hora"),
            "health.disk_warn_mb": self.tr("Situação: avisar com menos MB livres no disco"),
            "helpdesk.kind": self.tr("Suporte: para onde vão os chamados"),
            "helpdesk.url": self.tr("Suporte: endereço do sistema"),
            "helpdesk.account": self.tr("Suporte: conta ou e-mail"),
            "helpdesk.queue": self.tr("Suporte: fila, projeto ou grupo"),
            "helpdesk.type": self.tr("Suporte: número do tipo ou da categoria"),
            "helpdesk.limit_mb": self.tr("Suporte: tamanho máximo do anexo em MB (0: o usual)"),
            "helpdesk.review_s": self.tr("Suporte: segundos para olhar um chamado antes que vá"),
            "mail.host": self.tr("E-mail: servidor"),
            "mail.port": self.tr("E-mail: porta"),
            "mail.security": self.tr("E-mail: proteção da conexão"),
            "mail.account": self.tr("E-mail: conta"),
            "mail.sender": self.tr("E-mail: remetente"),
            "mail.imap_host": self.tr("E-mail: servidor das respostas (IMAP)"),
            "mail.imap_port": self.tr("E-mail: porta das respostas (IMAP)"),
            "company.cnpjs": self.tr("Empresa: CNPJs"),
            "company.name": self.tr("Empresa: nome"),
            "company.street": self.tr("Empresa: rua"),
            "company.number": self.tr("Empresa: número"),
            "company.complement": self.tr("Empresa: complemento"),
            "company.district": self.tr("Empresa: bairro"),
            "company.city": self.tr("Empresa: cidade"),
            "company.state": self.tr("Empresa: estado"),
            "company.cep": self.tr("Empresa: CEP"),
        }
