"""Linear algebra by size in NumPy: operation, size and milliseconds, as linalg.hlang prints them.

Arguments: the seconds that each figure gets (0.3), and the operations (all). NumPy has no LU of its own; its figure is
SciPy's, where that is installed.
"""

import sys
from time import perf_counter

import numpy as np

try:
    from scipy.linalg import lu
except ImportError:
    lu = None

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 0.3
CHOSEN = sys.argv[2:]


def least(f):
    """The least time of a call, from batches of a millisecond and more."""
    f()
    start = perf_counter()
    f()
    batch = min(max(round(0.001 / (perf_counter() - start)), 1), 1000)
    best, spent, rounds = float("inf"), 0.0, 0
    while rounds < 3 or spent < SECONDS:
        start = perf_counter()
        for _ in range(batch):
            f()
        time = perf_counter() - start
        best = min(best, time / batch)
        spent += time
        rounds += 1
    return 1000 * best


generator = np.random.default_rng(1)
linalg = np.linalg
for n in [4, 16, 64, 256, 1000]:
    A = np.asfortranarray(generator.random((n, n)) - 0.5)
    B = np.asfortranarray(generator.random((n, n)) - 0.5)
    x = generator.random(n)
    y = generator.random(n)
    S = A + A.T
    P = A @ A.T + n * np.eye(n)
    figures = {
        "A * B": lambda: A @ B,
        "A' * B": lambda: A.T @ B,
        "A * B'": lambda: A @ B.T,
        "A * x": lambda: A @ x,
        "x' * A * y": lambda: x @ A @ y,
        "A \\ x": lambda: linalg.solve(A, x),
        "A \\ B": lambda: linalg.solve(A, B),
        "inv": lambda: linalg.inv(A),
        "det": lambda: linalg.det(A / 10),
        "lu": (lambda: lu(A)) if lu else None,
        "cholesky": lambda: linalg.cholesky(P),
        "qr": lambda: linalg.qr(A),
        "svd": lambda: linalg.svd(A),
        "svdvals": lambda: linalg.svdvals(A),
        "eigen symmetric": lambda: linalg.eigh(S),
        "eigen": lambda: linalg.eig(A),
        "eigvals": lambda: linalg.eigvals(A),
    }
    for name, f in figures.items():
        if f and (not CHOSEN or name in CHOSEN):
            print(f"{name:18}{n:6}  {least(f)}", flush=True)
