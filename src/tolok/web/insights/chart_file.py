"""The chart as a file of its own, with its colours inside: for slides, mails and print."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .chart import draw_size
from .course import Course
from .field import WIDE
from .happenings import Happening

_STANDALONE = """<style>
text{font-family:Inter,system-ui,sans-serif;fill:#454b59}.grid{stroke:#e5e6eb}.zero{stroke:#868c9b}
.band{fill:#eeeff2}.centre{fill:none;stroke:#b9bec9}.line{fill:none;stroke:#3b4cca;stroke-width:2}
.dot{fill:#3b4cca}.dot.open{fill:#fff;stroke:#3b4cca;stroke-width:1.5}.signal{fill:#16181d}
.range,.least{stroke:#3b4cca;stroke-width:1.5;fill:none}.break{stroke:#454b59;stroke-dasharray:2 3}
.path{fill:none;stroke:#824c00;stroke-width:1.5;stroke-dasharray:6 4}.path-name{fill:#824c00}
.ahead{fill:#eceefc}.ahead-line{fill:none;stroke:#3b4cca;stroke-dasharray:3 4}.value{font-weight:600;fill:#16181d}
#hatch path{stroke:#868c9b}#hatch rect{fill:#f0f1f4}</style><defs><pattern id="hatch" width="5" height="5"
patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5"/><path d="M0 0V5"/></pattern></defs>"""


def draw_file(
    course: Course, title: str, says: str, *, happenings: Sequence[Happening] = ()
) -> str:
    """Return the wide chart as an SVG file of its own, with its title and what it says."""
    inner = str(draw_size(course, WIDE, happenings))
    start = inner.index(">") + 1
    head = inner[:start].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    words = format_html("<title>{}</title><desc>{}</desc>", title, says)
    sheet = format_html('<rect width="{}" height="{}" fill="#fff"/>', WIDE.width, WIDE.height)
    return f"{head}{words}{mark_safe(_STANDALONE)}{sheet}{inner[start:]}"  # noqa: S308 - ours, fixed
