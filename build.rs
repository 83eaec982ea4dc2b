//! Compiles the program anew when the built-in theme changes, which the macro that embeds it
//! cannot see.

fn main() {
    println!("cargo::rerun-if-changed=themes/scholar");
}
