"""The desk in the browser: pages, what may be changed from them, and the same as JSON.

`make_app(folder, rules)` gives the whole as one ASGI application; `copydesk serve` (web.command) runs it.
"""

from copydesk.web.app import make_app
from copydesk.web.guard import Rules

__all__ = ["Rules", "make_app"]
