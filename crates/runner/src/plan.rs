//! Which extractors run, in which order, and why.

use std::fmt;
use std::path::{Path, PathBuf};

use khabar_abi::{Library, LoadError, Offer, OfferedExample};
use khabar_extractor::{ExtractError, Extractor, Info};
use serde_json::{Map, Value as Json};

use crate::config::{Chosen, Config, RunSettings, Setting, files_named};
use crate::{ConfigError, builtin};

/// The kind whose annotation becomes the document's `date`.
pub const DOCUMENT_DATE: &str = "document.date";

/// Extractors in the order in which they run.
pub struct Plan {
    stages: Vec<Stage>,
    /// The stage of each [`Rank::place`].
    places: Vec<usize>,
    settings: RunSettings,
}

/// One extractor of a plan.
pub struct Stage {
    /// Its description.
    pub info: Info,
    /// The `source` of its annotations.
    pub source: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The stages whose kinds it requires.
    pub inputs: Vec<usize>,
    /// Its configuration, overrides included.
    pub config: Map<String, Json>,
    /// Examples for its default configuration.
    pub examples: Vec<OfferedExample>,
    pub(crate) extractor: Box<dyn Extractor>,
    /// The rank of each of its kinds.
    pub(crate) ranks: Vec<Rank>,
    /// Its kinds and its `source` as JSON, which output lines repeat with every annotation.
    pub(crate) kinds_json: Vec<String>,
    pub(crate) source_json: String,
}

/// How the output treats a kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank {
    /// Its index among the kinds of all stages, sorted by name, then by source.
    pub(crate) place: u32,
    /// Whether the kind was requested.
    pub(crate) wanted: bool,
    /// Whether it is [`DOCUMENT_DATE`].
    pub(crate) is_date: bool,
}

/// Where an extractor comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// Built in.
    Builtin,
    /// Made by the program that uses this crate.
    Given,
    /// A shared library.
    Library(PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin => f.write_str("built in"),
            Self::Given => f.write_str("given"),
            Self::Library(path) => write!(f, "{}", path.display()),
        }
    }
}

/// An extractor that could become a stage.
struct Candidate {
    info: Info,
    examples: Vec<OfferedExample>,
    origin: Origin,
    chosen: Chosen,
    make: Make,
}

type Made = Result<Box<dyn Extractor>, ExtractError>;
type Make = Box<dyn FnOnce(&Map<String, Json>) -> Made>;

impl Plan {
    /// Plans the extractors of a configuration, with overrides. `only` names the requested kinds or layers (all, if empty);
    /// extractors that they do not need are left out.
    ///
    /// # Errors
    /// An extractor that does not exist, cannot be loaded, is not trusted ([`Config::distrust`]) or refuses its
    /// configuration; an unmet requirement; extractors that require each other; a setting or kind of no extractor.
    pub fn new(config: &Config, settings: &[Setting], only: &[String]) -> Result<Self, ConfigError> {
        let mut candidates = candidates(config)?;
        for (at, candidate) in candidates.iter().enumerate() {
            if candidates[..at].iter().any(|c| c.info.name == candidate.info.name) {
                let message = format!("extractor {} is listed twice", candidate.info.name);
                return Err(config.refuse(&candidate.chosen, message));
            }
        }
        for setting in settings {
            let named = candidates.iter_mut().filter_map(|c| Some((setting.key_of(&c.info.name)?.len(), c)));
            // The longest matching name counts: `acme.tickers` rather than `acme`.
            let Some((_, candidate)) = named.min_by_key(|(key, _)| *key) else {
                let names: Vec<&str> = candidates.iter().map(|c| c.info.name.as_str()).collect();
                return Err(setting.refuse(format!("unknown extractor: this run has {}", names.join(", "))));
            };
            let key = setting.key_of(&candidate.info.name).unwrap_or_default();
            setting.apply(key, &mut candidate.chosen.config)?;
        }
        let infos: Vec<&Info> = candidates.iter().map(|c| &c.info).collect();
        let needs = needs(&infos).map_err(|(at, message)| config.refuse(&candidates[at].chosen, message))?;
        let order = order(&infos, &needs).map_err(ConfigError::Cycle)?;
        let kept = keep(&infos, &needs, only)?;
        let order: Vec<usize> = order.into_iter().filter(|at| kept[*at]).collect();
        let mut slots: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
        let mut stages = Vec::new();
        for &at in &order {
            let Some(Candidate { info, examples, origin, chosen, make }) = slots[at].take() else { continue };
            let extractor = make(&chosen.config).map_err(|error| {
                let message = match error {
                    ExtractError::Config(message) => message,
                    other => other.to_string(),
                };
                let given = settings
                    .iter()
                    .rev()
                    .find(|s| s.key_of(&info.name).is_some_and(|key| message.starts_with(&format!("{key}:"))));
                given.map_or_else(|| config.refuse(&chosen, message.clone()), |s| s.refuse(message.clone()))
            })?;
            let inputs = needs[at].iter().filter_map(|need| order.iter().position(|at| at == need)).collect();
            stages.push(Stage { examples, ..Stage::new(info, origin, chosen.config, inputs, extractor) });
        }
        Ok(Self::of_stages(stages, config.run.clone(), only))
    }

