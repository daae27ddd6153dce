"""Writes functions.tsv: elementary functions at floats of every size, their values by mpmath.

A line is a function, its arguments, the float nearest to the value, and what the value is above it; the two together have
twice the digits of a float. Run: python3 functions.py > functions.tsv
"""
import ctypes
import math
import random

import mpmath as mp

mp.mp.prec = 2500  # the largest floats have an exact remainder by π
draw = random.Random(5)

INF, NAN = math.inf, math.nan
LIBM = ctypes.CDLL("libm.so.6")
LIBM.pow.restype, LIBM.pow.argtypes = ctypes.c_double, [ctypes.c_double] * 2


def near(middle, width):
    return [middle + width * draw.uniform(-1, 1) for _ in range(4)]


def tiny():
    return [draw.choice([-1, 1]) * 10 ** draw.uniform(*range_) for range_ in [(-300, -20), (-20, -8), (-8, -2)] * 2]


def huge():
    return [draw.choice([-1, 1]) * 10 ** draw.uniform(*range_) for range_ in [(1, 5), (5, 8), (8, 20), (20, 308)] * 2]


def line(low, high, count=16):
    return [draw.uniform(low, high) for _ in range(count)]


SPECIAL = [0.0, -0.0, 5e-324, -5e-324, 2.2250738585072014e-308, 1.0, -1.0, 0.5, 1.7976931348623157e308, INF, -INF, NAN]
EVERYWHERE = SPECIAL + tiny() + huge() + line(-1, 1) + line(-10, 10) + line(-700, 700, 6)


def positive(points):
    return [x for x in map(abs, points) if x > 0 and not math.isnan(x)] + near(1, 1e-3) + near(1, 1e-9) + [NAN]


def degrees(f):
    return lambda x: f(mp.pi * mp.fmod(x, 360) / 180)


def odd_pi(f):
    return lambda x: f(mp.pi * mp.fmod(x, 2))


def sinc(x):
    return mp.mpf(1) if x == 0 else mp.sin(mp.pi * mp.fmod(x, 2)) / (mp.pi * x)


def cbrt(x):
    return mp.sign(x) * mp.cbrt(abs(x))


UNIT = [x for x in SPECIAL if abs(x) <= 1] + tiny() + line(-1, 1) + [1 - 1e-9, -1 + 1e-9, 1 - 2**-53, NAN]
BEYOND = [x for x in SPECIAL + huge() + line(-10, 10) if abs(x) >= 1] + near(1.001, 1e-3) + near(-1.001, 1e-3) + [NAN]
FINITE = [x for x in EVERYWHERE if not math.isinf(x)]
WITHOUT_0 = [x for x in EVERYWHERE if x != 0 and abs(x) > 1e-307]
MODERATE = [x for x in FINITE if abs(x) < 1e15 or math.isnan(x)]

FUNCTIONS = {
    "sqrt": (mp.sqrt, [0.0, -0.0, INF] + positive(EVERYWHERE)),
    "cbrt": (cbrt, EVERYWHERE),
    "exp": (mp.exp, EVERYWHERE + near(-745, 1) + near(-708.5, 1) + near(709.5, 0.3) + line(-1e-3, 1e-3, 4)),
    "exp2": (lambda x: mp.mpf(2) ** x, EVERYWHERE + near(-1074, 1) + near(1023.5, 0.5)),
    "exp10": (lambda x: mp.mpf(10) ** x, EVERYWHERE + near(-323, 0.5) + near(308, 0.2) + line(-300, 300)),
    "expm1": (mp.expm1, EVERYWHERE),
    "log": (mp.log, [0.0, INF] + positive(EVERYWHERE)),
    "log2": (lambda x: mp.log(x, 2), [0.0, INF, 8.0, 0.125] + positive(EVERYWHERE)),
    "log10": (mp.log10, [0.0, INF, 1000.0] + positive(EVERYWHERE)),
    "log1p": (mp.log1p, [x for x in EVERYWHERE if not x <= -1] + line(-1, 0)),
    "sin": (mp.sin, FINITE + near(math.pi, 1e-9) + line(-100, 100) + [355.0, 1e22]),
    "cos": (mp.cos, FINITE + near(math.pi / 2, 1e-9) + line(-100, 100) + [355.0, 1e22]),
    "tan": (mp.tan, FINITE + near(math.pi / 2, 1e-9) + line(-100, 100) + [355.0, 1e22]),
    "asin": (mp.asin, UNIT),
    "acos": (mp.acos, UNIT),
    "atan": (mp.atan, EVERYWHERE),
    "sinh": (mp.sinh, EVERYWHERE),
    "cosh": (mp.cosh, EVERYWHERE),
    "tanh": (mp.tanh, EVERYWHERE),
    "asinh": (mp.asinh, EVERYWHERE),
    "acosh": (mp.acosh, [x for x in BEYOND if not x < 0]),
    "atanh": (mp.atanh, [x for x in UNIT if abs(x) != 1]),
    "sec": (mp.sec, FINITE),
    "csc": (mp.csc, [x for x in WITHOUT_0 if not math.isinf(x)]),
    "cot": (mp.cot, [x for x in WITHOUT_0 if not math.isinf(x)]),
    "sech": (mp.sech, EVERYWHERE),
    "csch": (mp.csch, WITHOUT_0),
    "coth": (mp.coth, WITHOUT_0),
    "asec": (mp.asec, BEYOND),
    "acsc": (mp.acsc, BEYOND),
    "acot": (mp.acot, WITHOUT_0),
    "asech": (mp.asech, [x for x in UNIT if not x <= 0 and not x < 1e-307]),
    "acsch": (mp.acsch, WITHOUT_0),
    "acoth": (mp.acoth, [x for x in BEYOND if abs(x) != 1]),
    "sind": (degrees(mp.sin), FINITE + [30.0, 180.0, 360.0, 90.0]),
    "cosd": (degrees(mp.cos), FINITE + [60.0, 180.0, 360.0, 90.0]),
    "tand": (degrees(mp.tan), [x for x in FINITE if abs(x) < 1e300] + [45.0, 180.0]),
    "sinpi": (odd_pi(mp.sin), FINITE),
    "cospi": (odd_pi(mp.cos), FINITE),
    "sinc": (sinc, MODERATE),
    "deg2rad": (lambda x: x * mp.pi / 180, FINITE),
    "rad2deg": (lambda x: x * 180 / mp.pi, [x for x in FINITE if abs(x) < 1e300]),
}

