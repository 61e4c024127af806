//! Starts the page, or a job of it in a worker.

use dr_app::page::App;

fn main() {
    if web_sys::window().is_none() {
        return dr_app::worker::serve();
    }
    // Keeps the door for page scripts in the module.
    let _ = dr_app::door::evaluate_plan;
    if let Some(loading) = gloo::utils::document().query_selector(".loading").ok().flatten() {
        loading.remove();
    }
    yew::Renderer::<App>::new().render();
}
