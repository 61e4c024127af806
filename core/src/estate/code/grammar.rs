//! The grammar of expressions in ARM templates: calls, texts in single quotes, whole numbers, members and places.

/// Levels of an expression, at most.
const MOST_LEVELS: u32 = 40;

/// An expression as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Text(String),
    Number(i64),
    Call(String, Vec<Expression>),
    Member(Box<Expression>, String),
    At(Box<Expression>, Box<Expression>),
}

/// What stands between the brackets; `None` where it is no expression of this grammar.
pub(super) fn parse(text: &str) -> Option<Expression> {
    let mut reader = Reader { left: text.trim(), level: 0 };
    let expression = reader.expression()?;
    reader.left.trim().is_empty().then_some(expression)
}

struct Reader<'a> {
    left: &'a str,
    level: u32,
}

impl Reader<'_> {
    fn take(&mut self, mark: char) -> bool {
        let rest = self.left.trim_start().strip_prefix(mark);
        self.left = rest.unwrap_or(self.left);
        rest.is_some()
    }

    fn expression(&mut self) -> Option<Expression> {
        self.level += 1;
        if self.level > MOST_LEVELS {
            return None;
        }
        let mut expression = self.first()?;
        loop {
            if self.take('.') {
                expression = Expression::Member(Box::new(expression), self.word()?);
            } else if self.take('[') {
                let place = self.expression()?;
                self.take(']').then_some(())?;
                expression = Expression::At(Box::new(expression), Box::new(place));
            } else {
                self.level -= 1;
                return Some(expression);
            }
        }
    }

    fn first(&mut self) -> Option<Expression> {
        self.left = self.left.trim_start();
        match self.left.chars().next()? {
            '\'' => self.quoted(),
            first if first.is_ascii_digit() || first == '-' => {
                let end = self.left[1..].find(|it: char| !it.is_ascii_digit()).map_or(self.left.len(), |at| at + 1);
                let number = self.left[..end].parse().ok()?;
                self.left = &self.left[end..];
                Some(Expression::Number(number))
            }
            _ => self.call(),
        }
    }

    /// A text; two quotes in it are one.
    fn quoted(&mut self) -> Option<Expression> {
        let (mut text, mut rest) = (String::new(), &self.left[1..]);
        loop {
            let (part, after) = rest.split_once('\'')?;
            text.push_str(part);
            rest = after;
            match rest.strip_prefix('\'') {
                Some(after) => {
                    text.push('\'');
                    rest = after;
                }
                None => break,
            }
        }
        self.left = rest;
        Some(Expression::Text(text))
    }

    fn word(&mut self) -> Option<String> {
        let left = self.left.trim_start();
        let end = left.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(left.len());
        self.left = &left[end..];
        (end > 0).then(|| left[..end].to_owned())
    }

    fn call(&mut self) -> Option<Expression> {
        let mut name = self.word()?;
        // A function of the template's own has a namespace before it.
        while self.take('.') {
            name = format!("{name}.{}", self.word()?);
        }
        self.take('(').then_some(())?;
        let mut inside = Vec::new();
        if self.take(')') {
            return Some(Expression::Call(name, inside));
        }
        loop {
            inside.push(self.expression()?);
            if self.take(')') {
                return Some(Expression::Call(name, inside));
            }
            self.take(',').then_some(())?;
        }
    }
}
