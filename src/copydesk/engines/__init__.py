"""map and group: serial, processes, Ray."""

from copydesk.engines.choosing import choose_engine
from copydesk.engines.processes import ProcessEngine
from copydesk.engines.ray import RayEngine
from copydesk.engines.serial import SerialEngine

VERSION = "1"

__all__ = ["VERSION", "ProcessEngine", "RayEngine", "SerialEngine", "choose_engine"]