    /// Plans extractors that the caller created, in the given order; each reads the layers of all earlier ones whose kinds
    /// it requires.
    pub fn given(extractors: Vec<(Info, Box<dyn Extractor>)>, settings: RunSettings) -> Self {
        let mut stages: Vec<Stage> = Vec::new();
        for (info, extractor) in extractors {
            let inputs = (0..stages.len()).filter(|i| provides_any(&stages[*i].info, &info.requires)).collect();
            stages.push(Stage::new(info, Origin::Given, Map::new(), inputs, extractor));
        }
        Self::of_stages(stages, settings, &[])
    }

    fn of_stages(mut stages: Vec<Stage>, settings: RunSettings, only: &[String]) -> Self {
        let place = |at: usize, stage: &Stage, kind: &String| (kind.clone(), stage.source.clone(), at);
        let mut places: Vec<(String, String, usize)> = Vec::new();
        for (at, stage) in stages.iter().enumerate() {
            places.extend(stage.info.provides.iter().map(|kind| place(at, stage, kind)));
        }
        places.sort_unstable();
        for (at, stage) in stages.iter_mut().enumerate() {
            let place = |kind: &String| place(at, stage, kind);
            let rank = |kind: &String| Rank {
                place: places.partition_point(|known| *known < place(kind)) as u32,
                wanted: only.is_empty() || only.iter().any(|scope| in_scope(kind, scope)),
                is_date: kind == DOCUMENT_DATE,
            };
            stage.ranks = stage.info.provides.iter().map(rank).collect();
        }
        Self { stages, places: places.into_iter().map(|(_, _, at)| at).collect(), settings }
    }

    /// The stage of a [`Rank::place`].
    pub(crate) fn stage_at(&self, place: u32) -> usize {
        self.places.get(place as usize).copied().unwrap_or(0)
    }

    /// The extractors in the order in which they run.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The settings of the run.
    pub fn settings(&self) -> &RunSettings {
        &self.settings
    }
}

impl Stage {
    fn new(
        info: Info,
        origin: Origin,
        config: Map<String, Json>,
        inputs: Vec<usize>,
        extractor: Box<dyn Extractor>,
    ) -> Self {
        let json = |text: &str| Json::from(text).to_string();
        let (source, kinds_json) = (info.source(), info.provides.iter().map(|kind| json(kind)).collect());
        Self {
            source_json: json(&source),
            source,
            info,
            origin,
            inputs,
            config,
            examples: Vec::new(),
            extractor,
            ranks: Vec::new(),
            kinds_json,
        }
    }

    /// The files that affect its annotations: its library, and those named in its configuration.
    pub fn files(&self) -> Vec<PathBuf> {
        let library = match &self.origin {
            Origin::Library(path) => Some(path.clone()),
            Origin::Builtin | Origin::Given => None,
        };
        library.into_iter().chain(files_named(&self.config)).collect()
    }

    /// Whether the output has its annotations of this kind.
    pub fn is_wanted(&self, kind: usize) -> bool {
        self.ranks.get(kind).is_some_and(|rank| rank.wanted)
    }
}

