//! Exports of what was paid, as tables: FOCUS 1.0–1.2, and Cost Management's cost details of every agreement.
//!
//! Sources: the FOCUS specification's columns, and Cost Management's dictionaries of cost and usage details. Columns are found by
//! name, in any order and case, with their older names. Quantities are of the meter's own unit ("hours"), amounts in the currency of
//! the invoice; nothing is converted.

use super::dates::{DateOrder, settle_each};
use super::retail::agreement::block;
use super::separators::Style;
use super::series::timestamp;
use super::table::{Table, headed, plain};
use crate::units::SECS_PER_DAY;
use crate::units::{Currency, Date};
use rust_decimal::Decimal;

/// What a meter is for, as far as a plan has a line for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostMeter {
    /// Node-hours of a cache.
    Nodes,
    /// Hours of a pair of nodes: "P2 Cache".
    Pairs,
    /// Bytes that leave a region.
    Traffic,
    /// Private endpoints by the hour.
    EndpointHours,
    /// Bytes through private endpoints.
    EndpointData,
    /// Metric alerts and logs.
    Monitoring,
    /// None of a plan's meters.
    Other,
}

impl CostMeter {
    /// By the names of a category and of a meter.
    fn of(category: &str, meter: &str) -> Self {
        let (category, meter) = (category.to_ascii_lowercase(), meter.to_ascii_lowercase());
        // Some exports have the provider there: microsoft.cache.
        let cache = category.is_empty() || category.contains("redis") || category.contains("microsoft.cache");
        if cache && meter.ends_with(" cache instance") {
            Self::Nodes
        } else if cache && meter.ends_with(" cache") {
            Self::Pairs
        } else if category == "bandwidth" || meter.contains("data transfer") {
            Self::Traffic
        } else if meter.ends_with("private endpoint") {
            Self::EndpointHours
        } else if meter.contains("data processed - ") {
            Self::EndpointData
        } else if meter == "alerts metric monitored" || meter.ends_with("logs data ingestion") {
            Self::Monitoring
        } else {
            Self::Other
        }
    }
}

/// One row of an export, or several of one resource, period and meter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Charge {
    /// The resource's id as the file writes it.
    pub(crate) of: String,
    /// First day of the period.
    pub(crate) from: Date,
    /// Days of the period.
    pub(crate) days: u32,
    pub(crate) meter: CostMeter,
    /// The meter's name.
    pub(crate) name: String,
    pub(crate) currency: Currency,
    /// It is paid by a reservation or a savings plan.
    pub(crate) committed: bool,
    /// Hours, GB: in the meter's unit.
    pub(crate) quantity: Decimal,
    /// What the invoice has.
    pub(crate) billed: Decimal,
    /// What it costs with commitments spread over their term; the billed cost where the file has one column.
    pub(crate) effective: Decimal,
}

/// What came of an export.
#[derive(Debug, Default)]
pub(crate) struct Costs {
    pub(crate) charges: Vec<Charge>,
    /// Rows of other resources.
    pub(crate) others: usize,
    /// Rows that have no amount, no date or no currency that can be read.
    pub(crate) broken: usize,
}

struct Columns {
    of: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    category: Option<usize>,
    meter: Option<usize>,
    consumed: Option<usize>,
    priced: Option<(usize, Option<usize>)>,
    billed: usize,
    effective: Option<usize>,
    currency: Option<usize>,
    /// Amounts are in US dollars, by the name of their column.
    dollars: bool,
    model: Option<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|it| plain(it).replace('_', "")).collect();
        let at = |wanted: &[&str]| wanted.iter().find_map(|name| names.iter().position(|it| it == name));
        let billed = at(&[
            "billedcost",
            "costinbillingcurrency",
            "cost",
            "pretaxcost",
            "extendedcost",
            "costinpricingcurrency",
        ])?;
        let paid_in = at(&["billingcurrency", "billingcurrencycode", "currency", "currencycode", "pricingcurrency"]);
        // A file that names no currency may still have its amounts in dollars.
        let (billed, dollars) = match (paid_in, at(&["costinusd", "costusd"])) {
            (None, Some(usd)) => (usd, true),
            _ => (billed, false),
        };
        let pricing = names[billed] == "costinpricingcurrency";
        let currency = if pricing { at(&["pricingcurrency", "currency"]) } else { None };
        let columns = Self {
            of: at(&["resourceid", "instanceid"]),
            from: at(&["chargeperiodstart", "date", "usagedate", "usagedatetime"]),
            to: at(&["chargeperiodend"]),
            category: at(&["xskumetercategory", "metercategory", "consumedservice"]),
            meter: at(&["xskumetername", "skumeter", "metername"]),
            consumed: at(&["consumedquantity", "quantity", "usagequantity"]),
            priced: at(&["pricingquantity"]).map(|it| (it, at(&["pricingunit"]))),
            billed,
            effective: at(&["effectivecost"]),
            currency: currency.or_else(|| at(&["billingcurrency", "billingcurrencycode", "currency", "currencycode"])),
            dollars,
            model: at(&["commitmentdiscountid", "pricingmodel", "reservationid"]),
        };
        let is_of_costs =
            columns.meter.is_some() || columns.of.is_some() || names.iter().any(|it| it == "chargecategory");
        // A forecast of this product has FOCUS's columns and says nothing of what was paid.
        let forecast = names.iter().any(|it| it.starts_with("xforecast"));
        let prices = at(&["retailprice", "marketprice", "partnumber"]).is_some();
        (is_of_costs && !forecast && !prices).then_some(columns)
    }
}

