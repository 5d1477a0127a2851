"""map and group: serial, processes."""

from copydesk.engines.choosing import choose_engine
from copydesk.engines.processes import ProcessEngine
from copydesk.engines.serial import SerialEngine

VERSION = "1"

__all__ = ["VERSION", "ProcessEngine", "SerialEngine", "choose_engine"]
