//! How the lexicon is compiled.

use std::collections::{BTreeMap, HashMap};

use khabar_arabic::{WordMap, fold, hash};
use khabar_lexicon::inflect::{POSSESSIVES, accusative, definite, dual, feminine, possessed, without_article};
use khabar_lexicon::shared::countries::{COUNTRIES, CountryWord};
use khabar_lexicon::{Entry, Feature, Form, LexiconError, PhraseTree, WordList};

use super::flags::{TitleUse, TriggerFlag, TriggerFlags};
use super::user::{UserEntries, UserEntry};
use super::words::{self, KnownThing, NameHead, People, TitleHead, TitleWord};
use super::{FormEntry, Head, KnownName, Lexicon, Namesake, Origin, Thing};
use crate::kind::Kind;
use crate::name_key::NameKeys;
use crate::register::{WORLD_FILE, World};

/// Names that begin with one word, by the hashes of the words behind it.
type Rests = BTreeMap<Box<[u64]>, KnownName>;

/// Forms and names while they are gathered.
#[derive(Default)]
struct Builder {
    forms: HashMap<String, FormEntry>,
    names: HashMap<String, Rests>,
    /// Folded whole names.
    whole: HashMap<String, u32>,
    things: Vec<Thing>,
    heads: Vec<Head>,
    presidents: BTreeMap<String, String>,
    namesakes: BTreeMap<u32, Namesake>,
}

impl Lexicon {
    /// The built-in lexicon with the user's entries on top.
    ///
    /// # Errors
    /// Where a word list of the house cannot be read, which a test rules out.
    pub(crate) fn new(user: &UserEntries) -> Result<Self, LexiconError> {
        let mut builder = Builder { heads: vec![Head::default()], ..Builder::default() };
        builder.countries()?;
        WordList::<People>::read(&words::NORPS)?.entries.iter().try_for_each(|entry| builder.people(entry))?;
        for file in [words::PLACES, words::ORGANISATIONS, words::EVENTS, words::PEOPLE] {
            WordList::read(&file)?.entries.iter().try_for_each(|entry| builder.thing_of(entry))?;
        }
        WordList::read(&words::TITLES)?.entries.iter().for_each(|entry| builder.titles(entry));
        for entry in &WordList::<TitleWord>::read(&words::TITLE_WORDS)?.entries {
            builder.words(entry, entry.meaning.flags())?;
        }
        for entry in &WordList::<NameHead>::read(&words::TRIGGERS)?.entries {
            builder.words(entry, entry.meaning.flags())?;
        }
        user.iter().for_each(|entry| builder.user(entry));
        Ok(builder.finish(NameKeys::new()?, user.register()))
    }

    /// The key of a name of a kind.
    fn key_of(&self, kind: Kind, name: &str) -> String {
        let mut key = String::new();
        kind.push_key(&mut key);
        for (at, word) in fold(name).split_whitespace().enumerate() {
            if at != 0 {
                key.push('.');
            }
            self.name_keys.push(word, hash(word), &mut key);
        }
        key
    }
}

impl Builder {
    fn form(&mut self, form: &str, flags: TriggerFlags) -> &mut FormEntry {
        let entry = self.forms.entry(fold(form).into_owned()).or_default();
        entry.flags = entry.flags.union(flags);
        entry
    }

    /// A form, and the same with the article.
    fn with_article(&mut self, form: &str, flags: TriggerFlags, mut note: impl FnMut(&mut FormEntry)) {
        note(self.form(form, flags));
        note(self.form(&definite(form), flags.with(TriggerFlag::Definite)));
    }

    /// Single words in all their forms.
    fn words<M>(&mut self, entry: &Entry<M>, flags: TriggerFlags) -> Result<(), LexiconError> {
        for form in entry.forms() {
            if form.text.contains(' ') {
                return Err(entry.error(format!("{:?} is a phrase: single words are looked up here", form.text)));
            }
            let article = form.features.contains(Feature::Definite);
            self.form(&form.text, if article { flags.with(TriggerFlag::Definite) } else { flags });
        }
        Ok(())
    }

