//! Lets cargo notice when the built front has changed, since it is embedded in the binary.

fn main() {
    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/site");
    // a folder that is not there would make cargo build anew every time; that it cannot be made shows soon enough
    let _ = std::fs::create_dir_all(site);
    println!("cargo::rerun-if-changed={site}");
}
