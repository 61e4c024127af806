//! Where a plan's own rows of the price list are found.

use super::meter::products;
use crate::plan::Plan;
use crate::units::Currency;

/// The address of the Retail Prices API that answers with the rows that a plan is billed on: the products of the planner
/// in the plan's regions and those without a region, in a currency.
///
/// Nothing here asks for it: a person opens it, saves every page (each names the next in `NextPageLink`) and opens the
/// files together. The filter is `OData`, its values spelt as the list spells them (the API compares by case). Source:
/// learn.microsoft.com, "Azure Retail Prices overview".
#[must_use]
pub fn price_list_address(plan: &Plan, currency: Currency) -> String {
    let mut regions: Vec<&str> = Vec::new();
    for region in plan.regions.iter().map(|region| region.region.as_str()) {
        // A name that a file brought along may hold anything; a region's own is letters and digits.
        if !regions.contains(&region) && region.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
            regions.push(region);
        }
    }
    regions.extend(["Global", ""]);
    let filter = format!("{} and {}", any("armRegionName", regions), any("productName", products()));
    question(currency, &filter)
}

/// The same for every region: what the terminal fetches without a plan.
#[must_use]
pub fn whole_price_list_address(currency: Currency) -> String {
    question(currency, &any("productName", products()))
}

/// `(field eq 'a' or field eq 'b')`.
fn any<'a>(field: &str, values: impl IntoIterator<Item = &'a str>) -> String {
    let each: Vec<String> = values.into_iter().map(|value| format!("{field} eq '{value}'")).collect();
    format!("({})", each.join(" or "))
}

fn question(currency: Currency, filter: &str) -> String {
    let filter = filter.replace(' ', "%20");
    format!("https://prices.azure.com/api/retail/prices?currencyCode='{currency}'&$filter={filter}")
}

#[cfg(test)]
mod tests {
    use super::price_list_address;
    use crate::catalog::RegionId;
    use crate::plan::Plan;
    use crate::units::Currency;

    #[test]
    fn the_address_names_regions_products_and_currency() {
        let mut plan = Plan::default();
        let address = price_list_address(&plan, Currency::new("EUR").expect("a currency"));
        insta::assert_snapshot!(address.replace("%20", " ").replace(" or ", "\n  or ").replace(" and ", "\nand "));
        let whole = super::whole_price_list_address(Currency::USD);
        assert!(
            whole.contains("currencyCode='USD'&$filter=(productName") && !whole.contains("armRegionName"),
            "{whole}"
        );
        plan.regions[0].region = RegionId::new("x' or 1 eq 1");
        assert!(!price_list_address(&plan, Currency::USD).contains("1%20eq"));
    }
}
