"""A bar chart as SVG."""

from xml.sax.saxutils import escape

LABELS, BARS, NUMBERS = 320, 460, 80
BAR, GAP = 13, 14
SERIES = (("Leverans", "#2f6f9f"), ("Postfix", "#c9a227"))


def sent_a_second(rows):
    """Bars for each scenario that sends, ours above Postfix'."""
    shown = [row for row in rows if row.ours.sent and not row.scenario.rate]
    most = max((value for row in shown for value in rates(row)), default=1)
    height = 44 + len(shown) * (2 * BAR + GAP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LABELS + BARS + NUMBERS}" height="{height}"'
        ' font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        '<text x="10" y="20" font-weight="bold">Messages sent a second</text>',
    ]
    for at, (name, colour) in enumerate(SERIES):
        x = LABELS + 110 * at
        lines.append(f'<rect x="{x}" y="10" width="12" height="12" fill="{colour}"/>')
        lines.append(f'<text x="{x + 18}" y="20">{name}</text>')
    for at, row in enumerate(shown):
        top = 36 + at * (2 * BAR + GAP)
        title = escape(row.scenario.title)
        lines.append(f'<text x="{LABELS - 10}" y="{top + BAR + 4}" text-anchor="end">{title}</text>')
        for place, (value, (_, colour)) in enumerate(zip(rates(row), SERIES)):
            y, width = top + place * BAR, max(1, BARS * value / most)
            lines.append(f'<rect x="{LABELS}" y="{y}" width="{width:.0f}" height="{BAR - 1}" fill="{colour}"/>')
            lines.append(f'<text x="{LABELS + width + 5:.0f}" y="{y + 10}" font-size="11">{value:,.0f}</text>')
    return "\n".join([*lines, "</svg>", ""])


def rates(row):
    return [figures.sent for figures in (row.ours, row.theirs) if figures]
