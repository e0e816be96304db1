//! What is known of words and names, compiled once from the data files and the user's entries.

mod files;
mod names;
mod user;

use std::collections::HashMap;

use khabar_arabic::{WordMap, fold, hash};

use crate::identity::push_key;
use crate::kind::Kind;
pub(crate) use files::FILES;
use files::File;
use names::{Names, Phrase, Rests};
pub use user::{Dictionary, LexiconError, RegisterEntry};

/// A set of roles that a word form can play, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles(pub(crate) u32);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Roles {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*
        }
    };
}

roles! {
    /// The form has the article.
    DEFINITE = 0;
    /// The form has a pronoun of possession.
    PRONOUN = 1;
    /// The head of a title.
    TITLE = 2;
    /// The definite head alone stands for a person.
    TITLE_BARE = 3;
    /// The head counts before a name alone.
    TITLE_LONE = 4;
    /// The head counts with a complement alone.
    TITLE_COMPLEMENT = 5;
    /// A complement with في may follow the title.
    TITLE_IN = 6;
    /// A complement with إلى may follow the title.
    TITLE_TO = 7;
    /// Head + pronoun stands for a person.
    TITLE_PRONOUN = 8;
    /// The head alone is no title.
    TITLE_PRONOUN_ONLY = 9;
    /// Stands after a definite head of a title.
    ADJECTIVE = 10;
    /// Stands after an indefinite head of a title.
    INDEFINITE = 11;
    /// The office is no longer held.
    FORMER = 12;
    /// What ministers are of.
    PORTFOLIO = 13;
    /// باسم, لدى.
    PREPOSITION = 14;
    /// A definite word that is never part of a name.
    STOP = 15;
    /// A nisba adjective or the name of a people.
    NORP = 16;
    /// The head of the name of an organisation.
    ORG = 17;
    /// The head of the name of a building.
    FAC = 18;
    /// The head of the name of a landscape.
    LOC = 19;
    /// The head of the name of a place with a government.
    GPE = 20;
    /// The head of the name of an event.
    EVENT = 21;
    /// What is before the name of a thing that is made.
    PRODUCT = 22;
    /// The head belongs to the name.
    PHRASE = 23;
    /// What follows the head is the name.
    NAME = 24;
    /// The definite head alone is an entity.
    BARE = 25;
    /// Only what stands in quotation marks is the name.
    QUOTED = 26;
    /// The first word of a known name.
    FIRST = 27;
    /// Written with the alef of the article cut off.
    CUT = 28;
    /// Complements joined by و follow the first: وزارة الزراعة والري.
    JOINED = 29;
    /// Also a common noun, so that its complement has to be a name or a nisba.
    STRICT = 30;
    /// An adjective that makes no name of its noun: المركز الثاني.
    ORDINARY = 31;
}

impl Roles {
    /// Whether all bits of `other` are set.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any bit of `other` is set.
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What is known of a folded word form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fact {
    pub(crate) roles: Roles,
    /// The entry of a norp, the lemma of a title's head; an index into [`Lexicon::entries`] or [`Lexicon::heads`].
    pub(crate) entry: u32,
    /// The head's lemma.
    pub(crate) head: u32,
    /// From where known names go on that begin with this form: a node of the [`Names`].
    names: u32,
}

/// A thing that is known by name.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its Wikidata id or the user's; else the key of its name.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The numbers of the forms.
    forms: WordMap<u32>,
    /// What is known of each form; of the first, which is none, nothing.
    facts: Vec<Fact>,
    known_names: Names,
    pub(crate) entries: Vec<Entry>,
    /// Lemmas of title heads.
    pub(crate) heads: Vec<String>,
    /// Variant given names, folded, and the name that they count as.
    pub(crate) nicknames: WordMap<String>,
    /// Given names whose long vowels tell them from others.
    pub(crate) given: WordMap<()>,
    /// Folded whole names to entries.
    pub(crate) names: HashMap<String, u32>,
    /// Keys of names to the entries that have them.
    pub(crate) keys: WordMap<u32>,
    /// Country → who heads it, and the other way.
    leaders: Vec<(String, String)>,
}

/// Heads of titles that are the first of a country.
const FIRST_OF_A_COUNTRY: [&str; 8] = ["رئيس", "ملك", "امير", "سلطان", "عاهل", "امبراطور", "زعيم", "مرشد"];

/// Facts and phrases while they are gathered.
#[derive(Default)]
struct Builder {
    forms: HashMap<String, Fact>,
    phrases: HashMap<String, Rests>,
    entries: Vec<Entry>,
    heads: Vec<String>,
    names: HashMap<String, u32>,
    leaders: Vec<(String, String)>,
}

