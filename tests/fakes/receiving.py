"""Notices as the receiver leaves them in the ledger."""

from datetime import UTC, datetime

from pos_app.domain.notices import Notice


def tell(work, charge, key="n1", *, is_paid=True, at=None):
    """Keep a notice about `charge` that came `at`, or just now."""
    notice = Notice(charge.gateway, key, charge.reference, is_paid)
    work.notices.add(notice, at or datetime.now(UTC))
