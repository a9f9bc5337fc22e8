//! A smaller stack than the megabyte that a module gets without being asked: an estimate needs a few kilobytes, and the
//! stack is memory that every page pays for.
#![allow(clippy::print_stdout, reason = "how a build script speaks to cargo")]

fn main() {
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=131072");
    println!("cargo::rerun-if-changed=build.rs");
}
