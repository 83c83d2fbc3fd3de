"""The desk where settings are changed, without a file behind it."""

from dataclasses import replace


class FakeSettingsDesk:
    """Puts what is saved in force at a till that has `settings`; `refusal` is raised instead.

    `fixed` are variables by the names of the settings that they decide.
    """

    def __init__(self, till):
        self._till = till
        self.refusal = None
        self.fixed = {}
        self.saved = []

    def fixed_by(self, name):
        return self.fixed.get(name, "")

    def save_methods(self, before, after, approval):
        if self.refusal:
            raise self.refusal
        self.saved.append((before, after, approval))
        self._till.settings = replace(self._till.settings, methods=after)
        return self._till.settings
