//! Matrix products of every pair of element types.
