"""Sell where payment services are missing."""

from dataclasses import replace

from PySide6.QtCore import Qt

from pos_app.domain.gateways import Missing
from pos_app.domain.methods import PaymentMethod
from tests.fakes.till_for_sell import choices
from tests.screenshots.state import State


def _without(reason, *methods):
    return tuple(
        replace(one, is_on=False, off_reason=reason, service="J-Pay")
        if one.method in methods
        else replace(one, service="Citcon")
        for one in choices()
    )


def no_key(stage):
    stage.till.catalogue.chosen = _without(Missing.TOKEN, PaymentMethod.CC)
    stage.sign_in()
    stage.keys("4250", Qt.Key.Key_F5)
    stage.settle()


def nothing_works(stage):
    stage.till.catalogue.chosen = tuple(
        replace(one, is_on=False, off_reason=Missing.TOKEN, service="Citcon") for one in choices()
    )
    stage.sign_in()
    stage.keys("4250")
    stage.settle()


SERVICES = (
    State("sell", "no-key", no_key),
    State("sell", "nothing-works", nothing_works),
)
