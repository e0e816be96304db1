//! Who holds a title, and which office it is.

use std::collections::HashMap;

use khabar_core::kinds::Entity;
use khabar_extractor::Doc;

use super::Namer;
use crate::kind::Kind;
use crate::lexicon::Roles;
use crate::mention::Mention;
use crate::units::{self, Unit};

/// Notes on every title the person who stands next to it: الرئيس الروسي فلاديمير بوتين; يوري أوشاكوف، مستشار بوتين.
pub(super) fn find_holders(doc: &Doc<'_>, units: &[Unit], mentions: &mut [Mention]) {
    let comma = |at: usize| units.get(at).is_some_and(|unit| matches!(units::folded(doc, unit), "،" | "," | "-" | "("));
    let mut starts = HashMap::new();
    let mut ends = HashMap::new();
    for (at, m) in mentions.iter().enumerate().filter(|(_, m)| m.kind == Kind::Person) {
        starts.insert(m.start, at as u32);
        ends.insert(m.end, at as u32);
    }
    let mut taken = HashMap::new();
    let mut outer_end = 0;
    for m in mentions.iter_mut().filter(|m| m.kind == Kind::Title) {
        let inner = m.end <= outer_end;
        outer_end = outer_end.max(m.end);
        if inner && m.end == outer_end {
            continue;
        }
        let after = starts.get(&m.end).or_else(|| starts.get(&(m.end + 1)).filter(|_| comma(m.end as usize)));
        let before = || {
            let apposition = m.skip == 0 && 0 < m.start && comma(m.start as usize - 1);
            ends.get(&(m.start.wrapping_sub(1))).filter(|_| apposition)
        };
        let holder = after.filter(|at| !taken.contains_key(*at)).or_else(before).copied();
        if let Some(holder) = holder {
            taken.insert(holder, ());
            m.holder = Some(holder);
        }
    }
}

/// An office as the document speaks of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Office {
    /// The head's lemma.
    head: u32,
    former: bool,
    /// Id of the country or organisation that it is of.
    of: Option<String>,
}

/// Gives titles their ids and holders: titles of one head that one person holds are one office, and so are titles of
/// one head of one country.
pub(super) fn name_offices(namer: &Namer<'_>, mentions: &[Mention], entities: &mut [Entity]) {
    let mut titles: Vec<(usize, Office, Option<String>)> = Vec::new();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind == Kind::Title) {
        let word = namer.units[mention.start as usize].word;
        let head_units = &namer.units[mention.start as usize..mention.end as usize];
        let former = head_units.iter().any(|unit| unit.word.has(Roles::FORMER));
        let holder = mention.holder.map(|person| entities[person as usize].id.clone());
        let direct = |m: &&Mention| mention.start < m.start && m.end <= mention.end;
        let of = mentions[at + 1..]
            .iter()
            .take_while(|m| m.start < mention.end)
            .filter(direct)
            .position(|m| matches!(m.kind, Kind::Norp | Kind::Gpe))
            .filter(|_| simple(mention, mentions, at))
            .map(|offset| entities[at + 1 + offset].id.trim_start_matches("norp.").to_owned());
        titles.push((at, Office { head: word.fact.head, former, of }, holder));
    }
    let mut holder_of: HashMap<Office, String> = HashMap::new();
    let mut office_of: HashMap<(u32, String), Office> = HashMap::new();
    for (_, office, holder) in &titles {
        let Some(holder) = holder else { continue };
        if office.of.is_some() {
            holder_of.entry(office.clone()).or_insert_with(|| holder.clone());
            office_of.entry((office.head, holder.clone())).or_insert_with(|| office.clone());
        }
    }
    adopt_holders(mentions, &mut titles);
    for (at, office, holder) in titles {
        let head = namer.lexicon.head(office.head);
        let holder = holder
            .or_else(|| holder_of.get(&office).cloned())
            .or_else(|| namer.lexicon.holder(head, office.of.as_deref()?, office.former));
        let of = office.of.clone().or_else(|| {
            let holder = holder.as_ref()?;
            let known = office_of.get(&(office.head, holder.clone())).and_then(|office| office.of.clone());
            known.or_else(|| namer.lexicon.country_of_head(head, holder))
        });
        let entity = &mut entities[at];
        let former = if office.former { "former." } else { "" };
        if let Some(of) = of.filter(|_| namer.lexicon.heads_a_country(head)) {
            entity.id = format!("title:{former}{head}.{of}");
        } else if let Some(holder) = &holder {
            entity.id = format!("title:{former}{head}.{holder}");
        }
        entity.holder = holder;
    }
}

/// A title that names nothing of its own (المتحدث), or is somebody's (مبعوث ترامب), has the holder whom the document gives to
/// such a title of the same head, if that is one person.
fn adopt_holders(mentions: &[Mention], titles: &mut [(usize, Office, Option<String>)]) {
    let open = |at: usize| {
        let title = &mentions[at];
        let inside = mentions[at + 1..].iter().take_while(|m| m.start < title.end);
        title.end == title.start + 1 || inside.clone().any(|m| matches!(m.kind, Kind::Person | Kind::Title))
    };
    let mut holders: HashMap<u32, Option<String>> = HashMap::new();
    for (_, office, holder) in titles.iter() {
        let Some(holder) = holder else { continue };
        let known = holders.entry(office.head).or_insert_with(|| Some(holder.clone()));
        if known.as_ref() != Some(holder) {
            *known = None;
        }
    }
    for (_, office, holder) in titles.iter_mut().filter(|(at, _, holder)| holder.is_none() && open(*at)) {
        *holder = holders.get(&office.head).cloned().flatten();
    }
}

/// A title whose country is its own, not that of another title, person or organisation inside it.
fn simple(mention: &Mention, mentions: &[Mention], at: usize) -> bool {
    mentions[at + 1..].iter().take_while(|m| m.start < mention.end).all(|m| matches!(m.kind, Kind::Norp | Kind::Gpe))
}
