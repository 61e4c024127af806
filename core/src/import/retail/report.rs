//! What there is to say about an opened sheet.

use super::{LeftOut, Sheet, Target, left_out};
use crate::catalog::{Catalog, KnownPrice, Meter, Price, PriceWord, RegionId};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::cost::{BillLine, LineKind};
use crate::report::format;
use crate::units::{Currency, Date, Ratio, UnitPrice};
use rust_decimal::prelude::ToPrimitive;

/// A price further than this from the catalogue's deserves a look: 20 %.
const FAR: f64 = 0.2 + 1e-9;

/// One price that the sheet gives.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// "P4 node in North Europe".
    pub what: String,
    /// The region that it holds in; none for every region.
    pub region: Option<RegionId>,
    /// What one unit is: "node-hour", "GB".
    pub unit: &'static str,
    /// The catalogue's price, where it has one in the same currency.
    pub before: Option<KnownPrice>,
    /// The sheet's price; of a tiered price the first tier that is paid.
    pub now: UnitPrice,
    /// Day from which the row holds.
    pub effective: Option<Date>,
    /// `now ÷ before − 1`.
    pub change: Option<Ratio>,
}

impl SheetRow {
    /// More than 20 % off the catalogue's price.
    #[must_use]
    pub fn is_far(&self) -> bool {
        self.change.is_some_and(|change| change.as_fraction().abs() > FAR)
    }

    /// The bundled catalogue has another price for it.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.amount != self.now)
    }

    /// "$0.277 → $0.3 (8.3 % more)", "$0.277, as before", "€0.3" where there is nothing to compare with.
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        let now = format::price(self.now, currency);
        let Some(before) = &self.before else { return now };
        if before.amount == self.now {
            return format!("{now}, as before");
        }
        let Some(change) = self.change.map(Ratio::as_fraction) else { return now };
        let by = format::percent(Ratio::fraction(change.abs()));
        let way = if change > 0.0 { "more" } else { "less" };
        format!("{} → {now} ({by} {way})", format::price(before.amount, currency))
    }
}

/// A price that a plan needs and the sheet does not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// "P4 Cache Instance, North Europe".
    pub what: String,
    /// "the catalogue’s derived price of 2026-03-01 stands", or why there is none.
    pub instead: String,
}

/// What a sheet replaced, left out and contradicts, ready to print.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetReport {
    /// The currency of the catalogue from now on.
    pub currency: Currency,
    /// Rows in the file.
    pub rows: u32,
    /// Rows that became prices.
    pub used: u32,
    /// First and last day from which its prices hold; none when no row has a date.
    pub effective: Option<(Date, Date)>,
    /// Every price that it gives, by size and region.
    pub prices: Vec<SheetRow>,
    /// Rows left out, by reason.
    pub left_out: Vec<(LeftOut, u32)>,
    /// Two rows of one meter and date with different prices: "P4 node in North Europe: $3 is taken, another row says $2".
    pub contradictions: Vec<String>,
    /// What else to know: savings plans, a missing page, allowances, another currency.
    pub notes: Vec<String>,
    /// The first day of the plan that its rows were chosen for; none for a sheet that an earlier version kept.
    pub start: Option<Date>,
}

impl SheetReport {
    pub(crate) fn new(sheet: &Sheet, catalog: &Catalog, prices: Vec<SheetRow>) -> Self {
        let days = || prices.iter().filter_map(|row| row.effective);
        let contradictions = sheet.conflicts.iter().map(|it| {
            let (kept, other) = (format::price(it.kept, sheet.currency), format::price(it.other, sheet.currency));
            format!("{}: {kept} is taken, another row of the same date says {other}", what(it.target, catalog))
        });
        Self {
            currency: sheet.currency,
            rows: sheet.rows,
            used: sheet.used(),
            effective: days().min().zip(days().max()),
            left_out: sheet.left_out.clone(),
            contradictions: contradictions.collect(),
            notes: notes(sheet),
            start: sheet.start,
            prices,
        }
    }

    /// "16 prices in USD from 21 rows, effective 2025-12-01 to 2026-03-01."
    #[must_use]
    pub fn headline(&self) -> String {
        let dates = match self.effective {
            None => String::new(),
            Some((first, last)) if first == last => format!(", effective {first}"),
            Some((first, last)) => format!(", effective {first} to {last}"),
        };
        format!("{} prices in {} from {} rows{dates}.", self.prices.len(), self.currency, self.rows)
    }

