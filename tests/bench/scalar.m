function s = squares()
  s = 0;
  for i = 1:5000000
    s += mod(i * i, 7);
  end
end

function y = fib(n)
  if n < 2
    y = n;
  else
    y = fib(n - 1) + fib(n - 2);
  end
end

function A = fill_matrix()
  A = zeros(1000, 1000);
  for j = 1:1000
    for i = 1:1000
      A(i, j) = i * j + sin(j);
    end
  end
end

function longest = collatz()
  longest = 0;
  for start = 1:99999
    n = start;
    steps = 0;
    while n != 1
      if mod(n, 2) == 0
        n = n / 2;
      else
        n = 3 * n + 1;
      end
      steps += 1;
    end
    longest = max(longest, steps);
  end
end

function total = mandelbrot()
  total = 0;
  for row = 1:300
    for col = 1:300
      cr = -2.0 + 3.0 * col / 300;
      ci = -1.5 + 3.0 * row / 300;
      zr = 0.0;
      zi = 0.0;
      k = 0;
      while k < 50 && zr * zr + zi * zi < 4.0
        t = zr * zr - zi * zi + cr;
        zi = 2.0 * zr * zi + ci;
        zr = t;
        k += 1;
      end
      total += k;
    end
  end
end
