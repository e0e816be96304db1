//! Who holds a title, and which office it is.

use std::borrow::Cow;
use std::collections::HashMap;

use khabar_core::kinds::Entity;
use khabar_extractor::{Cancel, Doc, ExtractError};

use super::Namer;
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};
use crate::mention::Mention;
use crate::segments::{self, Segment};

/// ،
const ARABIC_COMMA: &str = "\u{60c}";

/// Notes on every title the person who stands next to it: الرئيس الروسي فلاديمير بوتين; يوري أوشاكوف، مستشار بوتين.
pub(super) fn find_holders(doc: &Doc<'_>, segments: &[Segment], mentions: &mut [Mention]) {
    let comma = |at: usize| {
        segments.get(at).is_some_and(|segment| matches!(segments::folded(doc, segment), ARABIC_COMMA | "," | "-" | "("))
    };
    // People do not overlap, so that both their starts and their ends are in order.
    let mut people: Vec<Person> = Vec::new();
    let all = mentions.iter().enumerate().filter(|(_, m)| m.kind == Kind::Person);
    people.extend(all.map(|(at, m)| Person { at: at as u32, start: m.start, end: m.end, taken: false }));
    if people.is_empty() {
        return;
    }
    let starting = |people: &[Person], start: u32| {
        let at = people.partition_point(|person| person.start < start);
        people.get(at).is_some_and(|person| person.start == start).then_some(at)
    };
    let ending = |people: &[Person], end: u32| {
        let at = people.partition_point(|person| person.end < end);
        people.get(at).is_some_and(|person| person.end == end).then_some(at)
    };
    let mut outer_end = 0;
    for m in mentions.iter_mut().filter(|m| m.kind == Kind::Title) {
        let inner = m.end <= outer_end;
        outer_end = outer_end.max(m.end);
        if inner && m.end == outer_end {
            continue;
        }
        let over_comma = || starting(&people, m.end + 1).filter(|_| comma(m.end as usize));
        let after = starting(&people, m.end).or_else(over_comma);
        let before = || {
            let apposition = m.skip == 0 && 0 < m.start && comma(m.start as usize - 1);
            if apposition { ending(&people, m.start - 1) } else { None }
        };
        if let Some(holder) = after.filter(|at| !people[*at].taken).or_else(before) {
            people[holder].taken = true;
            m.holder = Some(people[holder].at);
        }
    }
}

/// A mention of a person.
struct Person {
    at: u32,
    start: u32,
    end: u32,
    /// Whether a title is this person's.
    taken: bool,
}

/// An office as the document speaks of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Office<'a> {
    /// The head's lemma.
    head: u32,
    former: bool,
    /// The key of what it is of beside the country, with a dot behind it; empty where it is of nothing else: وزراء.
    complement: String,
    /// Id of the country or organisation that it is of.
    of: Option<Cow<'a, str>>,
}

/// A title and what is known of it.
struct Title<'a> {
    /// Its mention.
    at: usize,
    office: Office<'a>,
    holder: Option<Cow<'a, str>>,
}