PAIRS = {
    "hypot": (lambda x, y: mp.sqrt(x * x + y * y), [(x, y) for x, y in zip(FINITE, reversed(FINITE))]),
    "atan": (lambda y, x: mp.atan2(y, x), [(y, x) for y, x in zip(huge() + line(-5, 5) + tiny(), tiny() + line(-5, 5) + huge())]),
    "^": (
        lambda x, y: power(x, y),
        [(x, y) for x, y in zip(line(0, 10, 40), line(-300, 300, 40))]
        + [(x, y) for x, y in zip(near(1, 1e-6), [1e8, -1e8, 3e7, 5e6])]
        + [(10 ** draw.uniform(-300, 300), draw.uniform(-1, 1)) for _ in range(10)]
        + [(10 ** draw.uniform(-30, 30), float(draw.randint(-9, 9))) for _ in range(10)]
        + [(-(10 ** draw.uniform(-30, 30)), float(draw.randint(-9, 9))) for _ in range(10)]
        + [(1 + draw.uniform(0, 1e-9), 10 ** draw.uniform(9, 11)) for _ in range(10)]
        + [(1 + draw.uniform(-0.3, 0.4), draw.uniform(-2000, 2000)) for _ in range(10)]
        + [(x, draw.uniform(-745, -708) / math.log(x)) for x in line(2, 1e5)]
        + [(5e-324 * draw.randint(1, 2**51), draw.uniform(-0.9, 1)) for _ in range(10)]
        + [(x, y) for x in SPECIAL for y in SPECIAL if x >= 0 or math.isnan(x) or math.isinf(y) or y % 1 == 0],
    ),
}


def power(x, y):
    """Of zeros, infinities and NaN a power is what C's standard says, else mpmath's, of large exponents too."""
    if x in (0, INF, -INF) or y in (0, INF, -INF) or mp.isnan(x) or mp.isnan(y) or abs(x) == 1:
        return mp.mpf(LIBM.pow(float(x), float(y)))
    size = y * mp.log(abs(x))
    magnitude = INF if size > 1000 else 0.0 if size < -1000 else mp.power(abs(x), y)
    return -magnitude if x < 0 and mp.fmod(y, 2) != 0 else mp.mpf(magnitude)


def rounded(value):
    """The nearest float, and the rest."""
    if mp.isnan(value):
        return NAN, 0.0
    nearest = float(value)
    if math.isinf(nearest):
        return nearest, 0.0
    # Twice, because below the normal floats the first conversion may be off by one.
    nearest = min((nearest, math.nextafter(nearest, INF), math.nextafter(nearest, -INF)), key=lambda x: abs(value - x))
    return nearest, float(value - nearest)


def write(name, arguments, exact):
    try:
        value = exact(*map(mp.mpf, arguments))
    except ZeroDivisionError:
        return
    if isinstance(value, mp.mpc):
        return
    print(name, *map(repr, arguments), *map(repr, rounded(value)), sep="\t")


for name, (exact, points) in FUNCTIONS.items():
    for x in points:
        write(name, [x], (lambda _: mp.nan) if math.isnan(x) else exact)
for name, (exact, points) in PAIRS.items():
    for x, y in points:
        unknown = name != "^" and (math.isnan(x) or math.isnan(y))
        write(name, [x, y], (lambda *_: mp.nan) if unknown else exact)
