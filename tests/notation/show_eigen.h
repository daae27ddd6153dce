#include <Eigen/Dense>
#include <unsupported/Eigen/KroneckerProduct>
#include <unsupported/Eigen/MatrixFunctions>
#include <cmath>
#include <cstdio>
#include <vector>
using namespace Eigen;

void show(int k, double x) { std::printf("= %d 1 1 %.17g\n", k, x); }

template <class T> void show(int k, const EigenBase<T>& x) {
  const MatrixXd m(x.derived());
  std::printf("= %d %d %d", k, (int)m.rows(), (int)m.cols());
  for (int j = 0; j < m.cols(); j++)
    for (int i = 0; i < m.rows(); i++) std::printf(" %.17g", m(i, j));
  std::printf("\n");
}

double f(double x) { return x * x + 1; }

int main() {
