"""The pages of the window, a file each; `page.Page` is what the window asks of them.

The window makes each page once, without arguments, shows it in `pageStack`, and later gives it
the services by `connect_till`. Until then a page shows itself empty. Pages never import the
window: they ask for something by the signals of `Page`.
"""
