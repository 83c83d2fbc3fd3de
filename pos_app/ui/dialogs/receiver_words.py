"""What the connection's dialog says about the receiver of notifications."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from pos_app.services.receiving import ReceiverView, Reception
from pos_app.ui.format import clock_text, date_text


def receiver_words(view: ReceiverView) -> tuple[str, str]:
    """Return title and text; none of it is about a payment that could be lost."""
    title = {
        Reception.NONE: "",
        Reception.STARTING: _tr("The notification receiver is starting."),
        Reception.RUNNING: _tr("Notifications are received on port {port}."),
        Reception.ELSEWHERE: _tr("Notifications are received by the store’s server."),
        Reception.PORT_TAKEN: _tr("Another program uses port {port}."),
        Reception.DOWN: _tr("The notification receiver isn’t running."),
    }[view.reception]
    text = {
        Reception.PORT_TAKEN: _tr(
            "So notifications can’t be received. Payments are still seen, because we keep asking."
            " Close the other program, or choose another port in the settings."
        ),
        Reception.DOWN: _tr(
            "It is started again by itself. Payments are still seen, because we keep asking."
        ),
    }.get(view.reception, _last(view.last_notice_at))
    if view.reception is Reception.DOWN and view.trouble:
        text = f"{text} ({view.trouble})"
    return title.replace("{port}", str(view.port)), text


def _last(at: datetime | None) -> str:
    if at is None:
        return _tr("None has come yet.")
    if at.astimezone().date() == datetime.now(UTC).astimezone().date():
        return _tr("The last one came at {time}.").replace("{time}", clock_text(at))
    words = _tr("The last one came on {date} at {time}.")
    return words.replace("{date}", date_text(at)).replace("{time}", clock_text(at))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReceiverWords", text)
