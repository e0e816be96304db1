//! The intrinsics of AVX-512 are stable since Rust 1.89, the crate is for 1.88: an older compiler gets the other paths.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(khabar_avx512)");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    // rustc 1.95.0 (…)
    let minor = version.split('.').nth(1).and_then(|minor| minor.parse::<u32>().ok());
    if minor.is_some_and(|minor| 89 <= minor) {
        println!("cargo::rustc-cfg=khabar_avx512");
    }
}
