//! What is known of words and names: the word lists of `data/` and the user's entries, compiled.

mod build;
mod flags;
mod user;
mod words;

use std::collections::BTreeMap;

use khabar_arabic::{WordMap, fold, hash};
use khabar_lexicon::inflect::has_article;
use khabar_lexicon::{PhraseNode, PhraseTree};

use crate::kind::Kind;
use crate::name_key::NameKeys;
use crate::register::{LISTS, World, WorldName};
pub(crate) use flags::{TriggerFlag, TriggerFlags};
pub use user::RegisterEntry;
pub(crate) use user::UserEntries;
pub(crate) use words::FILES;

/// What is known of a folded word form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FormEntry {
    /// What it can do.
    pub(crate) flags: TriggerFlags,
    /// Of a norp: an index into [`Lexicon::things`].
    pub(crate) norp: u32,
    /// Of a title's head: its number, see [`Lexicon::head`]; 0 for none.
    pub(crate) head: u32,
    /// From where known names go on that begin with this form.
    names: PhraseNode,
    /// The number of the register's first word that it is, plus one; 0 for none.
    world: u32,
}

/// What a known name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KnownName {
    /// The thing that has this name.
    pub(crate) thing: u32,
    /// Counts only where the context says that it is a name.
    pub(crate) weak: bool,
    /// A user gave it: it wins over everything.
    pub(crate) user: bool,
}

/// The bit of a thing's number that tells names of the register of the world from things of the lists.
const WORLD: u32 = 1 << 31;

/// A thing that is known by name.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    /// Its Wikidata id or the user's; else the key of its name.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    origin: Origin,
}

/// Where a thing comes from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A place of the word lists.
    List(Box<str>),
    /// A line of the user's register.
    Register(u32),
    /// An entry of the user's dictionary, from 0.
    Dictionary(u32),
}

/// The head of titles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// Its folded lemma.
    pub(crate) lemma: String,
    /// Whether titles of this head are told apart by country: رئيس, ملك.
    pub(crate) of_country: bool,
    /// Whether the list of people knows the holders of this head's titles.
    president: bool,
}

/// A city that has the name of a country as well.
#[derive(Clone, Debug)]
pub(crate) struct Namesake {
    /// The city.
    pub(crate) thing: u32,
    /// The id of the country that it is in.
    pub(crate) of: String,
    /// The code of that country.
    pub(crate) code: String,
}

/// All of it.
///
/// Forms are kept in a plain table, and the proclitics of a text's words are taken off when they are looked up: a user's
/// register may have hundreds of thousands of names, each of which a tagger would keep in a dozen forms.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The numbers of the forms.
    forms: WordMap<u32>,
    /// What is known of each form; of the first, which is none, nothing.
    entries: Vec<FormEntry>,
    known_names: PhraseTree<KnownName>,
    pub(crate) things: Vec<Thing>,
    /// The heads of titles; the first is none.
    heads: Vec<Head>,
    pub(crate) name_keys: NameKeys,
    /// Keys of names to the things that have them.
    pub(crate) keys: WordMap<u32>,
    /// Country → its president, by their ids.
    presidents: BTreeMap<String, String>,
    /// What a name means alone → the city that has it as well.
    namesakes: BTreeMap<u32, Namesake>,
    /// The user's register, where there is one.
    register: String,
    /// The register of the world.
    world: World,
    /// What is known of a word that only that register knows, without and with the article.
    world_entries: [FormEntry; 2],
}

impl Lexicon {
    /// The number of a folded form, from 1.
    pub(crate) fn form(&self, folded: &str) -> Option<u32> {
        self.forms.get(folded).copied()
    }

    /// The number of a folded form that only the register of the world knows: behind those of all others, two a word, of which
    /// the second has the article.
    pub(crate) fn world_form(&self, folded: &str) -> Option<u32> {
        let first = self.world.first(hash(folded))?;
        Some(self.entries.len() as u32 + 2 * first + u32::from(has_article(folded)))
    }

    /// The register's first word that a form is.
    fn world_first(&self, form: u32) -> Option<u32> {
        match form.checked_sub(self.entries.len() as u32) {
            Some(beyond) => Some(beyond / 2),
            None => self.entry(form).world.checked_sub(1),
        }
    }

