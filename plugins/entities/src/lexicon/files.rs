//! The built-in data files: a line an entry, columns apart by `|`, sections in brackets, `#` for comments.

use khabar_extractor::LexiconFile;

macro_rules! data {
    ($($name:ident = $file:literal;)*) => {
        $(pub(super) const $name: &str = include_str!(concat!("../../data/", $file));)*

        /// All of them, for whoever wants to look a word up.
        pub(crate) const FILES: &[LexiconFile] =
            &[$(LexiconFile { file: concat!("plugins/entities/data/", $file), text: $name },)*];
    };
}

data! {
    COUNTRIES = "countries.txt";
    NORPS = "norps.txt";
    PLACES = "places.txt";
    ORGANISATIONS = "organisations.txt";
    EVENTS = "events.txt";
    PEOPLE = "people.txt";
    TITLES = "titles.txt";
    TITLE_WORDS = "title-words.txt";
    TRIGGERS = "triggers.txt";
    NICKNAMES = "nicknames.txt";
    GIVEN_NAMES = "given-names.txt";
}

/// A data file.
pub(super) struct File(&'static str);

/// A line of a data file.
pub(super) struct Row {
    /// The section that it stands in.
    pub(super) section: &'static str,
    /// The line.
    pub(super) text: &'static str,
}

impl File {
    pub(super) const fn new(text: &'static str) -> Self {
        Self(text)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row> + use<> {
        let mut section = "";
        self.0.lines().map(str::trim).filter_map(move |text| {
            if text.is_empty() || text.starts_with('#') {
                return None;
            }
            if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                return None;
            }
            Some(Row { section, text })
        })
    }

    /// Lines of two words.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.rows().filter_map(|row| row.text.split_once(' '))
    }
}

impl Row {
    /// The first `N` columns; a column that is not there is empty.
    pub(super) fn columns<const N: usize>(&self) -> [&'static str; N] {
        let mut columns = self.text.split('|').map(str::trim);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_and_name_their_source() {
        for text in [
            COUNTRIES,
            NORPS,
            PLACES,
            ORGANISATIONS,
            EVENTS,
            PEOPLE,
            TITLES,
            TITLE_WORDS,
            TRIGGERS,
            NICKNAMES,
            GIVEN_NAMES,
        ] {
            assert!(text.lines().any(|line| line.starts_with("# source: ")), "no source: {}", &text[..40]);
            let rows: Vec<Row> = File::new(text).rows().collect();
            for pair in rows.windows(2).filter(|pair| pair[0].section == pair[1].section) {
                assert!(pair[0].text < pair[1].text, "not sorted: {} before {}", pair[0].text, pair[1].text);
            }
        }
    }
}
