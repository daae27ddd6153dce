//! Generates the parser from `grammar/hlang.lalrpop` into Cargo's output directory.

fn main() {
    println!("cargo::rerun-if-changed=grammar/hlang.lalrpop");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    lalrpop::Configuration::new().set_in_dir("grammar").set_out_dir(out).process().expect("the grammar is LR(1)");
}