    /// What is known of the form with a number; nothing of number 0.
    #[inline]
    pub(crate) fn entry(&self, form: u32) -> &FormEntry {
        let beyond = (form as usize).wrapping_sub(self.entries.len());
        self.entries.get(form as usize).unwrap_or(&self.world_entries[beyond & 1])
    }

    /// The head of titles with a number.
    pub(crate) fn head(&self, number: u32) -> &Head {
        self.heads.get(number as usize).unwrap_or(&self.heads[0])
    }

    /// Id of the person who holds an office of this head in a country, as far as the list of people knows.
    pub(crate) fn holder(&self, head: &Head, country: &str, former: bool) -> Option<&str> {
        let known = head.president && !former;
        self.presidents.get(country).filter(|_| known).map(String::as_str)
    }

    /// Id of the country that a person holds an office of this head in.
    pub(crate) fn country_of_holder(&self, head: &Head, person: &str) -> Option<&str> {
        let mut known = self.presidents.iter().filter(|(_, who)| head.president && *who == person);
        known.next().map(|(country, _)| country.as_str())
    }

    /// The longest known name that begins with a form, goes on with the hashes of these words, and for which something holds;
    /// and how many of the words it takes.
    pub(crate) fn longest_name(
        &self,
        form: u32,
        words: impl Iterator<Item = u64> + Clone,
        holds: impl Fn(KnownName) -> bool,
    ) -> Option<(KnownName, usize)> {
        let listed = self.known_names.longest(self.entry(form).names, words.clone(), &holds);
        let Some(first) = self.world_first(form) else { return listed };
        let world = self.world.longest(first, words, |name| holds(of_world(name)));
        // The lists know more of a thing than the register of the world.
        match (listed, world) {
            (Some(listed), Some(world)) if listed.1 < world.more => Some((of_world(&world), world.more)),
            (None, Some(world)) => Some((of_world(&world), world.more)),
            (listed, _) => listed,
        }
    }

    /// The id that the register of the world has for a listed place without one; empty where it has none.
    fn id_in_world(&self, thing: &Thing) -> String {
        let mut id = String::new();
        if matches!(thing.origin, Origin::List(_))
            && matches!(thing.kind, Kind::Gpe | Kind::Loc | Kind::Fac | Kind::Org)
        {
            let name = fold(&thing.name);
            let mut words = name.split_whitespace().map(hash);
            let first = words.next().and_then(|first| self.world.first(first));
            let rest: Vec<u64> = words.collect();
            let whole = |first| self.world.longest(first, rest.iter().copied(), |name| name.more == rest.len());
            if let Some(found) = first.and_then(whole).filter(|found| found.kind == thing.kind) {
                self.world.push_id(found.number, &mut id);
            }
        }
        id
    }

    /// Whether a thing is one of the register of the world.
    pub(crate) const fn is_of_world(&self, thing: u32) -> bool {
        thing & WORLD != 0
    }

    /// The kind of a thing.
    pub(crate) fn kind(&self, thing: u32) -> Kind {
        match thing.checked_sub(WORLD) {
            Some(name) => self.world.kind(name),
            None => self.things.get(thing as usize).map_or(Kind::Misc, |thing| thing.kind),
        }
    }

    /// The usual name of a thing that the register of the world knows, and its id appended to a buffer, if it has one.
    pub(crate) fn world_thing(&self, thing: u32, id: &mut String) -> Option<(&'static str, bool)> {
        let name = thing.checked_sub(WORLD)?;
        Some((self.world.usual(name), self.world.push_id(name, id)))
    }

    /// The known name that is a form and the hashes of exactly these words.
    pub(crate) fn whole_name(&self, form: u32, words: impl Iterator<Item = u64>) -> Option<KnownName> {
        let words: Vec<u64> = words.collect();
        let listed = self.known_names.whole(self.entry(form).names, words.iter().copied());
        listed.or_else(|| {
            let found =
                self.world.longest(self.world_first(form)?, words.iter().copied(), |name| name.more == words.len())?;
            Some(of_world(&found))
        })
    }

    /// The city that has the name of a thing as well.
    pub(crate) fn namesake(&self, thing: u32) -> Option<&Namesake> {
        self.namesakes.get(&thing)
    }

