local sin = math.sin

function squares()
    local s = 0
    for i = 1, 5000000 do
        s = s + i * i % 7
    end
    return s
end

local function fibonacci(n)
    if n < 2 then return n end
    return fibonacci(n - 1) + fibonacci(n - 2)
end
fib = fibonacci

function fill_matrix()
    local A = {}
    for j = 1, 1000 do
        local column = {}
        for i = 1, 1000 do
            column[i] = i * j + sin(j)
        end
        A[j] = column
    end
    return A
end

function collatz()
    local longest = 0
    for start = 1, 99999 do
        local n, steps = start, 0
        while n ~= 1 do
            if n % 2 == 0 then n = n // 2 else n = 3 * n + 1 end
            steps = steps + 1
        end
        if steps > longest then longest = steps end
    end
    return longest
end

function mandelbrot()
    local total = 0
    for row = 1, 300 do
        for col = 1, 300 do
            local cr, ci = -2.0 + 3.0 * col / 300, -1.5 + 3.0 * row / 300
            local zr, zi, k = 0.0, 0.0, 0
            while k < 50 and zr * zr + zi * zi < 4.0 do
                local t = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = t
                k = k + 1
            end
            total = total + k
        end
    end
    return total
end
