//! Compiles the lists of the register of the world: `cargo xtask register` calls it in the repository's root.

use std::error::Error;

use khabar_entities::register::{LISTS, RegisterList, compile};

const REGISTER: &str = "plugins/entities/data/register/world.khr";

fn main() -> Result<(), Box<dyn Error>> {
    let read = |file: &&str| match std::fs::read_to_string(file) {
        Ok(text) => Ok(RegisterList { file: (*file).to_owned(), text }),
        Err(error) => Err(format!("{file}: {error}")),
    };
    let lists: Result<Vec<RegisterList>, String> = LISTS.iter().map(read).collect();
    let bytes = compile(&lists?)?;
    if std::env::args().any(|arg| arg == "--check") {
        let is_same = std::fs::read(REGISTER)? == bytes;
        return if is_same { Ok(()) } else { Err(format!("{REGISTER} is old: run `cargo xtask register`").into()) };
    }
    Ok(std::fs::write(REGISTER, bytes)?)
}
