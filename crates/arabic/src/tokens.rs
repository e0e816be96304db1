//! Where tokens begin and end, and what class they are of.

use khabar_core::TokenClass;

use crate::fold::is_control;

/// What a character can be part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CharClass {
    Space,
    Newline,
    Arabic,
    Letter,
    Digit,
    Mark,
    Control,
    Punctuation,
    Quote,
    Symbol,
    Emoji,
}

#[inline]
pub(crate) fn char_class(c: char) -> CharClass {
    match u8::try_from(c) {
        Ok(byte @ ..0x80) => ASCII[usize::from(byte)],
        _ => wide_class(c),
    }
}

const ASCII: [CharClass; 128] = {
    let mut classes = [CharClass::Punctuation; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'\n' | b'\r' | 0xb | 0xc => CharClass::Newline,
            0..=b' ' | 0x7f => CharClass::Space,
            b'0'..=b'9' => CharClass::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => CharClass::Letter,
            b'"' => CharClass::Quote,
            b'%' | b'$' | b'+' | b'<' | b'>' | b'=' | b'^' | b'`' | b'|' | b'~' | b'&' | b'#' | b'@' | b'*' | b'\\' => {
                CharClass::Symbol
            }
            _ => CharClass::Punctuation,
        };
        byte += 1;
    }
    classes
};

/// A sign of ASCII.
#[derive(Clone, Copy)]
struct Sign {
    class: TokenClass,
    /// Several in a row are one token.
    runs: bool,
}

/// The signs of ASCII that are a token each, whatever else stands before or behind them. A table, since nobody foresees which
/// of them comes next.
static SIGNS: [Option<Sign>; 128] = {
    let (mut signs, mut byte) = ([None; 128], 0);
    while byte < signs.len() {
        let class = match ASCII[byte] {
            CharClass::Quote => Some(TokenClass::QuoteOpen),
            CharClass::Punctuation => Some(TokenClass::Punctuation),
            CharClass::Symbol if !matches!(byte as u8, b'#' | b'@') => Some(TokenClass::Symbol),
            _ => None,
        };
        if let Some(class) = class {
            signs[byte] = Some(Sign { class, runs: matches!(byte as u8, b'.' | b'-' | b'!' | b'?') });
        }
        byte += 1;
    }
    signs
};

fn wide_class(c: char) -> CharClass {
    use CharClass::{Arabic, Control, Digit, Emoji, Letter, Mark, Newline, Punctuation, Quote, Space, Symbol};
    match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => Newline,
        '٠'..='٩' | '۰'..='۹' => Digit,
        '«' | '»' | '“' | '”' | '„' | '‟' | '‹' | '›' | '‘' | '’' | '‚' => Quote,
        '٪' => Symbol,
        '،' | '؛' | '؟' | '۔' | '٫' | '٬' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' => Punctuation,
        '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{610}'..='\u{61a}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        | '\u{300}'..='\u{36f}' => Mark,
        '\u{620}'..='\u{6d5}'
        | '\u{6ee}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Arabic,
        _ if c.is_whitespace() => Space,
        _ if is_control(c) => Control,
        _ if c.is_alphabetic() => Letter,
        _ if c.is_numeric() => Digit,
        _ if c.is_control() => Space,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' => Emoji,
        _ => Symbol,
    }
}

