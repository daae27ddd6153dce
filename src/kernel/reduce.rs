//! Reductions and scans over arrays: sums, products, extremes, cumulative forms, along a dimension or over everything.
