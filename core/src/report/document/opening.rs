//! How a view opens: one sentence, one chart; the rest below them.

use super::{Block, Section, Text};
use crate::report::chart::Chart;

impl Section {
    /// The same opened by one sentence and a chart: further sentences follow the chart as a paragraph. The sentence is the chart's,
    /// which then repeats none; of a chart without words, and where there is no chart, it is the section's own.
    #[must_use]
    pub fn opened_by(mut self, chart: Option<Chart>) -> Self {
        let chart = chart.map(|mut chart| {
            let said = std::mem::take(&mut chart.says);
            if !said.is_empty() {
                self.says = said.as_slice().into();
            }
            chart
        });
        let (first, rest) = self.says.first_sentence();
        self.says = first;
        self.with_figure(chart).with(Block::Paragraph(rest))
    }
}

impl Text {
    /// The first sentence, and what follows it.
    #[must_use]
    pub fn first_sentence(self) -> (Self, Self) {
        let Some(end) = sentence_end(&self.words()) else { return (self, Self::default()) };
        let (mut first, mut rest, mut at) = (Self::default(), Self::default(), 0);
        for run in self.0 {
            let cut = end.saturating_sub(at).min(run.text.len());
            at += run.text.len();
            first.push(&run.text[..cut], run.style.clone());
            let after = &run.text[cut..];
            let after = if rest.0.is_empty() { after.trim_start() } else { after };
            rest.push(after, run.style);
        }
        (first, rest)
    }
}

/// Where the first sentence ends, in bytes; `None` where there is no second one.
fn sentence_end(words: &str) -> Option<usize> {
    let begins =
        |rest: &str| rest.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit() || "“≥$".contains(it));
    words.match_indices(". ").map(|(at, _)| at + 1).find(|end| begins(&words[end + 1..]))
}

/// True where a text is one sentence.
#[must_use]
pub fn is_one_sentence(text: &Text) -> bool {
    !text.is_blank() && sentence_end(&text.words()).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::*;

    #[test]
    fn a_text_is_cut_after_its_first_sentence_and_keeps_its_styles() {
        let text =
            Text::from("Act by ").and("58 min", Style::Strong).then(". Each of 2 survivors is full. ").then("So.");
        let (first, rest) = text.first_sentence();
        assert_eq!(
            (first.words().as_str(), rest.words().as_str()),
            ("Act by 58 min.", "Each of 2 survivors is full. So.")
        );
        assert_eq!(first.0[1].style, Style::Strong);
        let (whole, none) = Text::from("A factor of 1.5 decides.").first_sentence();
        assert!(is_one_sentence(&whole) && none.is_blank());
    }
}
