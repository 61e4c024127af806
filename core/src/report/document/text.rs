//! A line of text with what its parts are: emphasis, the way to a field, to a term, to an explanation.

use crate::catalog::{PriceConfidence, Severity};
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::report::Span;

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text(pub Vec<Run>);

/// A piece of a line, in one style.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// What it is.
    pub style: Style,
}

impl Run {
    /// What a finding is called, as a mark: the graver the louder.
    #[must_use]
    pub fn severity(severity: Severity) -> Self {
        let style = match severity {
            Severity::Block => Style::Bad,
            Severity::Warn => Style::Warn,
            Severity::Info => Style::Quiet,
        };
        Self { text: severity.word().to_owned(), style }
    }
}

/// What a piece of text is; a renderer decides how that looks, and the words never depend on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Style {
    /// Ordinary.
    Plain,
    /// The figure or the name that matters.
    Strong,
    /// Beside the point: a source, a unit.
    Quiet,
    /// As it is typed: an id, a path, a command.
    Code,
    /// In order; the words say so too.
    Good,
    /// Missed, lost or refused; the words say so too.
    Bad,
    /// A warning; the words say so too.
    Warn,
    /// How sure a price is; the words say so too.
    Price(PriceConfidence),
    /// In the colour of a topology.
    Of(Topology),
    /// Leads to the field of the plan with this path.
    Field(String),
    /// A term of the glossary, by its name there.
    Term(&'static str),
    /// Leads to where the figure of a topology comes from.
    Explained(Topology, Objective),
}

impl Text {
    /// Nothing to read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|run| run.text.trim().is_empty())
    }

    /// The same with more behind it.
    #[must_use]
    pub fn then(mut self, text: impl Into<String>) -> Self {
        self.push(text, Style::Plain);
        self
    }

    /// The same with a styled piece behind it.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>, style: Style) -> Self {
        self.push(text, style);
        self
    }

    /// One piece of a style.
    #[must_use]
    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        Self::default().and(text, style)
    }

    /// The words alone.
    #[must_use]
    pub fn words(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    pub(super) fn push(&mut self, text: impl Into<String>, style: Style) {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Run { text, style });
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::default().then(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::default().then(text)
    }
}

impl From<&[Span]> for Text {
    fn from(spans: &[Span]) -> Self {
        let style = |span: &Span| if span.strong { Style::Strong } else { Style::Plain };
        spans.iter().fold(Self::default(), |text, span| text.and(span.text.clone(), style(span)))
    }
}

impl From<Vec<Span>> for Text {
    fn from(spans: Vec<Span>) -> Self {
        spans.as_slice().into()
    }
}

/// A figure with the mark of a target that is met or missed; without a mark where that is not known or not asked.
#[must_use]
pub fn marked(figure: impl Into<String>, met: Option<bool>) -> Text {
    let text = Text::from(figure.into());
    match met {
        Some(true) => text.then(" ").and("✓", Style::Good),
        Some(false) => text.then(" ").and("✕", Style::Bad),
        None => text,
    }
}