impl Lexicon {
    /// The built-in lexicon with the user's entries on top.
    pub(crate) fn new(dictionary: &Dictionary) -> Self {
        let mut builder = Builder::default();
        builder.countries();
        builder.norps();
        builder.register(files::PLACES, None);
        builder.register(files::ORGANISATIONS, Some(Kind::Org));
        builder.register(files::EVENTS, None);
        builder.people();
        builder.titles();
        builder.title_words();
        builder.triggers();
        for entry in &dictionary.entries {
            builder.user(entry);
        }
        builder.finish()
    }

    /// The number of a folded form, from 1.
    pub(crate) fn form(&self, folded: &str) -> Option<u32> {
        self.forms.get(folded).copied()
    }

    /// What is known of the form with a number; nothing of number 0.
    #[inline]
    pub(crate) fn fact(&self, form: u32) -> &Fact {
        // There is always the first.
        self.facts.get(form as usize).unwrap_or(&self.facts[0])
    }

    /// The lemma of a title's head.
    pub(crate) fn head(&self, head: u32) -> &str {
        (head as usize).checked_sub(1).and_then(|at| self.heads.get(at)).map_or("", String::as_str)
    }

    /// Whether titles of this head are told apart by country: رئيس, ملك.
    pub(crate) fn heads_a_country(&self, head: &str) -> bool {
        FIRST_OF_A_COUNTRY.contains(&head)
    }

    /// Id of the head of state of a country, as far as the register knows.
    pub(crate) fn holder(&self, head: &str, country: &str, former: bool) -> Option<&str> {
        let known = head == "رئيس" && !former;
        self.leaders.iter().find(|(of, _)| known && of == country).map(|(_, person)| person.as_str())
    }

    /// Id of the country that a person is the head of.
    pub(crate) fn country_of_head(&self, head: &str, person: &str) -> Option<&str> {
        self.leaders.iter().find(|(_, who)| head == "رئيس" && who == person).map(|(country, _)| country.as_str())
    }

    /// The key of a name.
    fn key_of(&self, entry: &Entry) -> String {
        let mut key = format!("{}:", entry.kind.name());
        for (at, word) in fold(&entry.name).split_whitespace().enumerate() {
            if at != 0 {
                key.push('.');
            }
            push_key(self, word, hash(word), &mut key);
        }
        key
    }

    /// The longest known name that begins with a form, goes on with the hashes of these words, and for which something holds;
    /// and how many of the words it takes.
    pub(crate) fn longest_name(
        &self,
        form: u32,
        words: impl Iterator<Item = u64>,
        holds: impl Fn(Phrase) -> bool,
    ) -> Option<(Phrase, usize)> {
        self.known_names.longest(self.fact(form).names, words, holds)
    }

    /// The known name that is a form and the hashes of exactly these words.
    pub(crate) fn whole_name(&self, form: u32, words: impl Iterator<Item = u64>) -> Option<Phrase> {
        self.known_names.whole(self.fact(form).names, words)
    }
}

impl Builder {
    fn fact(&mut self, form: &str, roles: Roles) -> &mut Fact {
        let fact = self.forms.entry(fold(form).into_owned()).or_default();
        fact.roles = fact.roles.with(roles);
        fact
    }

    /// A form with and without the article.
    fn inflected(&mut self, form: &str, roles: Roles, mut note: impl FnMut(&mut Fact)) {
        let folded = fold(form);
        if let Some(bare) = folded.strip_prefix("ال").filter(|rest| form.starts_with("ال") && 4 < rest.len()) {
            note(self.fact(&folded, roles.with(Roles::DEFINITE)));
            note(self.fact(bare, roles));
        } else {
            note(self.fact(&folded, roles));
            note(self.fact(&format!("ال{folded}"), roles.with(Roles::DEFINITE)));
        }
    }

    fn entry(&mut self, id: &str, name: &str, kind: Kind) -> u32 {
        let id = if id == "-" { String::new() } else { id.to_owned() };
        self.entries.push(Entry { id, name: name.to_owned(), kind });
        self.entries.len() as u32 - 1
    }

    fn phrase(&mut self, name: &str, entry: u32, user: bool) {
        let (name, weak) = name.strip_suffix('=').map_or((name, false), |name| (name, true));
        let folded = fold(name);
        let mut words = folded.split_whitespace();
        let Some(first) = words.next() else { return };
        let rest = words.map(hash).collect();
        if !self.phrases.entry(first.to_owned()).or_default().add(rest, Phrase { entry, weak, user }) {
            return;
        }
        let whole = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        if user {
            self.names.insert(whole, entry);
        } else {
            self.names.entry(whole).or_insert(entry);
        }
        let definite = if first.starts_with("ال") { Roles::DEFINITE } else { Roles::default() };
        self.fact(first, Roles::FIRST.with(definite));
    }

