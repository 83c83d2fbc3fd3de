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
        self._save(before, after, approval, replace(self._till.settings, methods=after))
        return self._till.settings

    def save_service(self, service_id, before, after, approval):
        now = self._till.settings.with_service(service_id, after)
        self._save(before, after, approval, now)
        return self._till.settings

    def _save(self, before, after, approval, settings):
        if self.refusal:
            raise self.refusal
        self.saved.append((before, after, approval))
        self._till.settings = settings
