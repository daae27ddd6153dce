"""Writes special.tsv: calls of special functions, their values to 20 digits by mpmath, and how far off they may be.

The last column is the largest allowed relative error in units of 2^-53. Run: python3 special.py > special.tsv
"""
import random

import mpmath as mp

mp.mp.dps = 60
draw = random.Random(5)


def line(low, high):
    return lambda: draw.uniform(low, high)


def decades(low, high):
    return lambda: 10 ** draw.uniform(low, high)


def whole(low, high):
    return lambda: float(draw.randint(low, high))


def erfcinv(x):
    return mp.findroot(lambda y: mp.log(mp.erfc(y)) - mp.log(x), mp.erfinv(1 - mp.mpf(x)))


FUNCTIONS = [
    ("gamma", mp.gamma, 8, [line(-20, 20)], [line(20, 171)], [decades(-300, -1)]),
    ("lgamma", lambda x: mp.log(abs(mp.gamma(x))), 4, [line(3, 50)], [decades(1, 8)]),
    ("beta", mp.beta, 256, [decades(-2, 1.8), decades(-2, 1.8)]),
    ("logbeta", lambda x, y: mp.log(mp.beta(x, y)), 1000, [decades(0.5, 3), decades(0.5, 3)]),
    ("digamma", mp.digamma, 8, [decades(-5, 0)], [decades(0.3, 5)]),
    ("polygamma", mp.polygamma, 64, [whole(1, 8), decades(-2, 1)]),
    ("zeta", mp.zeta, 32, [line(1.1, 30)]),
    ("zeta", mp.zeta, 200, [line(1.1, 10), decades(-2, 1)]),
    ("erf", mp.erf, 2, [line(-6, 6)], [decades(-300, -1)]),
    ("erfc", mp.erfc, 4, [line(-6, 26)]),
    ("erfinv", mp.erfinv, 8, [line(-1, 1)], [decades(-300, -1)]),
    ("erfcinv", erfcinv, 8, [line(0.01, 1)], [decades(-15, -2)]),
    ("expint", mp.e1, 32, [decades(-3, 1.5)]),
    ("sinint", mp.si, 8, [line(0, 50)]),
    ("ellipk", mp.ellipk, 4, [line(-5, 1)]),
    ("ellipe", mp.ellipe, 4, [line(-5, 1)]),
    ("airyai", mp.airyai, 128, [line(0, 20)]),
    ("besselj0", lambda x: mp.besselj(0, x), 4, [line(0, 2)]),
    ("besselj1", lambda x: mp.besselj(1, x), 8, [line(0, 3)]),
    ("besselj", mp.besselj, 64, [whole(2, 20), line(0, 5)], [line(0, 20), line(0, 2)], [line(60, 200), line(1, 50)]),
    ("bessely0", lambda x: mp.bessely(0, x), 8, [line(1, 3)]),
    ("bessely1", lambda x: mp.bessely(1, x), 8, [line(0, 2)]),
    ("bessely", mp.bessely, 64, [whole(2, 20), line(0.1, 2)], [line(0, 20), line(0.1, 1)], [line(60, 200), line(1, 50)]),
    ("besseli", mp.besseli, 64, [line(0, 20), decades(-3, 2.8)], [line(60, 200), line(1, 50)]),
    ("besselk", mp.besselk, 64, [line(0, 20), decades(-3, 2.5)], [line(60, 200), line(1, 50)]),
    ("erfcx", lambda x: mp.exp(mp.mpf(x) ** 2) * mp.erfc(x), 8, [line(-25, 0)], [line(0, 30)], [decades(1, 100)]),
]

for name, exact, allowed, *domains in FUNCTIONS:
    for domain in domains:
        for _ in range(12):
            arguments = [draw_one() for draw_one in domain]
            call = f"{name}({', '.join(map(repr, arguments))})"
            if name in ("besselj", "bessely", "polygamma"):
                # mpmath takes a whole order as an integer.
                arguments[0] = int(arguments[0]) if arguments[0].is_integer() else arguments[0]
            print(call, mp.nstr(exact(*arguments), 20), allowed, sep="\t")