    fn thing(&mut self, id: &str, name: &str, kind: Kind, origin: Origin) -> u32 {
        self.things.push(Thing { id: id.to_owned(), name: name.to_owned(), kind, origin });
        self.things.len() as u32 - 1
    }

    fn listed<M>(&mut self, id: &str, entry: &Entry<M>, kind: Kind) -> u32 {
        self.thing(id, entry.usual(), kind, Origin::List(entry.place().into()))
    }

    /// A name, unless it is known better: a user's takes the place of any other, and of the others the first that is not
    /// weak counts.
    fn name(&mut self, name: &str, known: KnownName) {
        let folded = fold(name);
        let mut words = folded.split_whitespace();
        let Some(first) = words.next() else { return };
        let rests = self.names.entry(first.to_owned()).or_default();
        let rest: Box<[u64]> = words.map(hash).collect();
        match rests.get(&rest).copied() {
            Some(before) if !known.user && (before.user || !before.weak) => return,
            Some(_) if !known.user && known.weak => {}
            _ => {
                rests.insert(rest, known);
            }
        }
        let whole = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        if known.user {
            self.whole.insert(whole, known.thing);
        } else {
            self.whole.entry(whole).or_insert(known.thing);
        }
        let article = if without_article(first).is_some() { TriggerFlag::Definite.set() } else { TriggerFlags::EMPTY };
        self.form(first, article.with(TriggerFlag::First));
    }

    /// The countries with their peoples. What only amounts of money go by is no name.
    fn countries(&mut self) -> Result<(), LexiconError> {
        let (mut known, mut peoples, mut nationalities) = (HashMap::new(), HashMap::new(), Vec::new());
        for entry in COUNTRIES.entries()? {
            let id = entry.id.as_deref().unwrap_or_default();
            match entry.meaning {
                CountryWord::Name(_) | CountryWord::OtherName(_) => {
                    let thing = *known.entry(id).or_insert_with(|| self.listed(id, entry, Kind::Gpe));
                    let name = KnownName { thing, weak: false, user: false };
                    for word in &entry.words {
                        self.name(word, name);
                        if !word.contains(' ') {
                            self.form(word, TriggerFlag::Country.set());
                        }
                    }
                }
                CountryWord::Nationality(_) | CountryWord::OtherNationality(_) => {
                    let list = || self.listed(&format!("norp.{id}"), entry, Kind::Norp);
                    let thing = *peoples.entry(id).or_insert_with(list);
                    nationalities.push((thing, entry));
                }
                CountryWord::MoneyName(_) | CountryWord::MoneyNationality(_) => {}
            }
        }
        // When all countries are known, since some are written like a nationality in the accusative.
        nationalities.into_iter().for_each(|(thing, entry)| self.norp(thing, entry, true));
        Ok(())
    }

    fn people(&mut self, entry: &Entry<People>) -> Result<(), LexiconError> {
        let People::Norp = entry.meaning;
        let Some(id) = &entry.id else { return Err(entry.error("a people needs an `id`")) };
        let thing = self.listed(&format!("norp.{id}"), entry, Kind::Norp);
        self.norp(thing, entry, false);
        Ok(())
    }

    /// A people. `كوري شمالي` is known by its first word, which is a people of its own.
    fn norp<M>(&mut self, thing: u32, entry: &Entry<M>, is_nationality: bool) {
        let forms = entry.forms().into_iter().filter(|form| !form.text.contains(' '));
        // روسيا is Russia more often than "Russian" in the accusative, and عربيا more often an adverb.
        let counts = |builder: &Self, form: &Form| {
            !form.features.contains(Feature::Accusative)
                || is_nationality && !builder.names.contains_key(&*fold(&form.text))
        };
        let forms: Vec<Form> = forms.filter(|form| counts(self, form)).collect();
        for form in forms {
            let article = form.features.contains(Feature::Definite);
            let flags = if article { TriggerFlag::Definite.set() } else { TriggerFlags::EMPTY };
            self.form(&form.text, flags.with(TriggerFlag::Norp)).norp = thing;
        }
    }

