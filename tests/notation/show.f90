module shows
  implicit none
  interface show
    module procedure number, list, table, logical_number, logical_list, logical_table, whole
  end interface
contains
  elemental function f(x) result(y)
    real, intent(in) :: x
    real :: y
    y = x**2 + 1
  end function
  elemental function g(x, y) result(z)
    real, intent(in) :: x, y
    real :: z
    z = x * y + 1
  end function
  subroutine number(k, x)
    integer, intent(in) :: k
    real, intent(in) :: x
    write (*, '(a,i0,a,es25.17)') '= ', k, ' 1 1 ', x
  end subroutine
  subroutine list(k, x)
    integer, intent(in) :: k
    real, intent(in) :: x(:)
    write (*, '(a,i0,a,i0,a,*(es25.17))') '= ', k, ' ', size(x), ' 1 ', x
  end subroutine
  subroutine table(k, x)
    integer, intent(in) :: k
    real, intent(in) :: x(:, :)
    write (*, '(a,i0,a,i0,a,i0,a,*(es25.17))') '= ', k, ' ', size(x, 1), ' ', size(x, 2), ' ', x
  end subroutine
  subroutine logical_number(k, x)
    integer, intent(in) :: k
    logical, intent(in) :: x
    call number(k, merge(1.0, 0.0, x))
  end subroutine
  subroutine logical_list(k, x)
    integer, intent(in) :: k
    logical, intent(in) :: x(:)
    call list(k, merge(1.0, 0.0, x))
  end subroutine
  subroutine logical_table(k, x)
    integer, intent(in) :: k
    logical, intent(in) :: x(:, :)
    call table(k, merge(1.0, 0.0, x))
  end subroutine
  subroutine whole(k, x)
    integer, intent(in) :: k
    integer, intent(in) :: x
    call number(k, real(x))
  end subroutine
end module
program main
  use shows
  implicit none
  real, allocatable :: A(:, :), B(:, :), H(:, :), u(:), v(:), w(:)
  logical, allocatable :: M(:, :)
  real :: s
  integer :: n, i, j, x, i_
