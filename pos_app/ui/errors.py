"""Known errors in the cashier's words: what happened, what is safe, what to do (ux.md 1, 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from pos_app.domain import errors
from pos_app.ui.background import UnforeseenError
from pos_app.ui.format import clock_text


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error as the screens tell it.

    Attributes:
        happened: what happened, one sentence.
        safe: what is safe; may be empty.
        to_do: what to do next; may be empty.
        details: for the Details fold: the error's own English sentence.
    """

    happened: str
    safe: str
    to_do: str
    details: str

    @property
    def text(self) -> str:
        """What is safe and what to do, in one paragraph."""
        return " ".join(part for part in (self.safe, self.to_do) if part)


def explain(error: errors.PosAppError, gateway: str = "Citcon") -> Explanation:
    """Return the words for `error`, the nearest class that has some.

    Args:
        error: what a service raised.
        gateway: the gateway's own name for the sentences that speak of it.
    """
    for kind in type(error).__mro__:
        words = _WORDS.get(kind)
        if words is not None:
            happened, safe, to_do = (part.replace("{gateway}", gateway) for part in words(error))
            return Explanation(happened, safe, to_do, str(error))
    return Explanation(str(error), "", "", str(error))


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)


def _config(error: errors.ConfigError) -> tuple[str, str, str]:
    return (
        _tr("A setting can’t be used."),
        _tr("Nothing was changed, and no payment is lost."),
        _tr("Look at {key} in {place}: expected {expected}.")
        .replace("{key}", error.key or "–")
        .replace("{place}", error.place)
        .replace("{expected}", error.expected),
    )


def _settings(_error: errors.SettingsError) -> tuple[str, str, str]:
    return (
        _tr("The settings weren’t saved."),
        _tr("The till goes on with what was set before."),
        _tr("Check that this user may write the file config.toml, then try again."),
    )


def _settings_changed(_error: errors.SettingsChangedError) -> tuple[str, str, str]:
    return (
        _tr("Somebody has changed the file config.toml meanwhile."),
        _tr("Nothing was saved, and the till goes on with what was set before."),
        _tr("Start the till again to use that file, then make your change."),
    )


def _storage(_error: errors.StorageError) -> tuple[str, str, str]:
    return (
        _tr("This register can’t save sales."),
        _tr("Nothing is charged that can’t be recorded."),
        _tr("Call a manager. The details say what is wrong."),
    )


def _read_only(_error: errors.DatabaseReadOnlyError) -> tuple[str, str, str]:
    return (
        _tr("The register’s database can’t be written."),
        _tr("Earlier sales are safe. Nothing is charged that can’t be recorded."),
        _tr("Make the data folder writable for this user, then try again."),
    )


def _disk_full(_error: errors.DiskFullError) -> tuple[str, str, str]:
    return (
        _tr("This PC’s disk is full."),
        _tr("Earlier sales are safe. Nothing is charged that can’t be recorded."),
        _tr("Free some space, then try again."),
    )


def _newer(_error: errors.NewerSchemaError) -> tuple[str, str, str]:
    return (
        _tr("The database belongs to a newer version of this program."),
        _tr("Nothing was changed, and every sale is safe."),
        _tr("Start the newer version, or update this one."),
    )


def _not_sent(_error: errors.NotSent) -> tuple[str, str, str]:
    return (
        _tr("Couldn’t reach {gateway}."),
        _tr("Nothing was sent, so no money moved."),
        _tr("Check the network, then try again."),
    )


def _unknown(_error: errors.OutcomeUnknown) -> tuple[str, str, str]:
    return (
        _tr("The answer from {gateway} was lost."),
        _tr("The payment is saved. We keep checking."),
        _tr("Don’t charge this customer again until it is settled."),
    )


def _not_set_up(_error: errors.GatewayNotSetUp) -> tuple[str, str, str]:
    return (
        _tr("This register isn’t signed in to {gateway}."),
        _tr("No money was taken."),
        _tr("Call a manager to check the connection settings."),
    )


def _gateway(_error: errors.GatewayError) -> tuple[str, str, str]:
    return (
        _tr("{gateway} didn’t answer as expected."),
        _tr("The payment is saved."),
        _tr("Check again, or call a manager."),
    )


def _amount(_error: errors.AmountError) -> tuple[str, str, str]:
    return _tr("This amount can’t be charged."), _tr("Nothing was sent."), _tr("Key an amount.")


