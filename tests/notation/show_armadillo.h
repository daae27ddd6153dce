#include <armadillo>
#include <cstdio>
using namespace arma;

void show(int k, double x) { std::printf("= %d 1 1 %.17g\n", k, x); }

template <class E, class T> void show(int k, const Base<E, T>& x) {
  const Mat<E> m(x.get_ref());
  std::printf("= %d %d %d", k, (int)m.n_rows, (int)m.n_cols);
  for (uword i = 0; i < m.n_elem; i++) std::printf(" %.17g", (double)m(i));
  std::printf("\n");
}

double f(double x) { return x * x + 1; }

int main() {
