"""An operating system's keyring in memory."""


class FakeKeyring:
    def __init__(self):
        self.kept = {}

    def get_password(self, service, account):
        return self.kept.get((service, account))

    def set_password(self, service, account, secret):
        self.kept[service, account] = secret

    def delete_password(self, service, account):
        del self.kept[service, account]