def _method(_error: errors.MethodNotAvailableError) -> tuple[str, str, str]:
    return (
        _tr("This payment method can’t be used for this sale."),
        _tr("Nothing was sent."),
        _tr("Choose how to pay."),
    )


def _still_open(error: errors.ChargeStillOpenError) -> tuple[str, str, str]:
    return (
        _tr("Payment {reference} has no answer yet.").replace("{reference}", error.reference),
        _tr("Charging the same customer again could take the money twice."),
        _tr("Go to that payment first."),
    )


def _already_paid(_error: errors.SaleAlreadyPaidError) -> tuple[str, str, str]:
    return (
        _tr("This sale is paid already."),
        _tr("Nothing was sent."),
        _tr("Start a new sale."),
    )


def _no_shift(_error: errors.NoShiftError) -> tuple[str, str, str]:
    return (
        _tr("No shift is open."),
        _tr("Nothing was sent."),
        _tr("Open a shift to start selling."),
    )


def _refund(_error: errors.RefundError) -> tuple[str, str, str]:
    return (
        _tr("Money can’t go back like this."),
        _tr("Nothing was sent, and no money moved."),
        _tr("Check the payment’s status."),
    )


def _not_refundable(_error: errors.NotRefundableError) -> tuple[str, str, str]:
    return (
        _tr("This payment can’t be refunded now."),
        _tr("Nothing was sent, and no money moved."),
        _tr("It isn’t known to be paid, or it may have been returned already. Check its status."),
    )


def _refund_amount(_error: errors.RefundAmountError) -> tuple[str, str, str]:
    return (
        _tr("This amount can’t be refunded."),
        _tr("Nothing was sent, and no money moved."),
        _tr("Key an amount."),
    )


def _refund_too_much(_error: errors.RefundTooMuchError) -> tuple[str, str, str]:
    return (
        _tr("This is more than can still be refunded."),
        _tr("Nothing was sent, and no money moved."),
        _tr("Part of it was refunded meanwhile, or may have been. Key a smaller amount."),
    )


def _cannot_cancel_paid(_error: errors.CannotCancelPaidError) -> tuple[str, str, str]:
    return (
        _tr("Too late to cancel."),
        _tr("Nothing was sent, and no money moved."),
        _tr("Use Refund instead."),
    )


def _reason_missing(_error: errors.ReasonMissingError) -> tuple[str, str, str]:
    return _tr("A reason is missing."), _tr("Nothing was sent."), _tr("Write why.")


def _not_a_manager(_error: errors.PosAppError) -> tuple[str, str, str]:
    return _tr("This PIN can’t approve this."), "", _tr("A manager has to.")


def _wrong_pin(error: errors.WrongPinError) -> tuple[str, str, str]:
    left = (
        _tr("1 try left.")
        if error.tries_left == 1
        else _tr("{count} tries left.").replace("{count}", str(error.tries_left))
    )
    return _tr("That PIN isn’t right."), "", left


def _locked_out(error: errors.LockedOutError) -> tuple[str, str, str]:
    again = _tr("You can try again at {time}.").replace("{time}", clock_text(error.until))
    return _tr("Too many tries."), "", again


def _pin_format(_error: errors.PinFormatError) -> tuple[str, str, str]:
    return _tr("That PIN can’t be used."), "", _tr("A manager’s PIN has 6 to 8 digits.")


def _retired(_error: errors.RetiredError) -> tuple[str, str, str]:
    return _tr("This person can’t sign in any more."), "", _tr("Ask a manager.")


def _people(_error: errors.PeopleError) -> tuple[str, str, str]:
    return _tr("That can’t be changed."), _tr("Everything is as it was."), ""


def _last_manager(_error: errors.LastManagerError) -> tuple[str, str, str]:
    return _tr("Keep at least one manager."), "", ""


def _name_taken(_error: errors.NameTakenError) -> tuple[str, str, str]:
    return (
        _tr("Somebody here has this name already."),
        "",
        _tr("Add a family name."),
    )


def _printer(_error: errors.PrinterError) -> tuple[str, str, str]:
    return (
        _tr("Receipt not printed."),
        _tr("The payment is safe."),
        _tr("Check the printer, then try again."),
    )


def _journal(error: errors.JournalBrokenError) -> tuple[str, str, str]:
    return (
        _tr("The journal isn’t whole."),
        _tr("Sales and payments are still there."),
        _tr("Call a manager: entry {number} of {writer} was changed.")
        .replace("{number}", str(error.number))
        .replace("{writer}", error.writer),
    )


