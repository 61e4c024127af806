//! Whether every page of an answer is there.

use std::collections::BTreeSet;

/// The links of pages to the next, as far as they tell whether one is missing.
///
/// The API answers a question in pages of one length; each but the last names the next by how many rows to skip
/// (`NextPageLink`, `$skip`). Several questions may be joined in one sheet.
#[derive(Default)]
pub(super) struct Pages {
    /// Question and rows to skip, each once, in their order.
    links: BTreeSet<(String, u64)>,
    /// Pages that name no next one.
    ends: usize,
}

impl Pages {
    /// Adds a page by its link; an empty one ends an answer.
    pub(super) fn add(&mut self, link: &str) {
        if link.is_empty() {
            self.ends += 1;
            return;
        }
        let (skips, question): (Vec<&str>, Vec<&str>) =
            link.split(['?', '&']).partition(|part| part.starts_with("$skip=") || part.starts_with("%24skip="));
        let skip = skips.first().and_then(|part| part.split_once('=')?.1.parse().ok()).unwrap_or_default();
        self.links.insert((question.join("&"), skip));
    }

    /// True when an answer has no end, or a page between its first and its last is not there.
    pub(super) fn lack_one(&self) -> bool {
        let mut answers = 0;
        let mut gap = false;
        // The first link skips one page, so it tells how long a page is.
        let (mut asked, mut step, mut due) = (None, 0, 0_u64);
        for (question, skip) in &self.links {
            if asked != Some(question) {
                answers += 1;
                (asked, step, due) = (Some(question), *skip, *skip);
            }
            gap |= *skip != due;
            due = due.saturating_add(step);
        }
        gap || answers > self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::Pages;

    /// Links as the API writes them: question, then rows to skip.
    #[test]
    fn a_missing_page_is_noticed_in_any_order() {
        let link = |question: &str, skip: u32| {
            format!("https://prices.azure.com:443/api/retail/prices?$filter={question}&$skip={skip}")
        };
        let (one, two, three) = (link("a", 1000), link("a", 2000), link("a", 3000));
        let other = link("b", 1000);
        let cases: [(&[&str], bool); 10] = [
            (&[], false),
            (&[""], false),
            (&[&one], true),
            (&[&one, ""], false),
            (&["", &two, &one], false),
            (&["", &one, &two, &three], false),
            (&["", &three, &one], true),
            (&["", &three, &two], true),
            (&[&one, "", &other], true),
            (&[&one, &one, "", &other, ""], false),
        ];
        for (links, missing) in cases {
            let mut pages = Pages::default();
            for link in links {
                pages.add(link);
            }
            assert_eq!(pages.lack_one(), missing, "{links:?}");
        }
    }
}
