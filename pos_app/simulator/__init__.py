"""The pretend payment services: what the till talks to in training, in tests and in the demo.

Written from the provider's documents alone. Nothing here is shared with our clients, so that a
mistake of theirs is not confirmed by the same mistake here.

Rooms: `chop` speaks Citcon's hosted page and has the customer's page, `online` speaks the Online
API, `instore` the In-Store API, `citcon` and `citcon_notices` are what these share, `jpay` speaks
J-Pay's calls and has its card page; `service` says what every service is made of; `payments` is
what becomes of a payment, `refunds` and `balances` are how its money goes back, `ledger` keeps it,
`postbox` carries notices, `behaviour` holds the faults, `control` lets a script drive all of it,
`server` listens.

Control interface
-----------------
JSON over HTTP, from this computer only unless the simulator was told otherwise:

* `GET /simulator/health`: `{"status": "ok", "now": "…"}`.
* `GET /simulator/transactions[?reference=…]`: `{"transactions": […]}`, oldest first.
* `GET /simulator/transactions/{q}`, also with the transaction id or the reference: one of them.
* `POST /simulator/transactions/{q}/pay|decline|expire`: the customer's part; answers with the
  transaction as it now is, or 409 with `{"error": "…"}`. `pay` also works after the code expired
  or was cancelled: that is how late money is made.
* `POST /simulator/transactions/{q}/settle`: a paid one is settled now and cannot be cancelled any
  more; by itself that comes with the beginning of the next day.
* `GET /simulator/open-balance`: `{"unlimited": false, "balances": {"USD": 4250}, "resets_at":
  "…"}`, in minor units, of the merchant in the Authorization header or else the first one.
* `POST /simulator/open-balance` with `{"amount": 42000, "currency": "USD"}`: so much is in it now;
  with `{"unlimited": true}`: no refund fails for want of money. Answers as GET does.
* `POST /simulator/clock` with `{"advance_s": 301}`: time passes, for tests without waiting.
* `GET /simulator/behaviour`: what is left of the fault script.
* `POST /simulator/behaviour`: replaces the fault script; `{"rules": []}` clears it.

The fault script is a list of rules::

    {"rules": [{"call": "charge", "fault": "lose_answer"},
               {"call": "inquire", "fault": "delay", "seconds": 5, "times": 3},
               {"call": "cancel", "fault": "pay_before_cancel", "reference": "T1-2507120087-ABC"}]}

The In-Store API's `pay` is paid at once, unless the script has `needs_confirming` (the customer
confirms with the deed `pay`, or ends it with `decline`), `wallet_declines` or `code_too_old`. A
code that its terminal shows carries no reference: only rules without one meet it.

`times` is 1 if left out, null means until cleared; `seconds` is for `delay` (1),
`late_notification`, `requested_refund` and `failed_refund` (30); with `reference` the rule waits
for that payment. A call meets the first fitting rule that spoils its *answer* and the first that
changes its *content*; the next call meets the next. Faults and where they fit are in
`behaviour.FAULTS`; J-Pay's question about a refund is `transactions`.
"""
