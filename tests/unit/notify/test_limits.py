"""How many notices one sender may send."""

from pos_app.notify.limits import RateLimit


class Hand:
    """Time that only passes when told, in seconds."""

    def __init__(self):
        self.at_s = 0.0

    def __call__(self):
        return self.at_s


def test_a_burst_is_let_through_and_then_so_many_a_second():
    hand = Hand()
    limit = RateLimit(per_s=10, burst=3, now_s=hand)
    assert [limit.lets_through("a") for _ in range(4)] == [True, True, True, False]
    hand.at_s = 0.1
    assert [limit.lets_through("a") for _ in range(2)] == [True, False]


def test_one_sender_does_not_use_up_what_is_anothers():
    limit = RateLimit(per_s=1, burst=1, now_s=Hand())
    assert limit.lets_through("a")
    assert not limit.lets_through("a")
    assert limit.lets_through("b")


def test_it_does_not_grow_with_the_number_of_senders():
    limit = RateLimit(per_s=1, burst=1, now_s=Hand())
    for number in range(10_000):
        limit.lets_through(str(number))
    assert len(limit._buckets) <= 4_096
