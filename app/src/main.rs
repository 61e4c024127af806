//! Starts the page.

use dr_app::page::App;

fn main() {
    // Keeps the door for page scripts in the module.
    let _ = dr_app::door::evaluate_plan;
    if let Some(loading) = gloo::utils::document().query_selector(".loading").ok().flatten() {
        loading.remove();
    }
    yew::Renderer::<App>::new().render();
}
