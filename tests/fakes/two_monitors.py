"""One X display with two monitors beside each other, as a till with a customer screen has."""

import ctypes
from contextlib import contextmanager

from PIL import ImageGrab

from tests.fakes.screen import SIZE, Screen, x_server

_WIDE, _HIGH = SIZE
_MM_WIDE, _MM_HIGH = 361, 203


class TwoMonitors(Screen):
    """The till's monitor at the left, the customer's at the right."""

    def customers(self):
        """What the customer can see now."""
        box = (_WIDE, 0, 2 * _WIDE, _HIGH)
        return ImageGrab.grab(bbox=box, xdisplay=self.name).convert("RGB")

    def is_dark(self):
        """Whether the customer sees nothing at all."""
        return self.customers().getextrema() == ((0, 0),) * 3


class _Monitor(ctypes.Structure):
    """XRRMonitorInfo of Xrandr.h."""

    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int),
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "mwidth", "mheight")),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


class _Resources(ctypes.Structure):
    """The beginning of XRRScreenResources."""

    _fields_ = (
        ("timestamp", ctypes.c_ulong),
        ("config_timestamp", ctypes.c_ulong),
        ("ncrtc", ctypes.c_int),
        ("crtcs", ctypes.POINTER(ctypes.c_ulong)),
        ("noutput", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


@contextmanager
def two_monitors():
    """Run such a display while the block runs."""
    with x_server(2 * _WIDE, _HIGH) as name:
        _divide(name)
        yield TwoMonitors(name)


def _divide(name):
    """Do what `xrandr --setmonitor` does, twice: the one output is the left monitor's."""
    x11, xrandr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    x11.XOpenDisplay.restype = pointer
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = number
    xrandr.XRRAllocateMonitor.restype = ctypes.POINTER(_Monitor)
    xrandr.XRRGetScreenResources.restype = ctypes.POINTER(_Resources)
    display = pointer(x11.XOpenDisplay(name.encode()))
    root = number(x11.XDefaultRootWindow(display))
    output = xrandr.XRRGetScreenResources(display, root).contents.outputs[0]
    for monitor, left in ((b"till", 0), (b"customer", _WIDE)):
        made = xrandr.XRRAllocateMonitor(display, int(left == 0))
        info = made.contents
        info.name = x11.XInternAtom(display, monitor, 0)
        info.primary, info.x, info.width, info.height = int(left == 0), left, _WIDE, _HIGH
        info.mwidth, info.mheight = _MM_WIDE, _MM_HIGH
        if left == 0:
            info.outputs[0] = output
        xrandr.XRRSetMonitor(display, root, made)
    x11.XSync(display, 0)
    x11.XCloseDisplay(display)
