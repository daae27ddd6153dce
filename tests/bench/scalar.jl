function squares()
    s = 0
    for i in 1:5_000_000
        s += i * i % 7
    end
    s
end

fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)

function fill_matrix()
    A = zeros(1000, 1000)
    for j in 1:1000
        for i in 1:1000
            A[i, j] = i * j + sin(j)
        end
    end
    A
end

function collatz()
    longest = 0
    for start in 1:99_999
        n = start
        steps = 0
        while n != 1
            n = n % 2 == 0 ? n ÷ 2 : 3n + 1
            steps += 1
        end
        longest = max(longest, steps)
    end
    longest
end

function mandelbrot()
    total = 0
    for row in 1:300
        for col in 1:300
            cr = -2.0 + 3.0 * col / 300
            ci = -1.5 + 3.0 * row / 300
            zr = 0.0
            zi = 0.0
            k = 0
            while k < 50 && zr * zr + zi * zi < 4.0
                t = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = t
                k += 1
            end
            total += k
        end
    end
    total
end