    /// What the sheet did, for a plan that needs `lacks` prices which it does not give: "9 differ from the bundled ones, 5 of
    /// them by more than 20 %. It lacks 6 prices that this plan needs."
    #[must_use]
    pub fn answer(&self, lacks: usize) -> String {
        let differ = self.prices.iter().filter(|row| row.differs()).count();
        let far = format!("{} of them by more than {}", self.far().count(), format::percent(Ratio::fraction(0.2)));
        let given = match (self.prices.iter().any(|row| row.before.is_some()), differ) {
            (false, _) => "None can be held against a bundled price".to_owned(),
            (true, 0) => "None differs from its bundled price".to_owned(),
            (true, 1) => "1 differs from its bundled price".to_owned(),
            (true, some) => format!("{some} differ from the bundled ones, {far}"),
        };
        let lacking = match lacks {
            0 => "It has every price that this plan needs.".to_owned(),
            some => format!("It lacks {} that this plan needs.", format::counted(some, "price")),
        };
        format!("{given}. {lacking}")
    }

    /// The rows for a plan in these regions and those for every region: what differs most comes first, then what differs,
    /// then what the bundled prices lack, then what is as before.
    #[must_use]
    pub fn rows_in(&self, regions: &[RegionId]) -> Vec<&SheetRow> {
        let here: Vec<&SheetRow> = self
            .prices
            .iter()
            .filter(|row| row.region.as_ref().is_none_or(|region| regions.contains(region)))
            .collect();
        let rank = |row: &SheetRow| match (row.is_far(), row.differs(), row.before.is_none()) {
            (true, ..) => 0,
            (_, true, _) => 1,
            (.., true) => 2,
            _ => 3,
        };
        (0..4).flat_map(|wanted| here.iter().copied().filter(move |row| rank(row) == wanted)).collect()
    }

    /// The prices that are more than 20 % off the catalogue's.
    pub fn far(&self) -> impl Iterator<Item = &SheetRow> {
        self.prices.iter().filter(|row| row.is_far())
    }

    /// What to do where the sheet was read for another first day than the plan's and the day decided which rows count.
    #[must_use]
    pub fn reread(&self, start: Date) -> Option<String> {
        let dated = self.left_out.iter().any(|(why, _)| matches!(why, LeftOut::NotYet | LeftOut::Ended));
        let read = self.start.filter(|read| *read != start)?;
        (dated || self.effective.is_some_and(|(_, last)| last > start)).then(|| {
            format!("Its rows were chosen for a plan that starts on {read}; this one starts on {start}: open the sheet again.")
        })
    }

    /// "3 of other services or meters; 1 at a price of 0, which is not taken"; empty when every row was used.
    #[must_use]
    pub fn left_out_words(&self) -> String {
        left_out::in_words(&self.left_out)
    }
}

impl Evaluation {
    /// The prices that the three bills need and the opened sheet does not give, each once, in the order of the bills.
    ///
    /// `catalog` is the one of the evaluation. Without a sheet every price is listed. What people cost is no matter of a
    /// sheet, nor is what costs nothing.
    #[must_use]
    pub fn lacks(&self, catalog: &Catalog) -> Vec<Lack> {
        let mut lacks: Vec<Lack> = Vec::new();
        for line in Topology::ALL.into_iter().flat_map(|topology| &self.of(topology).bill.lines) {
            let Some(lack) = lack(line, catalog).filter(|lack| lacks.iter().all(|it| it.what != lack.what)) else {
                continue;
            };
            lacks.push(lack);
        }
        lacks
    }

    /// Traffic whose price the opened sheet gives and the plan's scheme does not take: "Stream, East US to North Europe: the
    /// sheet gives $0.01, the dearer scheme stands at $0.05". Each once; empty without a sheet.
    #[must_use]
    pub fn outweighed(&self, catalog: &Catalog) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for line in Topology::ALL.into_iter().flat_map(|topology| &self.of(topology).bill.lines) {
            let (Some(given), Some(price)) = (given(line, catalog), line.price.known()) else { continue };
            if price.word == PriceWord::Yours || price.amount == UnitPrice::default() {
                continue;
            }
            let which = if price.amount > given { "the dearer scheme" } else { "the scheme of the plan" };
            let [given, stands] = [given, price.amount].map(|price| format::price(price, catalog.currency()));
            let text = format!("{}: the sheet gives {given}, {which} stands at {stands}", line.label);
            if !said.contains(&text) {
                said.push(text);
            }
        }
        said
    }
}

/// What the sheet gives for a line of traffic between regions, whether the line takes it or not.
fn given(line: &BillLine, catalog: &Catalog) -> Option<UnitPrice> {
    let traffic = matches!(line.kind, LineKind::Egress | LineKind::FullSyncs);
    line.region.as_ref().filter(|_| traffic).and_then(|from| catalog.sheet_egress(from))
}