    /// A thing of the lists of names.
    fn thing_of(&mut self, entry: &Entry<KnownThing>) -> Result<(), LexiconError> {
        let KnownThing { kind, value: notes } = &entry.meaning;
        if let Some(stray) = notes.weak.iter().find(|weak| !entry.words.contains(weak)) {
            return Err(entry.error(format!("{stray:?} is `weak`, but not among `words`")));
        }
        let id = entry.id.as_deref().unwrap_or_default();
        if let Some(country) = &notes.heads
            && let Some(other) = self.presidents.insert(country.clone(), id.to_owned())
        {
            return Err(entry.error(format!("{country} has two presidents: {other} and {id}")));
        }
        let thing = self.listed(id, entry, *kind);
        for word in &entry.words {
            if let (Some((of, code)), Some(other)) = (&notes.of, self.whole.get(&*fold(word))) {
                self.namesakes.insert(*other, Namesake { thing, of: of.clone(), code: code.clone() });
            }
            self.name(word, KnownName { thing, weak: notes.weak.contains(word), user: false });
        }
        Ok(())
    }

    fn titles(&mut self, entry: &Entry<TitleHead>) {
        let TitleHead::Title(uses) = &entry.meaning;
        let flags = uses.iter().fold(TriggerFlag::Title.set(), |all, one| all.union(one.flags()));
        let is = |wanted: &[TitleUse]| uses.iter().any(|one| wanted.contains(one));
        for word in &entry.words {
            self.heads.push(Head {
                lemma: fold(word).into_owned(),
                of_country: is(&[TitleUse::OfCountry, TitleUse::President]),
                president: is(&[TitleUse::President]),
            });
            let head = self.heads.len() as u32 - 1;
            let note = |entry: &mut FormEntry| entry.head = head;
            self.with_article(word, flags, note);
            if !is(&[TitleUse::Masculine]) {
                self.with_article(&feminine(word), flags, note);
            }
            // رئيسا للبرلمان, and رائدا الفضاء, which is written alike.
            if let Some(predicate) = accusative(word) {
                note(self.form(&predicate, flags.with(TriggerFlag::TitlePredicate)));
            }
            for both in dual(word) {
                let flags = TriggerFlags::of(&[TriggerFlag::Title, TriggerFlag::TitleDual, TriggerFlag::Definite]);
                note(self.form(&definite(&both), flags));
            }
            if is(&[TitleUse::Pronoun, TitleUse::PronounOnly]) {
                for pronoun in POSSESSIVES {
                    // رئيسه is "his president" and, folded, رئيسة: the grammar decides by what follows.
                    note(self.form(&possessed(word, pronoun), flags.with(TriggerFlag::Pronoun)));
                }
            }
        }
    }

    fn user(&mut self, UserEntry { entry, origin }: UserEntry<'_>) {
        let thing = self.thing(entry.id.as_deref().unwrap_or_default(), &entry.name, entry.kind, origin);
        for name in std::iter::once(&entry.name).chain(&entry.variants) {
            self.name(name, KnownName { thing, weak: false, user: true });
        }
    }

