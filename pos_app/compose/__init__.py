"""Puts the program together without Qt: settings, storage, gateways, services.

The till, the export, a watcher without a screen and the tests all start here.
"""

from pos_app.compose.desks import build_notice_desk, open_credentials, open_reconciliation
from pos_app.compose.ground import open_ledger, settings_of
from pos_app.compose.parts import Parts
from pos_app.compose.till import build_till

__all__ = [
    "Parts",
    "build_notice_desk",
    "build_till",
    "open_credentials",
    "open_ledger",
    "open_reconciliation",
    "settings_of",
]