/// The charges of an export, or in a sentence why they are not read; `None` for a table of another kind. `is_wanted` tells by the id
/// of a resource whether its rows are taken.
pub(crate) fn read(
    text: &str,
    dates: Option<DateOrder>,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<Result<Costs, String>> {
    let (begins, columns) = headed(text, Columns::of)?;
    let Some(of) = columns.of else { return Some(Err(NO_IDS.to_owned())) };
    if columns.meter.is_none() {
        return Some(Err(NO_METERS.to_owned()));
    }
    let Some(from) = columns.from else { return Some(Err(NO_DAYS.to_owned())) };
    let mut table = Table::of(&text[begins..]);
    table.next();
    let separator = table.separator;
    let mut costs = Costs::default();
    let mut rows = Vec::new();
    for row in table {
        let id = row.cells.get(of).map_or("", String::as_str);
        if is_wanted(id) { rows.push(row.cells) } else { costs.others += usize::from(row.cells.len() > 1) }
    }
    let order = match settle_each(rows.iter().filter_map(|row| row.get(from)), dates) {
        Ok(order) => order,
        Err(unsettled) => return Some(Err(unsettled.question())),
    };
    let figures = [Some(columns.billed), columns.effective, columns.consumed, columns.priced.map(|it| it.0)];
    let cells =
        rows.iter().flat_map(|row| figures.into_iter().flatten().filter_map(|at| row.get(at).map(String::as_str)));
    let style = match Style::settle(cells, separator) {
        Ok(style) => style,
        Err(unsettled) => return Some(Err(unsettled)),
    };
    for row in &rows {
        match columns.charge(row, of, order, style) {
            Some(charge) => costs.charges.push(charge),
            None => costs.broken += 1,
        }
    }
    Some(Ok(costs))
}

const NO_IDS: &str = "This cost export has no column of resources (ResourceId, InstanceId), so no cache is known of its rows. Save cost details, or FOCUS, by resource.";
const NO_DAYS: &str = "This cost export has no column of days (ChargePeriodStart, Date), so the month that was paid is not known. Save cost details, or FOCUS, by day.";
const NO_METERS: &str = "This cost export has no column of meters (SkuMeter, MeterName), so what was paid for is not known. Save cost details or FOCUS.";

impl Columns {
    fn charge(&self, row: &[String], of: usize, order: DateOrder, style: Style) -> Option<Charge> {
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        let text = |at: Option<usize>| at.map_or("", cell);
        let amount = |at: usize| decimal(&style.plain(cell(at)));
        let day = |text: &str| timestamp::seconds_with(text, order);
        let start = day(text(self.from))?;
        let days = day(text(self.to)).map_or(1.0, |end| libm::round((end - start) / SECS_PER_DAY)).clamp(1.0, 31.0);
        let billed = amount(self.billed)?;
        let quantity = match (self.consumed.and_then(amount), self.priced) {
            (Some(quantity), _) => quantity,
            (None, Some((at, unit))) => amount(at)? * Decimal::try_from(block(text(unit)).0).ok()?,
            (None, None) => Decimal::ZERO,
        };
        let model = text(self.model);
        Some(Charge {
            of: cell(of).to_owned(),
            from: Date::of_moment(start)?,
            days: whole_days(days),
            meter: CostMeter::of(text(self.category), text(self.meter)),
            name: text(self.meter).to_owned(),
            currency: if self.dollars { Currency::USD } else { Currency::new(text(self.currency))? },
            committed: !["", "ondemand", "spot", "dynamic"].contains(&model.to_ascii_lowercase().as_str()),
            quantity,
            billed,
            effective: self.effective.and_then(amount).unwrap_or(billed),
        })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 31")]
const fn whole_days(days: f64) -> u32 {
    days as u32
}

/// Most of an amount that is read: no line of an invoice is larger, and sums of such stay exact.
const MOST: i64 = 1_000_000_000;
/// Decimals that are kept, so that the order of a sum is no matter.
const KEPT: u32 = 10;

/// A number with a decimal point, rounded to ten decimals; `None` for anything else.
fn decimal(text: &str) -> Option<Decimal> {
    let exact = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(text)).ok()?;
    (exact.abs() <= Decimal::from(MOST)).then(|| exact.round_dp(KEPT).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Costs {
        read(text, None, |id| id.to_ascii_lowercase().contains("microsoft.cache")).expect("costs").expect("charges")
    }

    /// One charge in the columns of FOCUS 1.0 and 1.2, of both agreements, of an older export below a title, with decimal commas.
    #[test]
    fn a_charge_is_one_in_every_export() {
        let id = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Cache/Redis/a";
        let texts = [
            format!("BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ResourceId,x_SkuMeterCategory,x_SkuMeterName,ConsumedQuantity,ChargeCategory,CommitmentDiscountId\n13.2,13.2,USD,2026-11-01T00:00Z,2026-11-02T00:00Z,{id},Redis Cache,P2 Cache Instance,24,Usage,\n"),
            format!("BilledCost;EffectiveCost;BillingCurrency;ChargePeriodStart;ResourceId;SkuMeter;PricingQuantity;PricingUnit\n13,2;13,2;USD;2026-11-01T00:00:00Z;{id};P2 Cache Instance;0,24;100 Hours\n"),
            format!("date,meterCategory,meterName,quantity,costInBillingCurrency,billingCurrency,resourceId,pricingModel\n11/13/2026,Redis Cache,P2 Cache Instance,24,13.2,USD,{id},OnDemand\n").replace("11/13", "11/01").replace("OnDemand\n", &format!("OnDemand\n11/13/2026,x,y,1,1,USD,{id}2,OnDemand\n")),
            format!("Usage Data Extract,,,\n\nDate,Meter Category,Meter Name,Consumed Quantity,ExtendedCost,Currency,Instance ID\n2026-11-01,Redis Cache,P2 Cache Instance,24,1.32E1,USD,{id}\n"),
        ];
        for text in texts {
            let charge = all(&text).charges.into_iter().find(|it| it.of == id);
            let expected = Charge {
                of: id.to_owned(),
                from: Date::new(2026, 11, 1).expect("a day"),
                days: 1,
                meter: CostMeter::Nodes,
                name: "P2 Cache Instance".to_owned(),
                currency: Currency::USD,
                committed: false,
                quantity: Decimal::from(24),
                billed: Decimal::new(132, 1),
                effective: Decimal::new(132, 1),
            };
            assert_eq!(charge, Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_said_and_what_is_no_export_is_none() {
        let without = "date,meterCategory,meterName,quantity,costInBillingCurrency,billingCurrency\n11/01/2026,Redis Cache,P2 Cache Instance,24,13.2,USD";
        let said = |text: &str| read(text, None, |_| true).expect("costs").err().unwrap_or_default();
        assert!(said(without).contains("no column of resources"));
        let open = "date,meterName,quantity,cost,currency,resourceId\n11/01/2026,P2 Cache,1,1,USD,a";
        assert!(
            said(open).contains("2026-01-11 with the day first and 2026-11-01 with the month first"),
            "{}",
            said(open)
        );
        for other in ["time,writes/s\n0,1", "meterName,retailPrice\nP1,1", "", "MetricName,ResourceId,Total\na,b,1"] {
            assert!(read(other, None, |_| true).is_none(), "{other}");
        }
    }

    #[test]
    fn meters_are_known_by_their_names() {
        let cases = [
            ("Redis Cache", "B20 Cache Instance", CostMeter::Nodes),
            ("Redis Cache", "P2 Cache", CostMeter::Pairs),
            ("Bandwidth", "Standard Inter-Region Data Transfer", CostMeter::Traffic),
            ("Virtual Network", "Standard Private Endpoint", CostMeter::EndpointHours),
            ("Virtual Network", "Standard Data Processed - Ingress", CostMeter::EndpointData),
            ("Azure Monitor", "Alerts Metric Monitored", CostMeter::Monitoring),
            ("Redis Cache", "A Meter of Tomorrow", CostMeter::Other),
        ];
        for (category, name, meter) in cases {
            assert_eq!(CostMeter::of(category, name), meter, "{name}");
        }
    }
}