    fn finish(mut self, name_keys: NameKeys, register: String) -> Lexicon {
        let mut known_names = PhraseTree::default();
        let mut firsts: Vec<_> = std::mem::take(&mut self.names).into_iter().collect();
        firsts.sort_by(|a, b| a.0.cmp(&b.0));
        for (first, rests) in firsts {
            self.form(&first, TriggerFlag::First.set()).names = known_names.add(rests);
        }
        let mut forms: Vec<_> = self.forms.into_iter().collect();
        forms.sort_by(|a, b| a.0.cmp(&b.0));
        let world = World::new(WORLD_FILE);
        for (form, entry) in &mut forms {
            if let Some(first) = world.first(hash(form)) {
                entry.world = first + 1;
                entry.flags = entry.flags.with(TriggerFlag::WorldFirst);
            }
        }
        let mut lexicon = Lexicon {
            forms: WordMap::new(forms.iter().map(|(form, _)| form).zip(1..)),
            entries: std::iter::once(FormEntry::default()).chain(forms.iter().map(|(_, entry)| *entry)).collect(),
            known_names,
            things: self.things,
            heads: self.heads,
            name_keys,
            keys: WordMap::new(std::iter::empty::<(&str, u32)>()),
            presidents: self.presidents,
            namesakes: self.namesakes,
            register,
            world,
            world_entries: [TriggerFlags::EMPTY, TriggerFlag::Definite.set()]
                .map(|article| FormEntry { flags: article.with(TriggerFlag::WorldFirst), ..FormEntry::default() }),
        };
        let mut keys = HashMap::new();
        let mut names: Vec<_> = self.whole.into_iter().collect();
        names.sort();
        for (name, at) in names {
            let key = lexicon.key_of(lexicon.things[at as usize].kind, &name);
            keys.entry(key).or_insert(at);
        }
        let mut keys: Vec<_> = keys.into_iter().collect();
        keys.sort_unstable();
        lexicon.keys = WordMap::new(keys);
        for at in 0..lexicon.things.len() {
            if lexicon.things[at].id.is_empty() {
                lexicon.things[at].id = lexicon.id_in_world(&lexicon.things[at]);
            }
            if lexicon.things[at].id.is_empty() {
                lexicon.things[at].id = lexicon.key_of(lexicon.things[at].kind, &lexicon.things[at].name);
            }
        }
        lexicon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_of_two_of_one_name_counts() {
        let name = |thing| KnownName { thing, weak: false, user: false };
        let weak = |thing| KnownName { weak: true, ..name(thing) };
        let user = |thing| KnownName { user: true, ..name(thing) };
        for (names, counts, first) in [
            ([weak(1), weak(2), name(3)], name(3), 1),
            ([weak(1), weak(2), weak(3)], weak(1), 1),
            ([name(1), weak(2), name(3)], name(1), 1),
            ([weak(1), user(2), name(3)], user(2), 2),
            ([user(1), user(2), weak(3)], user(2), 2),
        ] {
            let mut builder = Builder::default();
            names.iter().for_each(|known| builder.name("بيروت", *known));
            assert_eq!(builder.names["بيروت"].get(&[][..]), Some(&counts), "{names:?}");
            assert_eq!(builder.whole["بيروت"], first, "{names:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_told_with_its_place() {
        let read = |text: &'static str| {
            let file = khabar_extractor::LexiconFile { file: "data/a.toml", text };
            WordList::<KnownThing>::read(&file)
                .and_then(|list| list.entries.iter().try_for_each(|entry| Builder::default().thing_of(entry)))
                .expect_err(text)
                .to_string()
        };
        let stray =
            read("source = \"s\"\nentry = [{ class = \"gpe\", words = [\"صور\"], value = { weak = [\"فاس\"] } }]");
        assert_eq!(stray, "data/a.toml:2:10: \"فاس\" is `weak`, but not among `words`");
        let kind = read("source = \"s\"\nentry = [{ class = \"gpee\", words = [\"صور\"] }]");
        assert!(kind.starts_with("data/a.toml:2:10: unknown variant `gpee`, expected one of `person`"), "{kind}");
        let uses = khabar_extractor::LexiconFile {
            file: "data/b.toml",
            text: "source = \"s\"\nentry = [{ class = \"title\", value = [\"pronon\"], words = [\"رئيس\"] }]",
        };
        let uses = WordList::<TitleHead>::read(&uses).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(uses.starts_with("data/b.toml:2:10: unknown variant `pronon`, expected one of `bare`"), "{uses}");
        let phrase = khabar_extractor::LexiconFile {
            file: "data/c.toml",
            text: "source = \"s\"\nentry = [{ class = \"stop\", words = [\"العام الماضي\"] }]",
        };
        let entries = WordList::<TitleWord>::read(&phrase).expect("a list").entries;
        let phrase = Builder::default().words(&entries[0], TriggerFlag::Stop.set()).expect_err("a phrase").to_string();
        assert!(phrase.starts_with("data/c.toml:2:10: \"العام الماضي\" is a phrase"), "{phrase}");
    }
}
