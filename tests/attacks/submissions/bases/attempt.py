"""What every attack has at hand: where to aim at, and a way to boast."""


def attempt(name, action):
    """Say so if the action got through."""
    try:
        result = action()
    except Exception:
        return
    if result:
        print('GOT THROUGH:', name, repr(result)[:300], flush=True)
