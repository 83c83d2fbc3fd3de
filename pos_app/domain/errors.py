"""What can go wrong, sorted by what it means for the money.

PosAppError
├── ConfigError              a setting cannot be read or used
├── SettingsError            the settings stay as they were: nothing was written
│   ├── SettingsFileError
│   └── SettingsChangedError
├── TokenError               the tokens stay as they were
│   ├── TokenFixedError
│   ├── TokenFormatError
│   ├── TokenInUseError
│   ├── NoTokenError
│   ├── ActivationRefusedError
│   └── ActivationLostError  the store code may be used up, and its token has not arrived
├── StorageError             the ledger cannot be read or written: charge nothing
│   ├── DatabaseReadOnlyError
│   ├── DiskFullError
│   └── NewerSchemaError
├── GatewayError             what prevented a gateway's answer
│   ├── NotSent              nothing happened: safe to repeat
│   ├── OutcomeUnknown       it may have happened: find out first
│   └── GatewayNotSetUp      no token, or the charge's own token is gone: nothing was sent
├── SaleError                the till's own rules say no: nothing was written, nothing sent
│   ├── AmountError
│   ├── MethodNotAvailableError
│   ├── ChargeStillOpenError
│   ├── SaleAlreadyPaidError
│   └── NoShiftError
├── RefundError              no money may go back like this: nothing was written, nothing sent
│   ├── NotRefundableError
│   ├── RefundAmountError
│   ├── RefundTooMuchError
│   ├── CannotCancelPaidError
│   ├── ReasonMissingError
│   └── NotApprovedError
├── TransitionError          a charge or refund cannot go from one status to the other: a bug
├── SignInError
│   ├── WrongPinError
│   ├── LockedOutError
│   ├── NotAManagerError
│   ├── RetiredError
│   └── PinFormatError
├── PeopleError              who may use the till stays as it was: nothing was written
│   ├── LastManagerError
│   ├── NameTakenError
│   ├── NoNameError
│   └── NobodyOfThatNameError
├── NoticeRefusedError       a notice that is not genuine: nothing is asked, nothing changes
├── JournalBrokenError
├── PrinterError             printing failed: the payment is untouched
├── ExportError              a file of rows could not be written: the ledger is untouched
└── AlreadyRunningError

`str()` of each is one plain English sentence for logs and the command line; the screens have
their own translated words per class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.gateways import Missing

if TYPE_CHECKING:
    from datetime import datetime


class PosAppError(Exception):
    """A known trouble of the environment or of the input, told in one plain sentence."""


class ConfigError(PosAppError):
    """A setting cannot be read or used; names the place, the key and what was expected."""

    def __init__(self, place: str, key: str, expected: str) -> None:
        self.place = place
        self.key = key
        self.expected = expected
        what = f"The setting {key} in {place}" if key else place
        super().__init__(f"{what} can't be used: expected {expected}.")


class SettingsError(PosAppError):
    """The settings stay as they were. Nothing was written, and no payment is touched."""


class SettingsFileError(SettingsError):
    """The file of settings cannot be written."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"The settings in {place} can't be written: {why}.")


class SettingsChangedError(SettingsError):
    """Somebody else has changed the same setting in the file meanwhile."""

    def __init__(self, place: str, key: str) -> None:
        self.key = key
        super().__init__(f"The setting {key} in {place} has been changed meanwhile.")


class TokenError(PosAppError):
    """The tokens of the payment services stay as they were."""


class TokenFixedError(TokenError):
    """The environment decides the token, so only the PC's administrator changes it.

    Attributes:
        variable: the variable of the environment.
    """

    def __init__(self, variable: str) -> None:
        self.variable = variable
        super().__init__(f"The token is set by {variable}; it can only be changed there.")


class TokenFormatError(TokenError):
    """What was given is empty or has characters that no token has. Never repeats it."""


class TokenInUseError(TokenError):
    """Payments need the token: they are open, or their money may have to go back with it.

    Attributes:
        count: how many there are, of all registers of the store.
        reference: the newest one's.
    """

    def __init__(self, count: int, reference: str) -> None:
        self.count = count
        self.reference = reference
        need = "1 payment needs" if count == 1 else f"{count} payments need"
        super().__init__(f"{need} this token, {reference} the newest.")


class NoTokenError(TokenError):
    """There is no such token here."""


class ActivationRefusedError(TokenError):
    """The service does not make this register a terminal with this store code.

    Attributes:
        said: the service's own words.
    """

    def __init__(self, sentence: str, said: str) -> None:
        self.said = said
        super().__init__(sentence)


class ActivationLostError(TokenError):
    """The store code was sent and its answer lost: it may be used up, its token has not arrived.

    Trying the same code again does no harm; when it is refused as used, only the service can help.
    """


