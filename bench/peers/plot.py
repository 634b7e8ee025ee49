"""A plot of the geometric means, as SVG: a panel a mode, a line a class, a dot an engine."""

import html
import math

COLOURS = {
    "stemma": "#c0392b", "lucene": "#2471a3", "tantivy": "#d68910", "xapian": "#7d6608",
    "fts5": "#7f8c8d",
}
LEFT, TOP, PANEL, GAP, LINE = 110, 70, 330, 30, 20


def text(x, y, words, anchor="start", more=""):
    words = html.escape(words)
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{words}</text>'


def panel(rows, kinds, left, lowest, highest):
    """One mode: a logarithmic scale of microseconds from left to right."""

    def place(value):
        part = (math.log10(value) - lowest) / (highest - lowest)
        return left + part * PANEL

    bottom = TOP + LINE * len(kinds)
    parts = [text(left, TOP - 12, rows[0]["mode"], more='font-weight="bold"')]
    for power in range(lowest, highest + 1):
        x = place(10**power)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>')
        name = f"{10**power:g} µs" if power < 3 else f"{10 ** (power - 3):g} ms"
        parts.append(text(x, bottom + 14, name, "middle"))
    for row in rows:
        y = TOP + LINE * (kinds.index(row["class"]) + 0.5)
        x = place(max(row["geomean_us"], 10**lowest))
        colour = COLOURS[row["engine"]]
        radius = 5 if row["engine"] == "stemma" else 4
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>')
    return parts


def write(path, rows, state):
    """Draws the rows of one state."""
    rows = [row for row in rows if row["state"] == state]
    kinds = list(dict.fromkeys(row["class"] for row in rows))
    modes = list(dict.fromkeys(row["mode"] for row in rows))
    engines = list(dict.fromkeys(row["engine"] for row in rows))
    times = [row["geomean_us"] for row in rows]
    lowest = math.floor(math.log10(max(min(times), 0.1)))
    highest = max(math.ceil(math.log10(max(times))), lowest + 1)
    width = LEFT + len(modes) * (PANEL + GAP)
    height = TOP + LINE * len(kinds) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        text(10, 20, f"Geometric mean of query times ({state}); left is faster"),
    ]
    for i, name in enumerate(engines):
        parts.append(f'<circle cx="{LEFT + i * 90}" cy="36" r="4" fill="{COLOURS[name]}"/>')
        parts.append(text(LEFT + i * 90 + 8, 40, name))
    for i, kind in enumerate(kinds):
        parts.append(text(LEFT - 10, TOP + LINE * (i + 0.5) + 4, kind, "end"))
    for i, mode in enumerate(modes):
        shown = [row for row in rows if row["mode"] == mode]
        parts += panel(shown, kinds, LEFT + i * (PANEL + GAP), lowest, highest)
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")
