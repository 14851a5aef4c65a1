//! A new file below `content/` must make the program new; the files themselves are watched by the compiler.
fn main() {
    println!("cargo:rerun-if-changed=../../content");
}
