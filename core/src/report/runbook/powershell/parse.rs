//! The part of a POSIX shell's language that runbooks are written in, read into a tree.

/// One piece of a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// Text as it is.
    Text(String),
    /// A variable; `${X:?}` and `$X` are the same here.
    Variable(String),
    /// `${X:-text}`.
    Or(String, String),
    /// `$(command)`.
    Output(Vec<Statement>),
    /// `$((a - b))`: its pieces, with spaces and signs as text.
    Sum(Word),
}

/// A word of a command.
pub(super) type Word = Vec<Piece>;

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Statement {
    /// A command with its words; `true` where it writes to the error output.
    Command(Vec<Word>, bool),
    /// `X=word`.
    Set(String, Word),
    /// `: "${X:?set it to …}"`.
    Ask(String, String),
    /// `if [ a = b ]; then … else … fi`, or `!=` where the third is false; without an else the last is empty.
    If(Word, Word, bool, Vec<Self>, Vec<Self>),
    /// `until [ a = b ]; do … done`.
    Until(Word, Word, Vec<Self>),
    /// `case a in [Tt]rue) ;; *) … esac`: where it is not true.
    UnlessTrue(Word, Vec<Self>),
}

/// What cannot be read, from there on.
pub(super) type Unread = String;

pub(super) struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    fn fail<T>(&self) -> Result<T, Unread> {
        Err(self.rest.chars().take(60).collect())
    }

    fn take(&mut self, begin: &str) -> bool {
        let taken = self.rest.strip_prefix(begin);
        self.rest = taken.unwrap_or(self.rest);
        taken.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// Spaces, and lines that go on; where a statement may begin also ends of statements.
    fn blanks(&mut self, ends: bool) {
        while self.take(" ")
            || self.take("\\\n")
            || (ends && (self.take("\n") || (!self.rest.starts_with(";;") && self.take(";"))))
        {}
    }

    /// A keyword that stands alone.
    fn keyword(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(word) else { return false };
        if rest.starts_with(|c: char| !c.is_whitespace() && c != ';') {
            return false;
        }
        self.rest = rest;
        true
    }

    /// A sign, or a word that is no beginning of a longer one, comes next.
    fn at(&self, end: &str) -> bool {
        let word = end.starts_with(|c: char| c.is_ascii_alphabetic());
        let longer = |c: char| c.is_ascii_alphanumeric() || c == '_';
        self.rest.strip_prefix(end).is_some_and(|rest| !(word && rest.starts_with(longer)))
    }

    fn name(&mut self) -> String {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        name.to_owned()
    }

    /// Statements up to the end, or to one of these.
    pub(super) fn statements(&mut self, ends: &[&str]) -> Result<Vec<Statement>, Unread> {
        let mut all = Vec::new();
        loop {
            self.blanks(true);
            if self.rest.is_empty() || ends.iter().any(|end| self.at(end)) {
                return Ok(all);
            }
            all.push(self.statement()?);
        }
    }

    /// One word and nothing else.
    pub(super) fn only_word(&mut self) -> Result<Word, Unread> {
        let word = self.word()?;
        if self.rest.is_empty() { Ok(word) } else { self.fail() }
    }

    fn statement(&mut self) -> Result<Statement, Unread> {
        if self.keyword("if") {
            let (one, other, equal) = self.test(&["=", "!="])?;
            self.blanks(true);
            if !self.keyword("then") {
                return self.fail();
            }
            let then = self.statements(&["else", "fi"])?;
            let otherwise = if self.keyword("else") { self.statements(&["fi"])? } else { Vec::new() };
            return if self.keyword("fi") {
                Ok(Statement::If(one, other, equal, then, otherwise))
            } else {
                self.fail()
            };
        }
        if self.keyword("until") {
            let (one, other, _) = self.test(&["="])?;
            self.blanks(true);
            if !self.keyword("do") {
                return self.fail();
            }
            let body = self.statements(&["done"])?;
            return if self.keyword("done") { Ok(Statement::Until(one, other, body)) } else { self.fail() };
        }
        if self.keyword("case") {
            self.blanks(false);
            let word = self.word()?;
            self.blanks(false);
            if !self.take("in [Tt]rue) ;; *)") {
                return self.fail();
            }
            let body = self.statements(&[";;"])?;
            return if self.take(";; esac") { Ok(Statement::UnlessTrue(word, body)) } else { self.fail() };
        }
        if let Some(set) = self.set()? {
            return Ok(set);
        }
        self.command()
    }

    /// `[ one = other ]`, with one of these signs; whether it was `=`.
    fn test(&mut self, signs: &[&str]) -> Result<(Word, Word, bool), Unread> {
        self.blanks(false);
        if !self.take("[ ") {
            return self.fail();
        }
        let one = self.word()?;
        self.blanks(false);
        let Some(sign) = signs.iter().find(|sign| self.take(sign)) else { return self.fail() };
        self.blanks(false);
        let other = self.word()?;
        self.blanks(false);
        if self.take("]") { Ok((one, other, *sign == "=")) } else { self.fail() }
    }

    /// An assignment, if one begins here.
    fn set(&mut self) -> Result<Option<Statement>, Unread> {
        let from = self.rest;
        let name = self.name();
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || !self.take("=") {
            self.rest = from;
            return Ok(None);
        }
        Ok(Some(Statement::Set(name, self.word()?)))
    }

    fn command(&mut self) -> Result<Statement, Unread> {
        if self.take(": \"${") {
            let name = self.name();
            let asked = self.rest.strip_prefix(":?").and_then(|rest| rest.split_once("}\""));
            let Some((what, rest)) = asked else { return self.fail() };
            self.rest = rest;
            return Ok(Statement::Ask(name, what.to_owned()));
        }
        let (mut words, mut errors) = (Vec::new(), false);
        loop {
            self.blanks(false);
            if self.take(">&2") {
                errors = true;
                continue;
            }
            if self.rest.is_empty() || self.rest.starts_with(['\n', ';', ')']) {
                break;
            }
            words.push(self.word()?);
        }
        if words.is_empty() { self.fail() } else { Ok(Statement::Command(words, errors)) }
    }

    fn word(&mut self) -> Result<Word, Unread> {
        let mut pieces = Vec::new();
        while let Some(c) = self.rest.chars().next().filter(|c| !c.is_whitespace() && !";)".contains(*c)) {
            match c {
                '\'' => {
                    self.next();
                    let Some((text, rest)) = self.rest.split_once('\'') else { return self.fail() };
                    self.rest = rest;
                    pieces.push(Piece::Text(text.to_owned()));
                }
                '"' => {
                    self.next();
                    self.quoted(&mut pieces)?;
                }
                '$' => pieces.push(self.variable()?),
                '\\' => {
                    self.next();
                    pieces.push(Piece::Text(self.next().map(String::from).unwrap_or_default()));
                }
                '`' | '|' | '&' | '<' | '>' | '(' | '*' | '?' | '{' | '}' | '~' | '#' => return self.fail(),
                c => {
                    self.next();
                    pieces.push(Piece::Text(c.to_string()));
                }
            }
        }
        Ok(joined(pieces))
    }

    /// The inside of double quotes, and the one that ends them.
    fn quoted(&mut self, pieces: &mut Word) -> Result<(), Unread> {
        // An empty text in quotes is a word all the same.
        pieces.push(Piece::Text(String::new()));
        loop {
            match self.rest.chars().next() {
                Some('"') => {
                    self.next();
                    return Ok(());
                }
                Some('$') => pieces.push(self.variable()?),
                None | Some('`' | '\\') => return self.fail(),
                Some(c) => {
                    self.next();
                    pieces.push(Piece::Text(c.to_string()));
                }
            }
        }
    }

    fn variable(&mut self) -> Result<Piece, Unread> {
        self.next();
        if self.take("((") {
            let mut pieces = Vec::new();
            while !self.take("))") {
                match self.rest.chars().next() {
                    Some('$') => pieces.push(self.variable()?),
                    Some(c) if c == ' ' || c == '-' || c == '+' || c.is_ascii_digit() => {
                        self.next();
                        pieces.push(Piece::Text(c.to_string()));
                    }
                    _ => return self.fail(),
                }
            }
            return Ok(Piece::Sum(joined(pieces)));
        }
        if self.take("(") {
            let inner = self.statements(&[")"])?;
            return if self.take(")") { Ok(Piece::Output(inner)) } else { self.fail() };
        }
        if !self.take("{") {
            let name = self.name();
            return if name.is_empty() { self.fail() } else { Ok(Piece::Variable(name)) };
        }
        let name = self.name();
        let Some((how, rest)) = self.rest.split_once('}') else { return self.fail() };
        self.rest = rest;
        match how {
            "" | ":?" | "-" => Ok(Piece::Variable(name)),
            how => {
                how.strip_prefix(":-").map(|other| Piece::Or(name, other.to_owned())).map_or_else(|| self.fail(), Ok)
            }
        }
    }
}

/// Neighbouring texts as one.
fn joined(pieces: Word) -> Word {
    let mut all: Word = Vec::new();
    for piece in pieces {
        match (all.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => all.push(piece),
        }
    }
    all
}
