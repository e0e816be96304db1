//! Options that select and configure extractors, the same for every command that needs a plan.

use std::path::PathBuf;

use khabar_runner::{Config, ConfigError, Plan, Setting};

use crate::exit::say;

/// Which extractors run, and how.
#[derive(clap::Args)]
pub(crate) struct Setup {
    /// Configuration file [default: the closest khabar.toml in this or a parent folder, whose libraries are loaded only if
    /// no other user could have written them; else all built-in extractors]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Override a configuration key of an extractor with a TOML literal or a string, for example `dates.direction=future`
    #[arg(long = "set", value_name = "EXTRACTOR.KEY=VALUE")]
    settings: Vec<String>,
    /// Only give these kinds or layers, such as `number` or `timex.date`; extractors that are not needed do not run
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave out annotations that are less sure, 0 to 1 [default: `min_confidence` of the configuration, else 0]
    #[arg(long, value_name = "X", value_parser = confidence)]
    min_confidence: Option<f32>,
}

/// A number from 0 to 1.
fn confidence(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "give a number from 0 to 1".to_owned())
}

impl Setup {
    /// The configuration.
    pub(crate) fn config(&self) -> Result<Config, ConfigError> {
        match &self.config {
            Some(path) => Config::read(path),
            None => match std::env::current_dir() {
                Ok(folder) => Config::find(&folder),
                // A current folder that was deleted has no khabar.toml.
                Err(_) => Ok(Config::default()),
            },
        }
    }

    /// Whether the configuration names shared libraries, whose code runs within this process.
    pub(crate) fn has_libraries(&self) -> bool {
        self.config().is_ok_and(|config| config.extractors.iter().any(|chosen| chosen.library.is_some()))
    }

    /// The files that the extractors need: the configuration, libraries, and files named in the configuration or with
    /// `--set`.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = self.config().map(|config| config.files()).unwrap_or_default();
        // An invalid setting is reported when the plan is made.
        files
            .extend(self.settings.iter().filter_map(|setting| setting.parse::<Setting>().ok()).flat_map(|s| s.files()));
        files
    }

    /// The kinds or layers that are wanted; all, if empty.
    pub(crate) fn only(&self) -> &[String] {
        &self.only
    }

    /// The plan.
    pub(crate) fn plan(&self) -> Result<Plan, ConfigError> {
        self.plan_of(&self.only)
    }

    /// The plan of a command that needs certain kinds, unless the user chose others.
    pub(crate) fn plan_for(&self, kinds: &[&str]) -> Result<Plan, ConfigError> {
        if !self.only.is_empty() {
            return self.plan();
        }
        let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        self.plan_of(&kinds)
    }

    fn plan_of(&self, kinds: &[String]) -> Result<Plan, ConfigError> {
        let settings = self.settings.iter().map(|s| s.parse()).collect::<Result<Vec<Setting>, _>>()?;
        let mut config = self.config()?;
        config.run.min_confidence = self.min_confidence.unwrap_or(config.run.min_confidence);
        for warning in config.warnings() {
            say(&format!("warning: {}", warning.reason()));
        }
        Plan::new(&config, &settings, kinds)
    }
}