def _export(_error: errors.ExportError) -> tuple[str, str, str]:
    return (
        _tr("The file couldn’t be written."),
        _tr("Nothing was lost."),
        _tr("Choose another folder, or make room on this disk, then try again."),
    )


def _token_fixed(error: errors.TokenFixedError) -> tuple[str, str, str]:
    return (
        _tr("The token is set by {variable}.").replace("{variable}", error.variable),
        _tr("Nothing was changed."),
        _tr("Whoever looks after this PC can change it there."),
    )


def _token_format(_error: errors.TokenFormatError) -> tuple[str, str, str]:
    return (
        _tr("That isn’t a token."),
        _tr("Nothing was changed."),
        _tr("A token has letters, digits and signs, and no blanks. Copy it once more."),
    )


def _token_in_use(error: errors.TokenInUseError) -> tuple[str, str, str]:
    if error.count == 1:
        happened = _tr("The payment {reference} still needs this token.")
    else:
        happened = _tr("{count} payments still need this token, {reference} the newest.")
    return (
        happened.replace("{count}", str(error.count)).replace("{reference}", error.reference),
        _tr("Nothing was changed, and no payment is lost."),
        _tr("It can be removed when they are closed or refunded. A new token can be set now."),
    )


def _no_token(_error: errors.NoTokenError) -> tuple[str, str, str]:
    return _tr("There is no such token on this register."), _tr("Nothing was changed."), ""


def _not_activated(_error: errors.ActivationRefusedError) -> tuple[str, str, str]:
    return (
        _tr("The service didn’t activate this register."),
        _tr("Nothing was changed."),
        _tr("Check the store code. One that has been used works only once: ask for a new one."),
    )


def _activation_lost(_error: errors.ActivationLostError) -> tuple[str, str, str]:
    return (
        _tr("No answer came to the store code. It may be used up."),
        _tr("No payment is touched."),
        _tr("Try it once more. If it is refused as used, ask the service for a new one."),
    )


def _running(_error: errors.AlreadyRunningError) -> tuple[str, str, str]:
    return _tr("QR Till is already running."), "", _tr("Use the window that is open.")


def _unforeseen(_error: errors.PosAppError) -> tuple[str, str, str]:
    return (
        _tr("Something went wrong in the app."),
        _tr("Payments are saved and will be checked."),
        "",
    )


_WORDS: dict[type[BaseException], Callable[[Any], tuple[str, str, str]]] = {
    errors.ConfigError: _config,
    errors.SettingsError: _settings,
    errors.SettingsChangedError: _settings_changed,
    errors.StorageError: _storage,
    errors.DatabaseReadOnlyError: _read_only,
    errors.DiskFullError: _disk_full,
    errors.NewerSchemaError: _newer,
    errors.GatewayError: _gateway,
    errors.NotSent: _not_sent,
    errors.OutcomeUnknown: _unknown,
    errors.GatewayNotSetUp: _not_set_up,
    errors.AmountError: _amount,
    errors.MethodNotAvailableError: _method,
    errors.ChargeStillOpenError: _still_open,
    errors.SaleAlreadyPaidError: _already_paid,
    errors.NoShiftError: _no_shift,
    errors.RefundError: _refund,
    errors.NotRefundableError: _not_refundable,
    errors.RefundAmountError: _refund_amount,
    errors.RefundTooMuchError: _refund_too_much,
    errors.CannotCancelPaidError: _cannot_cancel_paid,
    errors.ReasonMissingError: _reason_missing,
    errors.NotApprovedError: _not_a_manager,
    errors.NotAManagerError: _not_a_manager,
    errors.WrongPinError: _wrong_pin,
    errors.LockedOutError: _locked_out,
    errors.PinFormatError: _pin_format,
    errors.RetiredError: _retired,
    errors.PeopleError: _people,
    errors.LastManagerError: _last_manager,
    errors.NameTakenError: _name_taken,
    errors.PrinterError: _printer,
    errors.JournalBrokenError: _journal,
    errors.ExportError: _export,
    errors.TokenFixedError: _token_fixed,
    errors.TokenFormatError: _token_format,
    errors.TokenInUseError: _token_in_use,
    errors.NoTokenError: _no_token,
    errors.ActivationRefusedError: _not_activated,
    errors.ActivationLostError: _activation_lost,
    errors.AlreadyRunningError: _running,
    UnforeseenError: _unforeseen,
    errors.PosAppError: _unforeseen,
}