class StorageError(PosAppError):
    """The ledger cannot be read or written. Money: nothing may be charged while this lasts."""


class DatabaseReadOnlyError(StorageError):
    """The database file or its folder cannot be written."""


class DiskFullError(StorageError):
    """There is no space left for the ledger."""


class NewerSchemaError(StorageError):
    """A newer version of the program has already changed this database."""


class GatewayError(PosAppError):
    """Something prevented an answer of the gateway."""


class NotSent(GatewayError):  # noqa: N818 - the word of the design, read as an outcome
    """The request surely never reached the gateway. Money: nothing happened; safe to repeat."""


class OutcomeUnknown(GatewayError):  # noqa: N818 - the word of the design, read as an outcome
    """The request may have been carried out. Money: find out first, never assume, never repeat."""


class GatewayNotSetUp(GatewayError):  # noqa: N818 - the word of the design, read as an outcome
    """There is no usable token for this gateway. Money: nothing was sent.

    Attributes:
        why: what is missing.
    """

    def __init__(self, sentence: str, why: Missing = Missing.ELSE) -> None:
        self.why = why
        super().__init__(sentence)


class SaleError(PosAppError):
    """The till's own rules refuse. Money: nothing was written and nothing was sent."""


class AmountError(SaleError):
    """The amount is zero, too long, or cannot be read."""


class MethodNotAvailableError(SaleError):
    """The payment method is off or does not take the sale's currency."""


class ChargeStillOpenError(SaleError):
    """Another charge may still take this customer's money: "Is this the same customer?"."""

    def __init__(self, charge_id: int, reference: str) -> None:
        self.charge_id = charge_id
        self.reference = reference
        super().__init__(f"The payment {reference} has no answer yet.")


class SaleAlreadyPaidError(SaleError):
    """This sale has been paid; charging it again would take the money twice."""


class NoShiftError(SaleError):
    """No shift is open at this till."""


class RefundError(PosAppError):
    """Money may not go back like this. Money: nothing was written down, nothing was sent."""


class NotRefundableError(RefundError):
    """The charge is not known to be paid, or perhaps its money has been returned already."""


class RefundAmountError(RefundError):
    """The amount is not above zero, or is in another currency than the charge."""


class RefundTooMuchError(RefundError):
    """More than is left: what was paid less what is refunded or may be.

    Attributes:
        left_minor: what is left, in minor units of the charge's currency, never negative.
    """

    def __init__(self, reference: str, left_minor: int) -> None:
        self.left_minor = left_minor
        super().__init__(f"This is more than is left to refund of the payment {reference}.")


class CannotCancelPaidError(RefundError):
    """The paid charge cannot be cancelled as a whole (any more): a refund may be possible."""


class ReasonMissingError(RefundError):
    """A refund needs a reason, and a decision by hand a note."""


class NotApprovedError(RefundError):
    """The person who should have approved it is no manager."""


class TransitionError(PosAppError):
    """A charge or refund cannot go from one status to the other.

    See `charges.TRANSITIONS` and `refunds.TRANSITIONS`.
    """


class SignInError(PosAppError):
    """A person could not be let in."""


class WrongPinError(SignInError):
    """The PIN isn't right."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(f"That PIN isn't right. {tries_left} tries left.")


class LockedOutError(SignInError):
    """Too many wrong PINs; says until when (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("Too many tries. This person is locked for a while.")


class NotAManagerError(SignInError):
    """This person's PIN cannot approve what managers approve."""


class RetiredError(SignInError):
    """This person does not work here any more; their PIN was not even looked at."""


class PinFormatError(SignInError):
    """A new PIN has the wrong length or is not made of digits."""


class PeopleError(PosAppError):
    """Who may use the till stays as it was. Nothing was written."""


class LastManagerError(PeopleError):
    """Nobody would be left to approve refunds or to let anybody in."""

    def __init__(self) -> None:
        super().__init__("Keep at least one manager.")


class NameTakenError(PeopleError):
    """Somebody who may sign in has this name already."""


class NoNameError(PeopleError):
    """A person needs a name."""


class NobodyOfThatNameError(PeopleError):
    """Nobody who may sign in has this name."""


class NoticeRefusedError(PosAppError):
    """A notice is not genuine, or says nothing that is known. Money: nothing happens by it."""


class JournalBrokenError(PosAppError):
    """The journal's chain does not hold; names the first broken link."""

    def __init__(self, writer: str, number: int, why: str) -> None:
        self.writer = writer
        self.number = number
        self.why = why
        super().__init__(f"The journal is broken at entry {number} of {writer}: {why}.")


class PrinterError(PosAppError):
    """A receipt could not be printed. Money: the payment is safe and stays paid."""


class ExportError(PosAppError):
    """A file of rows could not be written; one that was there before is unharmed."""


class AlreadyRunningError(PosAppError):
    """Another till runs on this data folder."""
