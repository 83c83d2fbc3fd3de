"""Something to settle, and who remembers what was decided."""

from dataclasses import dataclass, field


@dataclass
class FakeSettling:
    """Has one matter, or none; what is recorded changes the charge or raises `trouble`."""

    matter: object = None
    trouble: Exception | None = None
    recorded: list = field(default_factory=list)
    after: object = "changed"

    def matters(self, charge_id):
        return (self.matter,) if self.matter else ()

    def settle_charge(self, *asked):
        return self._record("charge", asked)

    def see(self, *asked):
        return self._record("seen", asked)

    def settle(self, *asked):
        return self._record("refund", asked)

    def settle_return(self, *asked):
        return self._record("return", asked)

    def _record(self, what, asked):
        if self.trouble is not None:
            raise self.trouble
        self.recorded.append((what, *asked))
        return self.after