/// Byte at which the token that begins at `start` ends, and its class; `start` is no white space.
pub(crate) fn token_end(text: &str, start: usize) -> (usize, TokenClass) {
    let rest = &text[start..];
    // Most of what is asked: a sign that stands alone, or a plain number.
    if let [first, second, ..] = *rest.as_bytes()
        && let Some(Some(sign)) = SIGNS.get(usize::from(first))
        && !(sign.runs & (first == second))
    {
        return (start + 1, sign.class);
    }
    match *rest.as_bytes() {
        // `،` and the guillemets
        [0xd8, 0x8c, next, ..] if next != 0xd8 => return (start + 2, TokenClass::Punctuation),
        [0xc2, 0xab, ..] => return (start + 2, TokenClass::QuoteOpen),
        [0xc2, 0xbb, ..] => return (start + 2, TokenClass::QuoteClose),
        [b'0'..=b'9', ..] => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if matches!(rest.as_bytes().get(digits), None | Some(b' ' | b'\n' | b')' | b'%' | b'"')) {
                return (start + digits, TokenClass::Number);
            }
        }
        _ => {}
    }
    let Some(first) = rest.chars().next() else { return (start, TokenClass::Symbol) };
    let run = |accept: fn(CharClass) -> bool| {
        let mut end = first.len_utf8();
        for (at, c) in rest.char_indices().skip(1) {
            let class = char_class(c);
            if accept(class) {
                end = at + c.len_utf8();
            } else if class != CharClass::Control {
                break;
            }
        }
        start + end
    };
    match char_class(first) {
        CharClass::Arabic | CharClass::Mark | CharClass::Control => {
            (run(|class| matches!(class, CharClass::Arabic | CharClass::Mark)), TokenClass::Arabic)
        }
        CharClass::Letter => match address_end(rest) {
            Some((len, class)) => (start + len, class),
            None => (word_end(rest, start), TokenClass::Word),
        },
        CharClass::Digit => (start + number_len(rest), TokenClass::Number),
        CharClass::Punctuation => (start + same_run(rest, first), TokenClass::Punctuation),
        CharClass::Quote => {
            let class = if matches!(first, '»' | '”' | '›' | '’') {
                TokenClass::QuoteClose
            } else {
                TokenClass::QuoteOpen
            };
            (start + first.len_utf8(), class)
        }
        CharClass::Emoji => (run(|class| class == CharClass::Emoji), TokenClass::Emoji),
        CharClass::Symbol if first == '#' || first == '@' => {
            let word = |c: char| {
                c == '_'
                    || matches!(
                        char_class(c),
                        CharClass::Arabic | CharClass::Letter | CharClass::Digit | CharClass::Mark
                    )
            };
            let len: usize = rest.chars().skip(1).take_while(|c| word(*c)).map(char::len_utf8).sum();
            let class = match (len, first) {
                (0, _) => TokenClass::Symbol,
                (_, '#') => TokenClass::Hashtag,
                _ => TokenClass::Mention,
            };
            (start + 1 + len, class)
        }
        _ => (start + first.len_utf8(), TokenClass::Symbol),
    }
}

/// The end of a word of another script: letters with their marks, an apostrophe between two of them (`l'Aube`).
fn word_end(rest: &str, start: usize) -> usize {
    let mut end = 0;
    let mut apostrophe = false;
    for (at, c) in rest.char_indices() {
        match char_class(c) {
            CharClass::Letter | CharClass::Mark => {
                end = at + c.len_utf8();
                apostrophe = false;
            }
            CharClass::Control => {}
            _ if matches!(c, '\'' | '’') && !apostrophe && end == at => apostrophe = true,
            _ => break,
        }
    }
    start + end
}

/// `...`, `--` and `!!` are one token each; brackets stay single.
fn same_run(rest: &str, first: char) -> usize {
    match first {
        '.' | '-' | '!' | '؟' | '?' | '…' | '،' => {
            rest.chars().take_while(|c| *c == first).map(char::len_utf8).sum()
        }
        _ => first.len_utf8(),
    }
}

/// Digits with the separators that stand between two of them, without a space: `1,250.5`, `٣٫٥`, `0،9`, `6ر4`,
/// `11-10-2021`, `14:30`.
fn number_len(rest: &str) -> usize {
    let digit = |c: char| char_class(c) == CharClass::Digit;
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        if digit(c) {
            end = at + c.len_utf8();
        } else {
            let separator = matches!(c, '.' | ',' | ':' | '/' | '-' | '،' | '٫' | '٬' | 'ر' | '\u{2013}');
            if !separator || !chars.peek().is_some_and(|(_, next)| digit(*next)) {
                break;
            }
        }
    }
    end
}

/// A web or e-mail address at the start of `rest`, which begins with a letter.
fn address_end(rest: &str) -> Option<(usize, TokenClass)> {
    let starts =
        |with: &str| rest.as_bytes().get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
    if starts("http://") || starts("https://") || starts("www.") {
        let outside = |c: char| !c.is_ascii_graphic() || matches!(c, '"' | '<' | '>' | '(' | ')');
        let run = &rest[..rest.find(outside).unwrap_or(rest.len())];
        return Some((run.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).len(), TokenClass::Url));
    }
    // RFC 5321: 64 characters before the sign, 255 after it. The bounds keep a long run of letters and points linear.
    let local = |b: &u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(b);
    let name = rest.bytes().take(65).take_while(local).count();
    let domain = rest.as_bytes().get(name..)?.strip_prefix(b"@")?;
    let domain = domain.iter().take(255).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let domain = rest.get(name + 1..name + 1 + domain)?.trim_end_matches(['.', '-']);
    let fine = name <= 64 && domain.contains('.') && !domain.starts_with(['.', '-']);
    fine.then_some((name + 1 + domain.len(), TokenClass::Email))
}
