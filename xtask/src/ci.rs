//! `cargo xtask ci`: what must hold before a change lands.

mod steps;

use std::time::Instant;

use anyhow::Result;

use crate::repo::{self, Findings};

pub(crate) const HELP: &str = "\
runs all that must hold before a change lands

usage: cargo xtask ci

In this order, and all of it even when something fails: the tests, formatting, clippy, the documentation, `tidy`,
`corpus --release --check`, `rules --check`, the size of the program, and as far as what they need is installed:

  the oldest Rust that Cargo.toml promises    compiles what is published, in each combination of features
  typos                                       reads the repository's words, _typos.toml says which are right
  cargo-deny                                  reads licences and sources of the dependencies, and what deny.toml bans
  a nightly toolchain on Linux                tests the crates with unsafe code with AddressSanitizer, and tries texts
                                              made up by a fuzzer for a minute

What is left out is named at the end. `.ci/run` installs all of it.";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    let (mut findings, mut left_out) = (Findings::default(), Vec::new());
    for step in steps::STEPS {
        let commands = match step()? {
            steps::Step::Run(commands) => commands,
            steps::Step::LeftOut(reason) => {
                left_out.push(reason);
                continue;
            }
        };
        for mut command in commands {
            let start = Instant::now();
            if let Err(error) = repo::run(&mut command) {
                findings.add(format!("{error:#}"));
            }
            eprintln!("  {:.0} s", start.elapsed().as_secs_f64());
        }
    }
    if let Err(error) = steps::size() {
        findings.add(format!("{error:#}"));
    }
    for reason in left_out {
        eprintln!("left out: {reason}");
    }
    findings.end("ci")
}
