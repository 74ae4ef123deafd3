"""Makes an input that fails smaller while it fails in the same way."""


def reduced(parts, fails, most=120):
    """The fewest parts found that still fail, by leaving out ever smaller stretches; `most` tries are made."""
    size, tries = max(1, len(parts) // 2), 0
    while size >= 1 and tries < most:
        at, changed = 0, False
        while at < len(parts) and tries < most:
            fewer = parts[:at] + parts[at + size :]
            tries += 1
            if len(fewer) < len(parts) and fails(fewer):
                parts, changed = fewer, True
            else:
                at += size
        size = size // 2 if not changed or size > 1 else (1 if tries < most else 0)
        if size == 0:
            break
    return parts
