"""The till: all services of one register."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pos_app.compose.ground import open_ledger, refuse_real_gateway, settings_of
from pos_app.compose.money import MoneyServices
from pos_app.compose.parts import Parts
from pos_app.config.secrets import SecretStore
from pos_app.config.settings import Settings
from pos_app.config.writing import SettingsFile
from pos_app.domain.gateways import GATEWAYS
from pos_app.gateways.base import Gateway
from pos_app.gateways.directory import GatewayDirectory
from pos_app.gateways.opening import store_gateways
from pos_app.paths import DataPaths
from pos_app.services import demo
from pos_app.services.answers import Answers
from pos_app.services.backup import Backups
from pos_app.services.browser import InstalledBrowser
from pos_app.services.credentials import Credentials
from pos_app.services.heartbeat import Heartbeat
from pos_app.services.history import History
from pos_app.services.neighbours import Neighbours
from pos_app.services.notified import Notified
from pos_app.services.payments import Payments
from pos_app.services.people import People
from pos_app.services.printing import Receipts
from pos_app.services.recovery import Recovery
from pos_app.services.settings_book import SettingsBook
from pos_app.services.settings_desk import SettingsDesk
from pos_app.services.settling import Settling
from pos_app.services.shifts import Shifts
from pos_app.services.simulator_control import HttpSimulatorControl
from pos_app.services.till import Till
from pos_app.services.training import TrainingDesk
from pos_app.storage.store import Store


def build_till(
    paths: DataPaths,
    *,
    is_training: bool,
    environ: Mapping[str, str],
    parts: Parts | None = None,
) -> Till:
    """Build a till that is ready to `start`. Takes some 100 ms: never on the GUI thread.

    Args:
        paths: the data folder.
        is_training: talks to a simulator, brings the demo's people, marks its receipts.
        environ: the environment, which overrides the settings of the file.
        parts: what a test brings instead of the real things.

    Raises:
        ConfigError: a setting cannot be used.
        StorageError: the ledger cannot be used; charge nothing.
    """
    parts = parts or Parts()
    if is_training:
        environ = {**environ, **demo.TOKENS}
    settings = settings_of(paths, environ, is_training=is_training)
    if is_training:
        refuse_real_gateway(settings)
    store = open_ledger(paths, settings, parts.clock)
    try:
        making = _Making(paths, settings, store, environ, parts, is_training=is_training)
        return making.till()
    except BaseException:
        store.close()
        raise


class _Making(MoneyServices):
    """A till in the making, on its settings and its ledger."""

    def __init__(
        self,
        paths: DataPaths,
        settings: Settings,
        store: Store,
        environ: Mapping[str, str],
        parts: Parts,
        *,
        is_training: bool,
    ) -> None:
        self._secrets = SecretStore(paths.secrets, environ, parts.open_keyring)
        gateways = GatewayDirectory(parts.factories or store_gateways(settings, self._secrets))
        super().__init__(SettingsBook(settings), store, gateways, parts)
        self._paths, self._environ = paths, environ
        self._is_training = is_training
        usual = gateways.id_for(settings.methods.preferred)
        self._gateway_name = gateways.name(usual)

    def till(self) -> Till:
        """Put the till together, and take up what its last run left open."""
        people, shifts = self._people, self._shifts
        if self._is_training:
            demo.furnish(self._store, people, shifts)
        to_resume = self._recovery.take_up()
        self.refunding.take_up()
        return Till(
            settings_book=self._book,
            settings_desk=self._settings_desk(),
            credentials=Credentials(self.ledger, self._book, self._secrets, self.gateways),
            clock=self._parts.clock,
            is_training=self._is_training,
            gateway_name=self._gateway_name,
            events=self.ledger.events,
            people=people,
            shifts=shifts,
            catalogue=self.catalogue,
            checkout=self.checkout,
            taking=self.taking,
            payments=self._payments,
            refunding=self.refunding,
            reconciliation=self.reconciliation,
            looking=self.looking,
            settling=Settling(self.ledger),
            answers=Answers(self.ledger, to_resume),
            history=History(self._store, self.refunding, self._parts.clock),
            receipts=self._receipts(),
            connection=self.connection,
            training=self._training_desk(),
            watcher=self.watcher,
            notified=Notified(self.ledger, self.watcher, self.receiving, self._store.writer),
            receiving=self.receiving,
            neighbours=Neighbours(self._store, self.ledger.events),
            heartbeat=Heartbeat(self._usual_gateway, self.connection),
            availability=self.availability,
            backups=self._backups(),
            browser=InstalledBrowser(self._paths.root / "browser"),
            recovery=self._recovery,
            to_send_again=to_resume,
            close_everything=self._close_everything,
        )

    @cached_property
    def _people(self) -> People:
        return People(self._store, self._parts.clock, self._parts.hasher)

    @cached_property
    def _shifts(self) -> Shifts:
        return Shifts(self._store, self._parts.clock, self._book.current.store.till_code)

    @cached_property
    def _recovery(self) -> Recovery:
        return Recovery(self.ledger, self.checkout, self._store.writer)

    @cached_property
    def _payments(self) -> Payments:
        return Payments(
            self.ledger,
            self.watcher,
            self.canceller,
            gateway_name=self._gateway_name,
            is_training=self._is_training,
        )

    def _settings_desk(self) -> SettingsDesk:
        usual = demo.STORE if self._is_training else None
        file = SettingsFile(self._paths.config, self._environ, usual)
        return SettingsDesk(self._book, file, self.ledger, self._renew_gateways)

    def _renew_gateways(self, before: Settings) -> None:
        """Carry money by other settings from now on."""
        now = self._book.current
        anew = [one for one in GATEWAYS if now.service(one) != before.service(one)]
        self.gateways.use(self._parts.factories or store_gateways(now, self._secrets), anew)
        self.availability.look()

    def _receipts(self) -> Receipts:
        return Receipts(
            self._store,
            self._parts.clock,
            self._book,
            self._paths.receipts,
            is_training=self._is_training,
        )

    def _backups(self) -> Backups:
        file = None if self._is_training else self._store.file
        return Backups(file, self._paths.backups, self._parts.clock)

    def _usual_gateway(self) -> Gateway:
        return self.gateways.for_new(self._book.current.methods.preferred)

    @cached_property
    def _control(self) -> HttpSimulatorControl | None:
        address = self._book.current.citcon_chop.base_url
        return HttpSimulatorControl(address) if self._is_training else None

    def _training_desk(self) -> TrainingDesk | None:
        if self._control is None:
            return None
        return TrainingDesk(self._control, self.ledger, self._payments)

    def _close_everything(self) -> None:
        if self._control is not None:
            self._control.close()
        self.gateways.close()
        self._store.close()
