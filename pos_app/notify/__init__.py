"""The notification receiver: what payment services tell by themselves, verified and kept.

It is also where their customers come back to, who learn nothing here.

Runs beside the till or on a server for the whole store. It asks nobody and changes no charge: the
till that watches a charge asks about it as soon as a notice is in the ledger.
"""