    fn countries(&mut self) {
        for row in File::new(files::COUNTRIES).rows() {
            let [id, names, adjectives, plurals] = row.columns();
            let usual = names.split(';').next().unwrap_or_default().trim();
            let entry = self.entry(id, usual, Kind::Gpe);
            for name in items(names) {
                self.phrase(name, entry, false);
            }
            self.norp(&format!("norp.{id}"), adjectives, plurals);
        }
    }

    fn norps(&mut self) {
        for row in File::new(files::NORPS).rows() {
            let [key, adjectives, plurals] = row.columns();
            self.norp(&format!("norp.{key}"), adjectives, plurals);
        }
    }

    fn norp(&mut self, id: &str, adjectives: &str, plurals: &str) {
        let Some(usual) = items(adjectives).chain(items(plurals)).next() else { return };
        let entry = self.entry(id, usual.trim_end_matches('='), Kind::Norp);
        let note = |fact: &mut Fact| fact.entry = entry;
        for adjective in items(adjectives) {
            if let Some(as_is) = adjective.strip_suffix('=') {
                self.inflected(as_is, Roles::NORP, note);
                continue;
            }
            for ending in ["", "ة", "ون", "ين", "ان", "ات", "تين", "تان"] {
                self.inflected(&format!("{adjective}{ending}"), Roles::NORP, note);
            }
        }
        for plural in items(plurals).filter(|plural| !plural.ends_with('=')) {
            self.inflected(plural, Roles::NORP, note);
        }
    }

    fn register(&mut self, file: &'static str, kind: Option<Kind>) {
        for row in File::new(file).rows() {
            let (id, kind, names) = match kind {
                Some(kind) => {
                    let [id, names] = row.columns();
                    (id, kind, names)
                }
                None => {
                    let [id, kind, names] = row.columns();
                    let Some(kind) = Kind::from_name(kind) else { continue };
                    (id, kind, names)
                }
            };
            let usual = names.split(';').next().unwrap_or_default().trim().trim_end_matches('=');
            let entry = self.entry(id, usual, kind);
            for name in items(names) {
                self.phrase(name, entry, false);
            }
        }
    }

    fn people(&mut self) {
        for row in File::new(files::PEOPLE).rows() {
            let [id, names, alone, heads] = row.columns();
            if !heads.is_empty() {
                self.leaders.push((heads.to_owned(), id.to_owned()));
            }
            let usual = names.split(';').next().unwrap_or_default().trim();
            let entry = self.entry(id, usual, Kind::Person);
            for name in items(names).chain(items(alone)) {
                self.phrase(name, entry, false);
            }
        }
    }

    fn titles(&mut self) {
        for row in File::new(files::TITLES).rows() {
            let [head, uses] = row.columns();
            let mut roles = Roles::TITLE;
            for usage in uses.split_whitespace() {
                roles = roles.with(match usage {
                    "bare" => Roles::TITLE_BARE,
                    "lone" => Roles::TITLE_LONE,
                    "complement" => Roles::TITLE_COMPLEMENT,
                    "pronoun" => Roles::TITLE_PRONOUN,
                    "pronounonly" => Roles::TITLE_PRONOUN.with(Roles::TITLE_PRONOUN_ONLY),
                    "in" => Roles::TITLE_IN,
                    "to" => Roles::TITLE_TO,
                    "joined" => Roles::JOINED,
                    _ => Roles::default(),
                });
            }
            self.heads.push(fold(head).into_owned());
            let lemma = self.heads.len() as u32;
            let note = |fact: &mut Fact| fact.head = lemma;
            self.inflected(head, roles, note);
            let folded = fold(head).into_owned();
            if !folded.ends_with('ه') {
                self.inflected(&format!("{folded}ه"), roles, note);
            }
            if roles.has(Roles::TITLE_PRONOUN) {
                let stem = folded.strip_suffix('ه').map_or(folded.clone(), |stem| format!("{stem}ت"));
                for pronoun in ["ه", "ها", "هم", "نا", "هما"] {
                    let form = format!("{stem}{pronoun}");
                    // رئيسه is "his president" and, folded, رئيسة: the grammar decides by what follows.
                    note(self.fact(&form, roles.with(Roles::PRONOUN)));
                }
            }
        }
    }