fn lack(line: &BillLine, catalog: &Catalog) -> Option<Lack> {
    // Traffic has two published schemes, and a sheet holds the price of one: the words say which stands.
    let traffic = matches!(line.kind, LineKind::Egress | LineKind::FullSyncs);
    let instead = match &line.price {
        Price::Unknown { reason } => reason.clone(),
        Price::Known(price) if price.word == PriceWord::Yours || price.amount == UnitPrice::default() => return None,
        Price::Known(price) => {
            let how = if traffic && !price.how.is_empty() { format!(" ({})", price.how) } else { String::new() };
            let date = if price.as_of.is_empty() { String::new() } else { format!(" of {}", price.as_of) };
            format!("the catalogue’s {} price{date} stands{how}", price.word.as_str())
        }
    };
    if !line.kind.is_on_price_list() || given(line, catalog).is_some() {
        return None;
    }
    if traffic {
        return Some(Lack { what: line.label.clone(), instead });
    }
    let place = line.region.as_ref().map_or_else(String::new, |region| format!(", {}", catalog.region_name(region)));
    Some(Lack { what: format!("{}{place}", line.meter), instead })
}

fn notes(sheet: &Sheet) -> Vec<String> {
    let mut notes = Vec::new();
    if sheet.currency != Currency::USD {
        notes.push(format!(
            "All prices are in {0} now and nothing is converted. What the sheet lacks has no price, because the catalogue’s are in US dollars. A budget, an hour of an engineer and own prices that were typed in another currency do not count until they are entered in {0}.",
            sheet.currency
        ));
    }
    if sheet.goes_on {
        notes.push(
            "A page names a next one that is not among the files, so rows may be missing: open all pages together."
                .to_owned(),
        );
    }
    if sheet.prices.iter().any(|(target, price)| target.tier().is_some() && price.amount.is_zero()) {
        notes.push("Free allowances belong to the whole billing account and are not subtracted.".to_owned());
    }
    if sheet.terms > 0 {
        notes.push(format!(
            "The table names no terms: of {} the term follows from the amount (one of a year costs less than a year of the hourly price).",
            format::counted(sheet.terms as usize, "reservation")
        ));
    }
    if sheet.savings > 0 {
        notes.push(format!("Rows that also offer savings plans, which the planner does not model: {}.", sheet.savings));
    }
    notes
}

/// The region of a target; none for every region.
pub(crate) fn place(target: Target, catalog: &Catalog) -> Option<RegionId> {
    let at = match target {
        Target::Node { region, .. } | Target::Reservation { region, .. } | Target::Egress { region, .. } => region,
        Target::Meter { region, .. } => region?,
    };
    catalog.regions().get(at).map(|region| region.id.clone())
}

/// "P4 node in North Europe", "P4 node reserved for 1 year in East US", "traffic from East US to other regions".
pub(crate) fn what(target: Target, catalog: &Catalog) -> String {
    let name = |at: usize| catalog.regions().get(at).map_or("", |region| region.name.as_str());
    let short = |at: usize| catalog.skus().get(at).map_or("", |sku| sku.id.short());
    match target {
        Target::Node { sku, region, pair } => {
            format!("{} {} in {}", short(sku), if pair { "pair of nodes" } else { "node" }, name(region))
        }
        Target::Reservation { sku, region, term } => {
            let years = term.as_str();
            format!("{} node reserved for {years} in {}", short(sku), name(region))
        }
        Target::Egress { region, .. } => format!("Traffic from {} to other regions", name(region)),
        Target::Meter { meter, region, .. } => {
            let meter = match meter {
                Meter::PrivateEndpointHour => "Private endpoint",
                Meter::PrivateEndpointIn => "Traffic into private endpoints",
                Meter::PrivateEndpointOut => "Traffic out of private endpoints",
                Meter::AlertSeries => "Metric alert",
                Meter::LogGb => "Logs",
            };
            format!("{meter} in {}", region.map_or("every region", name))
        }
    }
}

/// What one unit of a target is.
pub(crate) const fn unit(target: Target) -> &'static str {
    match target {
        Target::Node { .. } => "node-hour",
        Target::Reservation { .. } => "node and term",
        Target::Egress { .. } => "GB",
        Target::Meter { meter, .. } => match meter {
            Meter::PrivateEndpointHour => "hour",
            Meter::AlertSeries => "time series and month",
            Meter::PrivateEndpointIn | Meter::PrivateEndpointOut | Meter::LogGb => "GB",
        },
    }
}

/// `now ÷ before − 1`; none for a price of 0.
pub(crate) fn change(before: UnitPrice, now: UnitPrice) -> Option<Ratio> {
    let ratio = now.as_decimal().to_f64()? / before.as_decimal().to_f64()? - 1.0;
    ratio.is_finite().then(|| Ratio::fraction(ratio))
}
