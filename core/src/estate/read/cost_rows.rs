//! Rows of a cost export into charges.

use crate::estate::costs::charges::ChargeOf;
use crate::estate::id;
use crate::estate::read::take::Taken;
use crate::import::costs::{self, Charge};
use crate::import::dates::DateOrder;
use crate::import::secret;
use crate::units::format;
use crate::units::quote::as_line;

/// Letters of a meter's name that are kept.
const LONGEST: usize = 120;

/// A resource whose charges are read: a cache, or a private endpoint, which may be a cache's.
fn resource(of: &str) -> Option<String> {
    let key = id::key(of);
    let endpoint = key.contains("/microsoft.network/privateendpoints/");
    id::cache(&key).or_else(|| endpoint.then_some(key))
}

impl Taken {
    /// The charges of a cost export, or why they are not read; `None` for a table of another kind.
    pub(in crate::estate) fn costs(&mut self, text: &str, dates: Option<DateOrder>) -> Option<Result<(), String>> {
        let costs = match costs::read(text, dates, |of| resource(of).is_some())? {
            Ok(costs) => costs,
            Err(why) => return Some(Err(why)),
        };
        self.count += costs.charges.len();
        for charge in costs.charges {
            self.charge(&charge);
        }
        let rows = |count: usize| format::counted(count, "row");
        if costs.others > 0 {
            self.remarks.insert(format!(
                "In no figure: {} of cost exports, of other resources or of none as a reservation’s purchase is.",
                rows(costs.others)
            ));
        }
        if costs.broken > 0 {
            self.remarks.insert(format!(
                "In no figure: {} of cost exports without an amount, day or currency that can be read.",
                rows(costs.broken)
            ));
        }
        Some(if self.count > 0 {
            Ok(())
        } else {
            Err("This cost export has no row of a cache (Microsoft.Cache) that can be read.".to_owned())
        })
    }

    fn charge(&mut self, it: &Charge) {
        let Some(resource) = resource(&it.of) else { return };
        // A name that holds a secret is no meter's; nothing of it is kept.
        let name =
            if secret::is_in(&it.name) { "a meter without a name".to_owned() } else { as_line(&it.name, LONGEST) };
        let Charge { from, days, meter, currency, committed, .. } = *it;
        let of = ChargeOf { resource, from, days, meter, name, currency, committed };
        let spent = self.facts.charges.entry(of).or_default();
        // Within a file several rows of a key are parts of one charge.
        spent.effective += it.effective;
        spent.billed += it.billed;
        spent.quantity += it.quantity;
    }
}