/// Whether a kind is `scope` or in the layer `scope`: `number.percent` is in `number`.
pub fn in_scope(kind: &str, scope: &str) -> bool {
    kind.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The layer of a kind: `number` of `number.percent`.
pub fn layer_of(kind: &str) -> &str {
    kind.split_once('.').map_or(kind, |(layer, _)| layer)
}

fn provides_any(info: &Info, kinds: &[String]) -> bool {
    info.provides.iter().any(|kind| kinds.contains(kind))
}

/// The extractors of a configuration; all built-in ones, if it lists none.
fn candidates(config: &Config) -> Result<Vec<Candidate>, ConfigError> {
    let builtins = builtin::builtins();
    let linked_in = |builtin: &builtin::Builtin, chosen: &Chosen| {
        let info = builtin.offer.info.clone();
        let examples = builtin.offer.examples.clone();
        let builtin = builtin.clone();
        let make: Make = Box::new(move |config| builtin.create(&serde_json::to_vec(config).unwrap_or_default()));
        Candidate { info, examples, origin: Origin::Builtin, chosen: chosen.clone(), make }
    };
    if config.extractors.is_empty() {
        return Ok(builtins.iter().map(|builtin| linked_in(builtin, &Chosen::default())).collect());
    }
    // Checked before any of them is loaded.
    config.extractors.iter().try_for_each(|chosen| config.trust(chosen))?;
    let mut candidates = Vec::new();
    for chosen in &config.extractors {
        if let Some(path) = &chosen.library {
            candidates.push(from_library(config, chosen, path)?);
        } else {
            let name = chosen.name.as_deref().unwrap_or_default();
            let Some(builtin) = builtins.iter().find(|builtin| builtin.offer.info.name == name) else {
                let names: Vec<&str> = builtins.iter().map(|b| b.offer.info.name.as_str()).collect();
                let names = names.join(", ");
                let message =
                    format!("unknown extractor {name}: built in are {names}; for a library add `plugin = PATH`");
                return Err(config.refuse(chosen, message));
            };
            candidates.push(linked_in(builtin, chosen));
        }
    }
    Ok(candidates)
}

/// For each extractor, the ones that provide what it requires; or the extractor with an unmet requirement.
fn needs(infos: &[&Info]) -> Result<Vec<Vec<usize>>, (usize, String)> {
    let mut needs = vec![Vec::new(); infos.len()];
    for (at, info) in infos.iter().enumerate() {
        for kind in &info.requires {
            let before = needs[at].len();
            for (other, provider) in infos.iter().enumerate() {
                if other != at && provider.provides.contains(kind) && !needs[at].contains(&other) {
                    needs[at].push(other);
                }
            }
            let known = infos.iter().enumerate().any(|(other, i)| other != at && i.provides.contains(kind));
            if before == needs[at].len() && !known {
                return Err((
                    at,
                    format!(
                        "extractor {} requires the kind {kind}, which no extractor of this run provides",
                        info.name
                    ),
                ));
            }
        }
        needs[at].sort_unstable();
    }
    Ok(needs)
}

/// Orders providers before the extractors that require them, otherwise as listed; or describes a cycle.
fn order(infos: &[&Info], needs: &[Vec<usize>]) -> Result<Vec<usize>, String> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < infos.len() {
        let open = |at: &usize| !order.contains(at);
        let next = (0..infos.len()).filter(open).find(|at| needs[*at].iter().all(|need| order.contains(need)));
        match next {
            Some(at) => order.push(at),
            None => return Err(cycle(infos, needs, (0..infos.len()).find(open).unwrap_or(0), &order)),
        }
    }
    Ok(order)
}

/// Follows requirements until one repeats.
fn cycle(infos: &[&Info], needs: &[Vec<usize>], from: usize, done: &[usize]) -> String {
    let mut path = vec![from];
    loop {
        let at = path[path.len() - 1];
        let Some(next) = needs[at].iter().copied().find(|need| !done.contains(need)) else { break };
        let again = path.iter().position(|seen| *seen == next);
        path.push(next);
        if let Some(again) = again {
            path.drain(..again);
            break;
        }
    }
    let step = |pair: &[usize]| {
        let (one, other) = (infos[pair[0]], infos[pair[1]]);
        let kind = one.requires.iter().find(|kind| other.provides.contains(kind));
        format!("{} requires {} of {}", one.name, kind.map_or("", String::as_str), other.name)
    };
    path.windows(2).map(step).collect::<Vec<_>>().join(", ")
}

/// The extractors that the requested kinds need.
fn keep(infos: &[&Info], needs: &[Vec<usize>], only: &[String]) -> Result<Vec<bool>, ConfigError> {
    if only.is_empty() {
        return Ok(vec![true; infos.len()]);
    }
    let mut kept = vec![false; infos.len()];
    let mut open = Vec::new();
    for scope in only {
        let before = open.len();
        open.extend((0..infos.len()).filter(|at| infos[*at].provides.iter().any(|kind| in_scope(kind, scope))));
        if before == open.len() {
            let mut known: Vec<&str> = infos.iter().flat_map(|i| i.provides.iter().map(String::as_str)).collect();
            known.sort_unstable();
            known.dedup();
            return Err(ConfigError::Only { scope: scope.clone(), known: known.join(", ") });
        }
    }
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut kept[at], true) {
            open.extend(&needs[at]);
        }
    }
    Ok(kept)
}

fn from_library(config: &Config, chosen: &Chosen, path: &Path) -> Result<Candidate, ConfigError> {
    let library = Library::open(path).map_err(|error| config.refuse(chosen, error.to_string()))?;
    let offered = library.extractors();
    let offer = match (&chosen.name, offered) {
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(name), _) => offered.iter().find(|offer| offer.info.name == *name),
    };
    let Some(Offer { info, examples }) = offer.cloned() else {
        let names: Vec<&str> = offered.iter().map(|offer| offer.info.name.as_str()).collect();
        let message = match &chosen.name {
            Some(name) => format!("unknown extractor {name}: {} has {}", path.display(), names.join(", ")),
            None => format!("{} has several extractors: choose one with `use`: {}", path.display(), names.join(", ")),
        };
        return Err(config.refuse(chosen, message));
    };
    let name = info.name.clone();
    let origin = Origin::Library(path.to_owned());
    let make: Make = Box::new(move |config| match library.create(&name, &Json::Object(config.clone())) {
        Ok((_, extractor)) => Ok(extractor),
        Err(LoadError::Create { source, .. }) => Err(source),
        Err(other) => Err(ExtractError::Other(other.to_string())),
    });
    Ok(Candidate { info, examples, origin, chosen: chosen.clone(), make })
}

#[cfg(test)]
mod tests;
