//! Starts the page, or a job of it in a worker.

use dr_app::page::App;

fn main() {
    dr_app::second::offer();
    if web_sys::window().is_none() {
        return dr_app::worker::serve();
    }
    // Yew would put its own in the place of one that it does not know of.
    yew::set_custom_panic_hook(Box::new(report_panic));
    // Keeps the JavaScript API in the module.
    let _ = dr_app::js_api::evaluate_plan;
    if let Some(loading) = gloo::utils::document().query_selector(".loading").ok().flatten() {
        loading.remove();
    }
    yew::Renderer::<App>::new().render();
}

/// A panic is a fault of the program: it is said on the console, and `rescue.js` shows what a person can do.
fn report_panic(panic: &std::panic::PanicHookInfo<'_>) {
    web_sys::console::error_1(&panic.to_string().into());
    if let Ok(event) = web_sys::Event::new("planner-panic") {
        // What listens uses nothing of this program.
        let _ = gloo::utils::window().dispatch_event(&event);
    }
}
