//! What a user gets wrong is told with its place.

use std::path::PathBuf;

use khabar_entities::{Config, Entities, Kind};

/// A file of its own for each test, gone at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("khabar-entities-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn refusal(config: Config) -> String {
    Entities::new(config).err().map(|error| error.to_string()).unwrap_or_default()
}

fn of_register(name: &str, text: &str) -> String {
    let file = Scratch::new(name, text.as_bytes());
    let shown = file.0.display().to_string();
    refusal(Config { register: Some(file.0.clone()), ..Config::default() }).replace(&shown, "register.toml")
}

#[test]
fn registers() {
    assert_eq!(of_register("empty", ""), "", "an empty register is none");
    let unknown = of_register("unknown", "[[entity]]\ntype = \"person\"\nname = \"سمير\"\ncolour = 1\n");
    assert!(unknown.starts_with("configuration: register.toml:4: unknown field `colour`"), "{unknown}");
    let kind = of_register("kind", "\n[[entity]]\ntype = \"planet\"\nname = \"زحل\"\n");
    assert!(kind.starts_with("configuration: register.toml:3: unknown variant `planet`"), "{kind}");
    let twice = "[[entity]]\nid = \"a\"\ntype = \"person\"\nname = \"سمير خوري\"\n\n\
        [[entity]]\nid = \"b\"\ntype = \"person\"\nname = \"س. خوري\"\nvariants = [\"سمير  خوري\"]\n";
    let twice = of_register("twice", twice);
    assert!(twice.starts_with("configuration: register.toml:6: "), "{twice}");
    assert!(twice.contains("is the name of two entities"), "{twice}");
    let long = of_register("long", &format!("[[entity]]\ntype = \"org\"\nname = \"{}\"\n", "م".repeat(10_000)));
    assert!(long.contains("register.toml:1: a name has 10000 letters, at most 400 are possible"), "{long}");
    let blank = of_register("blank", "[[entity]]\ntype = \"org\"\nname = \" \"\n");
    assert!(blank.contains("a name is empty"), "{blank}");
    let missing = refusal(Config { register: Some("no/such/register.toml".into()), ..Config::default() });
    assert!(missing.starts_with("configuration: no/such/register.toml: "), "{missing}");
}

#[test]
fn models() {
    let of_model = |name: &str, bytes: &[u8]| {
        let file = Scratch::new(name, bytes);
        refusal(Config { model: Some(file.0.clone()), ..Config::default() })
    };
    assert!(of_model("text", b"hello").contains("not a model of names"));
    let mut bytes = include_bytes!("../data/model/entities.khm").to_vec();
    assert!(of_model("cut", &bytes[..bytes.len() / 2]).contains("truncated"));
    let version = std::mem::replace(&mut bytes[8], 99);
    assert!(of_model("version", &bytes).contains("version 99"));
    bytes[8] = version;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert!(of_model("corrupt", &bytes).contains("corrupt"));
    bytes[middle] ^= 1;
    assert_eq!(of_model("whole", &bytes), "");
}

#[test]
fn a_register_gives_names_and_ids() {
    let text = "[[entity]]\nid = \"acme:7\"\ntype = \"person\"\nname = \"سمير خوري\"\nvariants = [\"أبو نادر\"]\n";
    let file = Scratch::new("used", text.as_bytes());
    let entities = Entities::new(Config { register: Some(file.0.clone()), ..Config::default() }).expect("a register");
    let found: Vec<_> =
        entities.find_iter("قال أبو نادر إن الاتفاق تم").map(|m| (m.kind, m.entity.id, m.entity.name)).collect();
    assert_eq!(found, [(Kind::Person, "acme:7".into(), "سمير خوري".into())]);
}
