//! The program that libFuzzer drives, with the target that `SSPR_FUZZ_TARGET` names. Without libFuzzer it lists them.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
mod entry {
    use std::sync::LazyLock;

    static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
        let name = std::env::var("SSPR_FUZZ_TARGET").unwrap_or_default();
        sspr_fuzz::target(&name).unwrap_or_else(|| panic!("SSPR_FUZZ_TARGET names no target: “{name}”")).run
    });

    libfuzzer_sys::fuzz_target!(|data: &[u8]| TARGET(data));
}

#[cfg(not(fuzzing))]
fn main() {
    for target in sspr_fuzz::TARGETS {
        println!("{:<9} {}", target.name, target.reads);
    }
}
