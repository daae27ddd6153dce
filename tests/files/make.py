"""Writes tests/files/data: arrays and variables as NumPy, SciPy and Octave store them. Run in tests/files."""

import subprocess

import numpy as np
import scipy.io
import scipy.sparse

A = np.array([[1.5, 2.0, 3.0], [4.0, 5.0, 6.0]])
arrays = {
    "rows": A,
    "columns": np.asfortranarray(A),
    "vector": np.arange(4),
    "int32": np.array([[-1, 2], [3, -4]], dtype="<i4"),
    "bytes": np.array([0, 255], dtype="u1"),
    "bool": np.array([[True, False], [False, True]]),
    "complex": np.array([1 + 2j, -0.5j]),
    "float32": np.array([0.5, -2.25], dtype="<f4"),
    "half": np.array([1.0, -0.5], dtype="<f2"),
    "big_endian": A.astype(">f8"),
    "strings": np.array([["a", "läng"], ["", "z"]]),
    "ascii": np.array([b"ab", b"c"]),
    "number": np.array(2.5),
    "empty": np.zeros((0, 3)),
    "cube": np.zeros((2, 3, 4)),
    "too_large": np.array([2**64 - 1], dtype="u8"),
    "objects": np.array([None, 1], dtype=object),
    "records": np.zeros(2, dtype=[("x", "f8"), ("n", "i4")]),
}
for name, array in arrays.items():
    np.save(f"data/{name}.npy", array)
np.savez("data/stored.npz", A=A, v=np.arange(3))
np.savez_compressed("data/compressed.npz", A=A, v=np.arange(3), s=np.array("text"))

variables = {
    "A": A,
    "v": np.arange(3.0).reshape(3, 1),
    "n": 7.0,
    "i": np.array([[1, -2]], dtype="int32"),
    "b": np.array([[True, False]]),
    "z": np.array([[1 + 2j, 0.5]]),
    "s": "größer",
    "c": np.array([["one"], [np.eye(2)]], dtype=object),
    "t": {"x": 1.0, "name": "y"},
    "sp": scipy.sparse.csc_matrix(np.array([[0, 1.0], [2.0, 0]])),
    "e": np.zeros((0, 0)),
}
scipy.io.savemat("data/scipy.mat", variables)
scipy.io.savemat("data/scipy_compressed.mat", variables, do_compression=True)
scipy.io.savemat("data/cube.mat", {"cube": np.zeros((2, 2, 2))})

octave = """
A = [1.5 2 3; 4 5 6]; v = [0; 1; 2]; n = 7; i = int32([1 -2]); b = [true false]; z = [1+2i 0.5];
s = "text"; m = ["one"; "tw "]; c = {"one"; eye(2)}; w = {"a", "b"}; t = struct("x", 1, "name", "y");
sp = sparse([0 1; 2 0]); e = []; f = single(0.5); r = 1:3; u = uint8(200); empty = "";
save -v6 data/octave6.mat
save -v7 data/octave7.mat
"""
subprocess.run(["octave-cli", "--quiet", "--eval", octave], check=True)
