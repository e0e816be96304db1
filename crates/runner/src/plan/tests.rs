use super::*;
use khabar_extractor::{Doc, Output, Scratch};

struct Nothing;

impl Extractor for Nothing {
    fn extract(&self, _: &Doc<'_>, _: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        Ok(())
    }
}

fn info(name: &str, provides: &[&str], requires: &[&str]) -> Info {
    let owned = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect();
    Info { name: name.into(), version: "1.0.0".into(), provides: owned(provides), requires: owned(requires) }
}

fn ordered(infos: &[Info]) -> Result<Vec<String>, String> {
    let infos: Vec<&Info> = infos.iter().collect();
    let needs = needs(&infos).map_err(|(_, message)| message)?;
    Ok(order(&infos, &needs)?.into_iter().map(|at| infos[at].name.clone()).collect())
}

#[test]
fn providers_come_first_and_the_rest_stays_as_listed() {
    let infos = [
        info("quotes", &["quote.speech"], &["entity.person", "number.cardinal"]),
        info("other", &["other.x"], &[]),
        info("entities", &["entity.person"], &[]),
        info("numbers", &["number.cardinal"], &[]),
    ];
    let names = ["other", "entities", "numbers", "quotes"].map(str::to_owned);
    assert_eq!(ordered(&infos), Ok(names.to_vec()));
}

#[test]
fn what_cannot_be_ordered_names_both_sides() {
    let lonely = [info("dates", &["timex.date"], &["number.ordinal"])];
    let message = "extractor dates requires the kind number.ordinal, which no extractor of this run provides";
    assert_eq!(ordered(&lonely), Err(message.into()));
    let own = [info("dates", &["timex.date"], &["timex.date"])];
    assert!(ordered(&own).is_err(), "what an extractor provides itself does not meet its requirement");
    let circle = [
        info("free", &["f.f"], &["a.a"]),
        info("a", &["a.a"], &["b.b"]),
        info("b", &["b.b"], &["c.c"]),
        info("c", &["c.c"], &["a.a"]),
    ];
    assert_eq!(ordered(&circle), Err("a requires b.b of b, b requires c.c of c, c requires a.a of a".into()));
}

#[test]
fn only_keeps_what_is_needed() {
    let infos = [
        info("numbers", &["number.cardinal", "number.percent"], &[]),
        info("dates", &["timex.date"], &["number.cardinal"]),
        info("entities", &["entity.person"], &[]),
    ];
    let infos: Vec<&Info> = infos.iter().collect();
    let needs = needs(&infos).expect("met");
    let kept = |scopes: &[&str]| {
        let scopes: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        keep(&infos, &needs, &scopes).map_err(|error| error.to_string())
    };
    assert_eq!(kept(&[]), Ok(vec![true, true, true]));
    assert_eq!(kept(&["timex"]), Ok(vec![true, true, false]));
    assert_eq!(kept(&["number.percent", "entity.person"]), Ok(vec![true, false, true]));
    let unknown = "--only num: unknown kind or layer; this run has \
                   entity.person, number.cardinal, number.percent, timex.date";
    assert_eq!(kept(&["num"]), Err(unknown.into()));
}

#[test]
fn kinds_in_scope() {
    assert!(in_scope("number.percent", "number") && in_scope("number.percent", "number.percent"));
    assert!(!in_scope("number.percent", "num") && !in_scope("number", "number.percent"));
}

#[test]
fn given_extractors_read_those_before_them() {
    let stage = |info: Info| (info, Box::new(Nothing) as Box<dyn Extractor>);
    let plan = Plan::given(
        vec![
            stage(info("a", &["a.a"], &[])),
            stage(info("b", &["b.b"], &["a.a"])),
            stage(info("c", &["c.c", "a.b"], &["a.a", "b.b"])),
        ],
        RunSettings::default(),
    );
    let inputs: Vec<&[usize]> = plan.stages().iter().map(|stage| stage.inputs.as_slice()).collect();
    assert_eq!(inputs, [&[][..], &[0], &[0, 1]]);
    let ranks: Vec<u32> = plan.stages()[2].ranks.iter().map(|rank| rank.place).collect();
    assert_eq!(ranks, [3, 1], "kinds rank by name over all extractors");
}

fn refusal(config: &str, settings: &[&str]) -> String {
    let config = Config::parse(Path::new("khabar.toml"), config.to_owned()).expect("parses");
    let settings: Vec<Setting> = settings.iter().map(|s| s.parse().expect("parses")).collect();
    let error = Plan::new(&config, &settings, &[]).map(|_| ()).expect_err("refused").to_string();
    error.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_configuration_that_nobody_can_meet() {
    let unknown = refusal("\n[[extractor]]\nuse = \"nummers\"\n", &[]);
    assert!(unknown.starts_with("khabar.toml:2:1: unknown extractor nummers: built in are "), "{unknown}");
    let missing = refusal("[[extractor]]\nplugin = \"no/such.so\"\n", &[]);
    assert!(missing.starts_with("khabar.toml:1:1: no/such.so: cannot be read: "), "{missing}");
}
