//! Starts the page.

fn main() {
    // Keeps the door for page scripts in the module.
    let _ = dr_app::door::evaluate_plan;
}