    fn title_words(&mut self) {
        for row in File::new(files::TITLE_WORDS).rows() {
            let [word] = row.columns();
            let roles = match row.section {
                "adjective" => Roles::ADJECTIVE.with(Roles::DEFINITE),
                "indefinite" => Roles::INDEFINITE,
                "former" => Roles::FORMER,
                "portfolio" => Roles::PORTFOLIO,
                "preposition" => Roles::PREPOSITION,
                "stop" => Roles::STOP,
                "ordinary" => Roles::ORDINARY,
                _ => continue,
            };
            self.fact(word, roles);
        }
    }

    fn triggers(&mut self) {
        for row in File::new(files::TRIGGERS).rows() {
            let [head, uses] = row.columns();
            let mut roles = match row.section {
                "org" => Roles::ORG,
                "fac" => Roles::FAC,
                "loc" => Roles::LOC,
                "gpe" => Roles::GPE,
                "event" => Roles::EVENT,
                "product" => Roles::PRODUCT,
                _ => continue,
            };
            for usage in uses.split_whitespace() {
                roles = roles.with(match usage {
                    "phrase" => Roles::PHRASE,
                    "name" => Roles::NAME,
                    "bare" => Roles::BARE,
                    "quoted" => Roles::QUOTED,
                    "joined" => Roles::JOINED,
                    "strict" => Roles::STRICT,
                    _ => Roles::default(),
                });
            }
            self.inflected(head, roles, |_| {});
        }
    }

    fn user(&mut self, user: &RegisterEntry) {
        let id = user.id.as_deref().unwrap_or("-");
        let entry = self.entry(id, &user.name, user.kind);
        for name in std::iter::once(&user.name).chain(&user.variants) {
            self.phrase(name.trim_end_matches('='), entry, true);
        }
    }

    fn finish(mut self) -> Lexicon {
        let mut known_names = Names::default();
        let mut firsts: Vec<_> = std::mem::take(&mut self.phrases).into_iter().collect();
        firsts.sort_by(|a, b| a.0.cmp(&b.0));
        for (first, rests) in firsts {
            self.fact(&first, Roles::FIRST).names = known_names.add(rests);
        }
        let mut forms: Vec<_> = self.forms.into_iter().collect();
        forms.sort_by(|a, b| a.0.cmp(&b.0));
        let pairs = File::new(files::NICKNAMES).pairs();
        let mut lexicon = Lexicon {
            forms: WordMap::new(forms.iter().map(|(form, _)| form).zip(1..)),
            facts: std::iter::once(Fact::default()).chain(forms.iter().map(|(_, fact)| *fact)).collect(),
            known_names,
            entries: self.entries,
            heads: self.heads,
            nicknames: WordMap::new(pairs.map(|(short, long)| (short, fold(long).into_owned()))),
            given: WordMap::new(File::new(files::GIVEN_NAMES).rows().map(|row| (row.text, ()))),
            names: self.names,
            keys: WordMap::new(std::iter::empty::<(&str, u32)>()),
            leaders: self.leaders,
        };
        let mut keys = HashMap::new();
        let mut names: Vec<_> = lexicon.names.iter().collect();
        names.sort();
        for (name, at) in names {
            let entry = &lexicon.entries[*at as usize];
            let key = lexicon.key_of(&Entry { name: name.clone(), ..entry.clone() });
            keys.entry(key).or_insert(*at);
        }
        let mut keys: Vec<_> = keys.into_iter().collect();
        keys.sort_unstable();
        lexicon.keys = WordMap::new(keys);
        for at in 0..lexicon.entries.len() {
            if lexicon.entries[at].id.is_empty() {
                lexicon.entries[at].id = lexicon.key_of(&lexicon.entries[at]);
            }
        }
        lexicon
    }
}

fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(';').map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_are_known() {
        let lexicon = Lexicon::new(&Dictionary::default());
        let roles = |form: &str| lexicon.form(form).map_or(Roles::default(), |form| lexicon.fact(form).roles);
        for form in ["الروسي", "روسيه", "الاوكرانيين", "روس", "الاتراك"] {
            assert!(roles(form).has(Roles::NORP), "{form}");
        }
        assert!(roles("رئيسه").has(Roles::TITLE.with(Roles::PRONOUN)));
        assert!(lexicon.names.contains_key("الولايات المتحده"));
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
        let lexicon = Lexicon::new(&Dictionary { entries: (0..COUNT).map(entry).collect() });
        let form = lexicon.form("محمد").expect("a form");
        let found = |word: &str| lexicon.whole_name(form, std::iter::once(hash(&fold(word)))).map(|name| name.entry);
        let ids = (0..COUNT).map(|at| found(&last(at)).map(|entry| lexicon.entries[entry as usize].id.clone()));
        assert!(ids.eq((0..COUNT).map(|at| Some(at.to_string()))));
        assert!((0..COUNT).all(|_| found("غير").is_none()));
    }
}