/// Gives titles their ids and holders: titles of one head that one person holds are one office, and so are titles of
/// one head of one country.
pub(super) fn name_offices<'a>(
    namer: &Namer<'_, 'a>,
    mentions: &[Mention],
    identities: &mut [Entity<'a>],
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let mut titles: Vec<Title<'a>> = mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| m.kind == Kind::Title)
        .map(|(at, _)| title(namer, mentions, identities, at))
        .collect();
    let mut holder_of: HashMap<Office<'a>, Cow<'a, str>> = HashMap::new();
    let mut office_of: HashMap<(u32, Cow<'a, str>), Office<'a>> = HashMap::new();
    for Title { office, holder, .. } in titles.iter().filter(|title| title.office.of.is_some()) {
        let Some(holder) = holder else { continue };
        holder_of.entry(office.clone()).or_insert_with(|| holder.clone());
        // الوزير الأمريكي is the one whose field the document has said.
        if !namer.lexicon.head(office.head).of_country && !office.complement.is_empty() {
            let short = Office { complement: String::new(), ..office.clone() };
            holder_of.entry(short).or_insert_with(|| holder.clone());
        }
        office_of.entry((office.head, holder.clone())).or_insert_with(|| office.clone());
    }
    cancel.check()?;
    adopt_holders(mentions, &mut titles);
    for (step, Title { at, office, holder }) in titles.into_iter().enumerate() {
        cancel.check_at(step)?;
        let head = namer.lexicon.head(office.head);
        let is_plain = office.complement.is_empty();
        let known_holder = || {
            let of = office.of.as_deref().filter(|_| is_plain)?;
            namer.lexicon.holder(head, of, office.former).map(Cow::Borrowed)
        };
        let holder = holder.or_else(|| holder_of.get(&office).cloned()).or_else(known_holder);
        let of = office.of.or_else(|| {
            let holder = holder.as_ref()?;
            let known = office_of.get(&(office.head, holder.clone())).and_then(|office| office.of.clone());
            let of_president = || namer.lexicon.country_of_holder(head, holder).filter(|_| is_plain).map(Cow::Borrowed);
            known.or_else(of_president)
        });
        let former = if office.former { "former." } else { "" };
        let of = of.filter(|_| head.of_country);
        let complement = if of.is_some() { office.complement.as_str() } else { "" };
        if let Some(of) = of.as_ref().or(holder.as_ref()) {
            let mut id = String::new();
            Kind::Title.push_key(&mut id);
            id.extend([former, &head.lemma, ".", complement, of]);
            (identities[at].id, identities[at].linked) = (id.into(), false);
        }
        identities[at].holder = holder;
    }
    Ok(())
}

/// What the words of a title say of it.
fn title<'a>(namer: &Namer<'_, 'a>, mentions: &[Mention], identities: &[Entity<'a>], at: usize) -> Title<'a> {
    let mention = &mentions[at];
    let segments = &namer.segments[mention.start as usize..mention.end as usize];
    let direct = |m: &&Mention| mention.start < m.start && m.end <= mention.end;
    let of = mentions[at + 1..]
        .iter()
        .take_while(|m| m.start < mention.end)
        .filter(direct)
        .position(|m| matches!(m.kind, Kind::Norp | Kind::Gpe))
        .filter(|_| simple(mention, mentions, at))
        .map(|offset| at + 1 + offset);
    let complement = of.map(|of| complement(namer, mention, &mentions[of])).unwrap_or_default();
    let of = of.map(|of| match &identities[of].id {
        Cow::Borrowed(id) => Cow::Borrowed(id.trim_start_matches("norp.")),
        Cow::Owned(id) => Cow::Owned(id.trim_start_matches("norp.").to_owned()),
    });
    Title {
        at,
        office: Office {
            head: namer.lexicon.entry(segments[0].known.form).head,
            former: segments.iter().any(|segment| segment.known.has(TriggerFlag::Former)),
            complement,
            of,
        },
        holder: mention.holder.map(|person| identities[person as usize].id.clone()),
    }
}

/// The key of the words of a title between its head and its country that say what it is of.
fn complement(namer: &Namer<'_, '_>, title: &Mention, country: &Mention) -> String {
    const QUALIFIER: TriggerFlags = TriggerFlags::of(&[
        TriggerFlag::Adjective,
        TriggerFlag::Indefinite,
        TriggerFlag::Former,
        TriggerFlag::Norp,
        TriggerFlag::Preposition,
    ]);
    let mut key = String::new();
    for segment in &namer.segments[title.start as usize + 1..country.start as usize] {
        if !segment.known.flags.intersects(QUALIFIER) {
            namer.lexicon.name_keys.push(segments::folded(namer.doc, segment), segment.hash, &mut key);
            key.push('.');
        }
    }
    key
}

/// A title that names nothing of its own (المتحدث), or is somebody's (مبعوث ترامب), has the holder whom the document gives to
/// such a title of the same head, if that is one person.
fn adopt_holders<'a>(mentions: &[Mention], titles: &mut [Title<'a>]) {
    let open = |title: &Title<'_>| {
        let mention = &mentions[title.at];
        let mut inside = mentions[title.at + 1..].iter().take_while(|m| m.start < mention.end);
        let alone = mention.end == mention.start + 1;
        title.holder.is_none() && (alone || inside.any(|m| matches!(m.kind, Kind::Person | Kind::Title)))
    };
    let mut holders: HashMap<u32, Option<Cow<'a, str>>> = HashMap::new();
    for Title { office, holder, .. } in titles.iter() {
        let Some(holder) = holder else { continue };
        let known = holders.entry(office.head).or_insert_with(|| Some(holder.clone()));
        if known.as_ref() != Some(holder) {
            *known = None;
        }
    }
    for title in titles.iter_mut().filter(|title| open(title)) {
        title.holder = holders.get(&title.office.head).cloned().flatten();
    }
}

/// A title whose country is its own, not that of another title, person or organisation inside it.
fn simple(mention: &Mention, mentions: &[Mention], at: usize) -> bool {
    mentions[at + 1..].iter().take_while(|m| m.start < mention.end).all(|m| matches!(m.kind, Kind::Norp | Kind::Gpe))
}
