//! A new file below `content/` must make the program new; the files themselves are watched by the compiler.
#[expect(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]
fn main() {
    println!("cargo:rerun-if-changed=../../content");
}
