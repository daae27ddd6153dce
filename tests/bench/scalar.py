from math import sin


def squares():
    s = 0
    for i in range(1, 5_000_001):
        s += i * i % 7
    return s


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fill_matrix():
    A = [[0.0] * 1000 for _ in range(1000)]
    for j in range(1000):
        for i in range(1000):
            A[j][i] = i * j + sin(j)
    return A


def collatz():
    longest = 0
    for start in range(1, 100_000):
        n = start
        steps = 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        longest = max(longest, steps)
    return longest


def mandelbrot():
    total = 0
    for row in range(1, 301):
        for col in range(1, 301):
            cr = -2.0 + 3.0 * col / 300
            ci = -1.5 + 3.0 * row / 300
            zr = zi = 0.0
            k = 0
            while k < 50 and zr * zr + zi * zi < 4.0:
                t = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = t
                k += 1
            total += k
    return total