    /// Where a thing is known from: a line of a file, or a key of the configuration.
    pub(crate) fn place(&self, thing: u32) -> String {
        if let Some(name) = thing.checked_sub(WORLD) {
            let (list, line) = self.world.line(name);
            return format!("{}:{line}", LISTS.get(usize::from(list)).copied().unwrap_or_default());
        }
        match self.things.get(thing as usize).map(|thing| &thing.origin) {
            Some(Origin::List(place)) => place.to_string(),
            Some(Origin::Register(line)) => format!("{}:{line}", self.register),
            Some(Origin::Dictionary(at)) => format!("dictionary[{at}]"),
            None => String::new(),
        }
    }
}

fn of_world(name: &WorldName) -> KnownName {
    KnownName { thing: WORLD | name.number, weak: name.is_weak, user: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_are_known() {
        let lexicon = Lexicon::new(&UserEntries::default()).expect("word lists");
        let flags = |form: &str| lexicon.form(form).map_or(TriggerFlags::EMPTY, |form| lexicon.entry(form).flags);
        for form in ["الروسي", "روسيه", "الاوكرانيين", "روس", "الاتراك"] {
            assert!(flags(form).contains(TriggerFlag::Norp), "{form}");
        }
        assert!(!flags("روسيا").contains(TriggerFlag::Norp), "Russia, though also the accusative of Russian");
        assert!(flags("رئيسه").contains_all(TriggerFlags::of(&[TriggerFlag::Title, TriggerFlag::Pronoun])));
        assert!(!flags("مديره").contains(TriggerFlag::Definite) && flags("المديره").contains(TriggerFlag::Definite));
        let form = lexicon.form("الولايات").expect("a name begins with it");
        assert!(lexicon.whole_name(form, [hash("المتحده")].into_iter()).is_some());
    }

    #[test]
    fn presidents_are_those_of_the_list() {
        let lexicon = Lexicon::new(&UserEntries::default()).expect("word lists");
        let head = |word: &str| lexicon.head(lexicon.form(word).map_or(0, |form| lexicon.entry(form).head));
        assert_eq!(lexicon.holder(head("الرئيس"), "Q159", false), Some("Q7747"));
        assert_eq!(lexicon.holder(head("الرئيس"), "Q159", true), None, "a former one is another");
        assert_eq!(lexicon.holder(head("وزير"), "Q159", false), None);
        assert_eq!(lexicon.country_of_holder(head("رئيس"), "Q7747"), Some("Q159"));
        assert!(head("ملك").of_country && !head("مدير").of_country);
    }

    #[test]
    fn a_thing_has_a_place() {
        let lexicon = Lexicon::new(&UserEntries::default()).expect("word lists");
        let form = lexicon.form("بكين").expect("a name");
        let thing = lexicon.whole_name(form, std::iter::empty()).map_or(WORLD - 1, |name| name.thing);
        assert!(lexicon.place(thing).starts_with("plugins/entities/data/places.toml:"), "{}", lexicon.place(thing));
        assert_eq!(lexicon.place(WORLD - 1), "");
    }

    /// It would take minutes, were each name compared with all that begin with the same word.
    #[test]
    fn many_of_one_first_name() {
        let last = |at: usize| format!("س{at}");
        let entry = |at: usize| RegisterEntry {
            id: Some(at.to_string()),
            kind: Kind::Person,
            name: format!("محمد {}", last(at)),
            variants: Vec::new(),
        };
        const COUNT: usize = 40_000;
        let entries: Vec<RegisterEntry> = (0..COUNT).map(entry).collect();
        let mut user = UserEntries::default();
        user.add_dictionary(&entries).expect("good entries");
        let lexicon = Lexicon::new(&user).expect("word lists");
        let form = lexicon.form("محمد").expect("a form");
        let found = |word: &str| lexicon.whole_name(form, std::iter::once(hash(&fold(word)))).map(|name| name.thing);
        let ids = (0..COUNT).map(|at| found(&last(at)).map(|thing| lexicon.things[thing as usize].id.clone()));
        assert!(ids.eq((0..COUNT).map(|at| Some(at.to_string()))));
        assert!((0..COUNT).all(|_| found("غير").is_none()));
        assert_eq!(lexicon.place(found("س7").unwrap_or(0)), "dictionary[7]");
    }
}
