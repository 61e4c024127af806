//! The columns of the profile, and one row with a cell for each.

use crate::units::{Currency, Date, Money, UnitPrice};
use rust_decimal::Decimal;

/// Declares the row and its columns together, so that their order cannot differ.
macro_rules! columns {
    ($($(#[$doc:meta])* $column:literal $field:ident: $type:ty,)*) => {
        /// The columns in the order of the file: FOCUS 1.2's by name, then those of this product (`x_`).
        ///
        /// `BillingAccountType` is not among them: it may not be null, and a forecast knows no account.
        pub const COLUMNS: [&str; [$($column),*].len()] = [$($column),*];

        /// One row, typed; a null cell is a `None`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Row {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl Row {
            /// The cells in the order of [`COLUMNS`].
            pub(super) fn cells(&self) -> [Cell; COLUMNS.len()] {
                [$(self.$field.cell()),*]
            }
        }
    };
}

columns! {
    /// What is on the invoice of the month: a prepaid term in its own row, 0 for the hours that it covers, else what the line costs.
    "BilledCost" billed_cost: Money,
    /// `plan/` and the plan's name as a slug: a forecast has no account.
    "BillingAccountId" billing_account_id: String,
    /// Null.
    "BillingAccountName" billing_account_name: Null,
    /// Currency of every amount.
    "BillingCurrency" billing_currency: Currency,
    /// First moment of the next month.
    "BillingPeriodEnd" billing_period_end: Date,
    /// First moment of the month.
    "BillingPeriodStart" billing_period_start: Date,
    /// Usage, or Purchase for a prepaid term.
    "ChargeCategory" charge_category: &'static str,
    /// Null: a forecast corrects nothing.
    "ChargeClass" charge_class: Null,
    /// Line, formula, price with its word and date, remark.
    "ChargeDescription" charge_description: String,
    /// Usage-Based, Recurring for drills and alert rules, or One-Time for a prepaid term.
    "ChargeFrequency" charge_frequency: &'static str,
    /// As the billing period.
    "ChargePeriodEnd" charge_period_end: Date,
    /// As the billing period.
    "ChargePeriodStart" charge_period_start: Date,
    /// Usage for a reserved line, and for the purchase of its term.
    "CommitmentDiscountCategory" commitment_discount_category: Option<&'static str>,
    /// An id of the plan's reservation.
    "CommitmentDiscountId" commitment_discount_id: Option<String>,
    /// Hours covered in the month; bought, for a purchase.
    "CommitmentDiscountQuantity" commitment_discount_quantity: Option<Decimal>,
    /// Used: hours that a reservation covers and nobody uses are not modelled. Null for a purchase.
    "CommitmentDiscountStatus" commitment_discount_status: Option<&'static str>,
    /// Reservation.
    "CommitmentDiscountType" commitment_discount_type: Option<&'static str>,
    /// Hours.
    "CommitmentDiscountUnit" commitment_discount_unit: Option<&'static str>,
    /// As the pricing quantity; null for a purchase.
    "ConsumedQuantity" consumed_quantity: Option<Decimal>,
    /// As the pricing unit; null for a purchase.
    "ConsumedUnit" consumed_unit: Option<&'static str>,
    /// At the negotiated price, before a reservation.
    "ContractedCost" contracted_cost: Money,
    /// The negotiated price of a unit.
    "ContractedUnitPrice" contracted_unit_price: UnitPrice,
    /// What the line costs, a reservation spread over its hours; 0 for a purchase. These add up to the bill.
    "EffectiveCost" effective_cost: Money,
    /// Who would send the invoice.
    "InvoiceIssuerName" invoice_issuer_name: &'static str,
    /// List unit price × pricing quantity, exactly.
    "ListCost" list_cost: Money,
    /// The list price of a unit.
    "ListUnitPrice" list_unit_price: UnitPrice,
    /// Standard, or Committed for the hours of a reservation.
    "PricingCategory" pricing_category: &'static str,
    /// How many units.
    "PricingQuantity" pricing_quantity: Decimal,
    /// The unit in FOCUS' unit format.
    "PricingUnit" pricing_unit: &'static str,
    /// Who provides.
    "ProviderName" provider_name: &'static str,
    /// Who publishes.
    "PublisherName" publisher_name: &'static str,
    /// ARM name.
    "RegionId" region_id: Option<String>,
    /// Display name.
    "RegionName" region_name: Option<String>,
    /// Null: nothing is deployed.
    "ResourceId" resource_id: Null,
    /// Name of the cache, as in the runbook.
    "ResourceName" resource_name: Option<String>,
    /// Resource type of the cache.
    "ResourceType" resource_type: Option<&'static str>,
    /// One of FOCUS' service categories.
    "ServiceCategory" service_category: &'static str,
    /// The service.
    "ServiceName" service_name: &'static str,
    /// One of FOCUS' subcategories.
    "ServiceSubcategory" service_subcategory: &'static str,
    /// Null: the catalogue has no ids of the price list.
    "SkuId" sku_id: Null,
    /// The meter's name on the price list.
    "SkuMeter" sku_meter: String,
    /// Size, memory and nodes of a cache as JSON.
    "SkuPriceDetails" sku_price_details: Option<String>,
    /// Null, like the id of the SKU.
    "SkuPriceId" sku_price_id: Null,
    /// Null.
    "SubAccountId" sub_account_id: Null,
    /// Null.
    "SubAccountName" sub_account_name: Null,
    /// Null.
    "SubAccountType" sub_account_type: Null,
    /// The plan's tags as a JSON object.
    "Tags" tags: Option<String>,
    /// Plan and topology.
    "x_ForecastScenario" forecast_scenario: String,
    /// When the file was made.
    "x_ForecastDate" forecast_date: Date,
    /// 5th percentile of the row; null without ranges.
    "x_CostP05" cost_p05: Option<Money>,
    /// Median of the row; null without ranges.
    "x_CostP50" cost_p50: Option<Money>,
    /// 95th percentile of the row; null without ranges.
    "x_CostP95" cost_p95: Option<Money>,
    /// Date of the price: a day, a month or a year as its source gives it.
    "x_PriceAsOf" price_as_of: Option<String>,
    /// Version of the library and hash of the facts.
    "x_ModelVersion" model_version: String,
    /// `GeoPrimary`, `GeoSecondary` or `ActiveMember`.
    "x_DrRole" dr_role: Option<&'static str>,
    /// One id for all caches of a pair or group.
    "x_RecoveryPairId" recovery_pair_id: Option<String>,
    /// `SteadyState`, `Drill` or `Resync`.
    "x_DrState" dr_state: &'static str,
    /// What the plan's bill lacks, "M50 in West Europe has no price": its rows add up to a lower bound. Null for a complete bill.
    "x_MissingPrices" missing_prices: Option<String>,
}

/// A cell that is always null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Null;

/// What is written.
pub(super) enum Cell {
    Null,
    Number(Decimal),
    Text(String),
}

trait AsCell {
    fn cell(&self) -> Cell;
}

macro_rules! as_cell {
    ($($type:ty: $self:ident => $cell:expr;)*) => {$(
        impl AsCell for $type {
            fn cell(&self) -> Cell {
                let $self = self;
                $cell
            }
        }
    )*};
}

as_cell! {
    Null: _it => Cell::Null;
    Decimal: it => Cell::Number(*it);
    Money: it => Cell::Number(it.as_decimal());
    UnitPrice: it => Cell::Number(it.as_decimal());
    Currency: it => Cell::Text(it.to_string());
    Date: it => Cell::Text(format!("{it}T00:00:00Z"));
    String: it => Cell::Text(it.clone());
    &'static str: it => Cell::Text((*it).to_owned());
}

impl<T: AsCell> AsCell for Option<T> {
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null, T::cell)
    }
}
