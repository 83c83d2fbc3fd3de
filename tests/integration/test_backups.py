"""Backups of a ledger in use, and selling on after an old one was restored."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.errors import JournalBrokenError, NewerSchemaError, StorageError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.reconciliation import DifferenceKind, DifferenceOutcome
from pos_app.domain.refunds import RefundStatus
from pos_app.services.backup import KEPT, Backups, backups_in
from pos_app.services.restoring import restore
from pos_app.storage.backups import back_up
from tests.fakes.clock import FakeClock
from tests.fakes.command import run
from tests.fakes.ledger import NOON, Ledger, a_charge
from tests.fakes.ledger_file import LedgerFile
from tests.fakes.selling_till import SellingTill
from tests.fakes.till import TillOnTheDesk

A_DAY = 86_400


class RealTill(SellingTill):
    """A till that takes real money, and whose references end with the same luck always."""

    def paid(self):
        charge = self.waiting("42.50", PaymentMethod.ALIPAY, is_other_customer=True)
        self.gateway.pay(charge.reference)
        self.let_pass(2)
        return self.now(charge)

    def refund(self, charge, minor=1000):
        people = (self.cashier.id, self.cashier.id)
        return self.till.refunding.refund(charge.id, Money(minor, "USD"), "Returned", *people)

    def restore(self, backup):
        """As after a crash: nothing was closed well; then start again."""
        self.till.close_everything()
        done = restore(backup, self.paths, self.till.settings.store.till_code, self.clock)
        self._start()
        return done

    def reconcile(self):
        return self.till.reconciliation.reconcile(self.clock.local(self.clock.now()).date())


@pytest.fixture
def desk(tmp_path):
    desk = RealTill(tmp_path / "till")
    yield desk
    desk.close()


def opened(file):
    return Ledger(None, file).open()


# Making them


def test_a_backup_is_the_ledger_as_it_was_in_a_file_by_itself(desk, tmp_path):
    charge = desk.paid()
    made = desk.till.backups.make()
    desk.paid()
    assert [one.name for one in made.parent.iterdir()] == [made.name]
    assert made.stat().st_mode & 0o077 == 0
    assert [one["id"] for one in LedgerFile(made).charges()] == [charge.id]
    store = opened(made)
    with store.read() as unit:
        assert unit.journal.verify().entries > 0
    store.close()


def test_sales_go_on_while_a_backup_is_made_and_it_is_of_one_instant(sqlite_ledger, tmp_path):
    store = sqlite_ledger.open()
    is_over = threading.Event()

    def sell():
        while not is_over.is_set():
            with store.write() as unit:
                charge = a_charge(unit)
                unit.journal.append("charge_created", charge.reference, NOON, None, {})

    seller = threading.Thread(target=sell)
    seller.start()
    try:
        for number in range(5):
            back_up(sqlite_ledger.file, tmp_path / f"{number}.sqlite3")
    finally:
        is_over.set()
        seller.join()
        store.close()
    counts = []
    for number in range(5):
        copy = opened(tmp_path / f"{number}.sqlite3")
        with copy.read() as unit:
            counts.append(unit.journal.verify().entries)
        copy.close()
        assert len(LedgerFile(tmp_path / f"{number}.sqlite3").charges()) == counts[-1]
    assert counts == sorted(counts)


def test_there_is_one_a_day_and_the_newest_fourteen_are_kept(desk):
    backups = desk.till.backups
    made = []
    for _ in range(KEPT + 3):
        made.append(backups.make_if_due())
        desk.clock.pass_time(60)
        assert backups.make_if_due() is None
        desk.clock.pass_time(A_DAY)
    assert [file for _, file in backups_in(desk.paths.backups)] == made[:2:-1]


def test_the_end_of_a_shift_makes_one_more(desk):
    first = desk.till.backups.make_if_due()
    desk.clock.pass_time(1)
    assert desk.till.backups.make() not in {None, first}
    assert len(backups_in(desk.paths.backups)) == 2


def test_one_that_was_made_before_the_clock_was_set_back_does_not_push_the_new_one_out(desk):
    for _ in range(KEPT):
        desk.clock.pass_time(1)
        desk.till.backups.make()
    desk.clock.pass_time(-A_DAY)
    made = desk.till.backups.make()
    assert made.exists()
    assert len(backups_in(desk.paths.backups)) == KEPT


def test_what_cannot_be_copied_is_told_and_leaves_nothing(tmp_path):
    file = tmp_path / "till.sqlite3"
    file.write_bytes(b"not a ledger" * 1000)
    backups = Backups(file, tmp_path / "backups", FakeClock())
    with pytest.raises(StorageError, match="can't be copied"):
        backups.make()
    assert list((tmp_path / "backups").iterdir()) == []


def test_other_files_in_the_folder_are_not_taken_for_backups(desk):
    made = desk.till.backups.make()
    for name in ("till-yesterday.sqlite3", "replaced-20260712-063208Z.sqlite3", "notes.txt"):
        (desk.paths.backups / name).write_text("")
    assert [file for _, file in backups_in(desk.paths.backups)] == [made]


def test_one_that_was_never_finished_is_taken_away_by_the_next(desk):
    desk.till.backups.make()
    (desk.paths.backups / "till-20260101-000000Z.sqlite3.part").write_text("half")
    desk.clock.pass_time(1)
    desk.till.backups.make()
    assert not list(desk.paths.backups.glob("*.part"))


def test_a_ledger_on_a_server_has_none(tmp_path):
    backups = Backups(None, tmp_path, FakeClock())
    backups.start()
    assert backups.make() is None
    assert backups.make_if_due() is None


def test_the_days_backup_is_made_by_itself(desk, monkeypatch):
    monkeypatch.setattr("pos_app.services.backup.FIRST_LOOK_S", 0.01)
    made = threading.Event()
    backups = Backups(desk.paths.database, desk.paths.backups, desk.clock)
    make = backups.make_if_due
    monkeypatch.setattr(backups, "make_if_due", lambda: (make(), made.set()))
    backups.start()
    assert made.wait(10)
    backups.stop()
    assert len(backups_in(desk.paths.backups)) == 1


# Restoring one


def test_what_the_backup_had_is_back_and_what_was_there_is_kept(desk):
    before = desk.paid()
    backup = desk.till.backups.make()
    desk.clock.pass_time(100)
    lost = desk.paid()
    done = desk.restore(backup)
    assert [one["reference"] for one in LedgerFile(desk.paths.database).charges()] == [
        before.reference
    ]
    kept = [one["reference"] for one in LedgerFile(done.replaced).charges()]
    assert kept == [before.reference, lost.reference]
    assert done.known_until < desk.clock.now() - timedelta(seconds=90)
    assert desk.now(before).is_paid


def test_no_reference_comes_again_even_with_the_same_luck(desk):
    """Same till, same day, same tail: only the numbers keep them apart."""
    desk.paid()
    backup = desk.till.backups.make()
    given = {desk.paid().reference for _ in range(3)}
    for _ in range(3):
        desk.restore(backup)
        again = {desk.paid().reference for _ in range(3)}
        assert not given & again
        given |= again


def test_no_refund_has_the_name_of_another_even_with_the_same_luck(desk):
    charge = desk.paid()
    backup = desk.till.backups.make()
    names = {desk.refund(charge).reference}
    for _ in range(3):
        desk.restore(backup)
        refund = desk.refund(charge)
        assert (refund.status, refund.reference in names) == (RefundStatus.DONE, False)
        names.add(refund.reference)
    assert len(names) == 4


def test_a_refund_that_the_backup_does_not_know_is_not_taken_for_a_lost_one(desk):
    charge = desk.paid()
    backup = desk.till.backups.make()
    desk.refund(charge)
    desk.restore(backup)
    desk.gateway.fail("lost_request")
    assert desk.refund(charge).status is RefundStatus.UNKNOWN
    found = [(one.kind, one.outcome) for one in desk.reconcile().differences]
    assert found == [
        (DifferenceKind.REFUND_UNKNOWN, DifferenceOutcome.NEEDS_PERSON),
        (DifferenceKind.REFUND_NOT_HERE, DifferenceOutcome.NEEDS_PERSON),
    ]


def test_what_was_sold_after_the_backup_is_found_by_reconciling(desk):
    desk.paid()
    backup = desk.till.backups.make()
    lost = desk.paid()
    desk.restore(backup)
    (found,) = desk.reconcile().remaining
    assert (found.kind, found.reference) == (DifferenceKind.UNKNOWN_REFERENCE, lost.reference)


def test_the_journal_goes_on_with_another_writer_and_says_so(desk):
    desk.paid()
    backup = desk.till.backups.make()
    desk.paid()
    desk.restore(backup)
    desk.paid()
    with desk.till.recovery._ledger.store.read() as unit:
        heads = unit.journal.verify().heads
        (entry,) = unit.journal.entries("ledger")
    assert entry.kind == "ledger_restored"
    assert len({head.writer for head in heads}) == len(heads) == 2


def test_a_damaged_ledger_is_replaced_and_its_files_are_kept(desk):
    before = desk.paid()
    backup = desk.till.backups.make()
    desk.till.close_everything()
    desk.paths.database.write_bytes(b"ruins")
    done = restore(backup, desk.paths, "T1", desk.clock)
    assert done.replaced.read_bytes() == b"ruins"
    desk._start()
    assert desk.now(before).is_paid
    assert desk.paid().reference != before.reference


def test_on_a_new_computer_there_is_nothing_to_keep(desk, tmp_path):
    before = desk.paid()
    backup = desk.till.backups.make()
    other = RealTill(tmp_path / "other", gateway=desk.gateway, clock=desk.clock)
    other.till.close_everything()
    other.paths.database.unlink()
    done = restore(backup, other.paths, "T1", desk.clock)
    assert done.replaced is None
    other._start()
    assert other.now(before).is_paid
    assert other.paid().reference != desk.paid().reference
    other.close()


def refused(desk, backup, error):
    """The restore is refused, and everything is as it was."""
    desk.till.close_everything()
    charges = LedgerFile(desk.paths.database).charges()
    with pytest.raises(error):
        restore(backup, desk.paths, "T1", desk.clock)
    assert LedgerFile(desk.paths.database).charges() == charges
    assert not list(desk.paths.root.glob("*.restoring*"))
    desk._start()


def changed(backup, statement):
    with closing(sqlite3.connect(backup)) as database:
        guards = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (guard,) in guards.fetchall():
            database.execute(f'DROP TRIGGER "{guard}"')
        database.execute(statement)
        database.commit()


def test_a_backup_that_is_none_changes_nothing(desk, tmp_path):
    desk.paid()
    (tmp_path / "ruins.sqlite3").write_bytes(b"ruins" * 1000)
    refused(desk, tmp_path / "ruins.sqlite3", StorageError)
    refused(desk, tmp_path / "nowhere.sqlite3", StorageError)


def test_a_backup_with_a_changed_journal_changes_nothing(desk):
    desk.paid()
    backup = desk.till.backups.make()
    changed(backup, "UPDATE journal SET body = '{}' WHERE number = 2")
    refused(desk, backup, JournalBrokenError)


def test_a_backup_of_a_newer_program_changes_nothing(desk):
    desk.paid()
    backup = desk.till.backups.make()
    changed(backup, "UPDATE alembic_version SET version_num = '9999'")
    refused(desk, backup, NewerSchemaError)


# The command, and doctor


def test_the_command_lists_and_restores(desk):
    charge = desk.paid()
    backup = desk.till.backups.make()
    desk.paid()
    desk.till.close_everything()
    root = desk.paths.root
    listed = run(root, "restore")
    assert (listed.returncode, str(backup) in listed.stdout) == (0, True)
    done = run(root, "restore", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert "What was there is kept in" in done.stdout
    assert "pos-app reconcile --day" in done.stdout
    assert [one["id"] for one in LedgerFile(desk.paths.database).charges()] == [charge.id]
    verified = run(root, "journal", "verify")
    assert verified.stdout.startswith("The journal is whole")
    desk._start()


def test_the_command_refuses_while_a_till_runs(desk, tmp_path):
    from pos_app.app.till import lock_folder

    backup = desk.till.backups.make()
    lock = lock_folder(desk.paths)
    done = run(desk.paths.root, "restore", str(backup))
    assert (done.returncode, "already running" in done.stderr) == (1, True)
    lock.unlock()


def test_the_command_says_what_is_not_there(tmp_path):
    assert "There are no backups" in run(tmp_path, "restore").stdout
    done = run(tmp_path, "restore", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    url = {"POS_APP_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/x"}
    assert "database server" in run(tmp_path, "restore", str(tmp_path), **url).stderr


def test_doctor_tells_the_newest_backup(desk):
    from pos_app.services.doctor.books import backups
    from pos_app.services.doctor.verdicts import Level

    place = ("", desk.paths.database, desk.paths.backups)
    assert backups(*place, desk.clock.now()).level is Level.WARNING
    desk.till.backups.make()
    verdict = backups(*place, desk.clock.now())
    assert (verdict.level, "2026-07-12" in verdict.text) == (Level.OK, True)
    later = desk.clock.now() + timedelta(days=4)
    assert backups(*place, later).level is Level.WARNING
    server = backups("postgresql://x", desk.paths.database, desk.paths.backups, later)
    assert server.level is Level.SKIPPED


def test_a_till_in_training_makes_none(tmp_path):
    desk = TillOnTheDesk(tmp_path, clock=FakeClock(datetime(2026, 7, 12, 6, tzinfo=UTC)))
    assert desk.till.backups.make() is None
    desk.close()
