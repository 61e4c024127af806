//! A chart in its panel: sentence, drawing, read-out, caption, table, files.

use crate::files;
use crate::inline::text;
use crate::state::{Theme, use_session};
use dr_core::draw::readout::{Stop, across, dots, nearest, stops, words};
use dr_core::draw::{Frames, Palette, Rect, Setting, draw, estimate, layout, svg};
use dr_core::report::chart::{Chart, Plot, Table};
use dr_core::report::document;
use gloo::events::EventListener;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// Width of the files that are saved, in CSS pixels.
const FILE_WIDTH: u32 = 960;
/// Stands where a figure will be read.
const HINT: &str = "Point, tap or use the arrow keys to read it.";

/// Properties of [`Figure`].
#[derive(Properties, PartialEq)]
pub struct FigureProps {
    /// The chart; compared by its content.
    pub chart: Rc<Chart>,
    /// Stands between the sentence and the drawing.
    #[prop_or_default]
    pub children: Html,
    /// It stands in a panel, and is none of its own.
    #[prop_or_default]
    pub inside: bool,
    /// A value of the horizontal axis with a line across the drawing, which moves without a new drawing.
    #[prop_or_default]
    pub marker: Option<f64>,
}

/// A chart with everything around it. Drawn at the container's real width and the device's resolution.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let chart = Rc::clone(&props.chart);
    let session = use_session();
    let (frame, canvas) = (use_node_ref(), use_node_ref());
    let width = use_width(&frame);
    let palette = if use_dark(session.theme) { Palette::DARK } else { Palette::LIGHT };
    let at = use_state(|| None::<usize>);
    let table = use_state(|| false);
    let frames = use_drawing(&chart, width, palette, &canvas);
    let places = use_memo((Rc::clone(&chart), Rc::clone(&frames)), |(chart, frames)| {
        (**frames).as_ref().map_or_else(Vec::new, |frames| stops(&chart.plot, frames))
    });
    let chosen = at.and_then(|at| places.get(at).copied());
    let onpointermove = {
        let (at, places) = (at.clone(), Rc::clone(&places));
        Callback::from(move |event: PointerEvent| at.set(pointed(&event, &places)))
    };
    let onpointerleave = {
        let at = at.clone();
        Callback::from(move |_: PointerEvent| at.set(None))
    };
    let onkeydown = read_by_keys(&at, &chart.plot, places.len());
    let toggle = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.set(!*table))
    };
    let height = (*frames).as_ref().map_or(0.0, Frames::height);
    let content = html! {
        <>
            if !chart.says.is_empty() { <p class="say">{ text(&chart.says.as_slice().into()) }</p> }
            { props.children.clone() }
            <figure>
                <p class="readout" aria-live="polite">{ chosen.map_or_else(|| HINT.to_owned(), |stop| words(&chart.plot, &stop)) }</p>
                <div class="drawing" ref={frame} tabindex="0" role="group" aria-label={format!("{}: arrow keys read the figures", chart.title)}
                    {onpointermove} {onpointerleave} {onkeydown}>
                    <canvas ref={canvas.clone()} role="img" aria-label={chart.title.clone()}></canvas>
                    { overlay(&chart, (*frames).as_ref(), (chosen, props.marker), width, height) }
                </div>
                <figcaption><span>{ &chart.caption }</span><span class="links">
                    <button type="button" class="link" aria-expanded={table.to_string()} onclick={toggle}>{ "Table" }</button>
                    { files_of(&chart, palette, canvas) }
                </span></figcaption>
                if *table { { table_view(&chart.table, &chart.title) } }
            </figure>
        </>
    };
    if props.inside {
        html! { <div class="chart"><h3>{ &chart.title }</h3>{ content }</div> }
    } else {
        html! { <section class="panel chart"><header><h2>{ &chart.title }</h2></header>{ content }</section> }
    }
}

/// Arrow keys read one figure after the other, Escape none.
fn read_by_keys(at: &UseStateHandle<Option<usize>>, plot: &Plot, count: usize) -> Callback<KeyboardEvent> {
    let (at, grid) = (at.clone(), grid_of(plot).filter(|_| count > 0));
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        if key == "Escape" {
            at.set(None);
        } else if let Some(next) = grid.map_or_else(|| stepped(*at, count, &key), |grid| walked(*at, grid, &key)) {
            event.prevent_default();
            at.set(Some(next));
        }
    })
}

/// The buttons that save the chart.
fn files_of(chart: &Rc<Chart>, palette: Palette, canvas: NodeRef) -> Html {
    html! {
        <>
            <button type="button" class="link" onclick={save_svg(chart, palette)}>{ "SVG" }</button>
            <button type="button" class="link" onclick={save_png(chart, canvas)}>{ "PNG" }</button>
            <button type="button" class="link" onclick={save_csv(chart)}>{ "CSV" }</button>
        </>
    }
}

/// The figure of a chart, if the plan has one.
pub fn figure(chart: Option<Chart>) -> Html {
    chart.map_or_else(Html::default, |chart| html! { <Figure chart={Rc::new(chart)} /> })
}

/// Draws the chart on the canvas; where its parts stand, once the width is known.
#[hook]
fn use_drawing(chart: &Rc<Chart>, width: f64, palette: Palette, canvas: &NodeRef) -> Rc<Option<Frames>> {
    let frames = use_memo((Rc::clone(chart), width), |(chart, width)| {
        (*width > 0.0).then(|| layout(&chart.plot, *width, &measure))
    });
    let (canvas, drawn) = (canvas.clone(), Rc::clone(&frames));
    use_effect_with((Rc::clone(chart), width, palette), move |(chart, width, palette)| {
        if let (Some(frames), Some(canvas)) = (&*drawn, canvas.cast::<HtmlCanvasElement>()) {
            paint(canvas, chart, frames, *width, palette);
        }
    });
    frames
}

/// The container's width in CSS pixels, 0 before the first drawing.
#[hook]
fn use_width(frame: &NodeRef) -> f64 {
    let width = use_state(|| 0.0);
    {
        let (width, frame) = (width.clone(), frame.clone());
        use_effect_with((), move |()| {
            let measured = move || frame.cast::<HtmlElement>().map_or(0.0, |frame| f64::from(frame.client_width()));
            width.set(measured());
            let listener = EventListener::new(&gloo::utils::window(), "resize", move |_| width.set(measured()));
            move || drop(listener)
        });
    }
    *width
}

/// True on a dark ground: the person's choice, else the system's.
#[hook]
fn use_dark(theme: Theme) -> bool {
    let system = use_state(|| false);
    {
        let system = system.clone();
        use_effect_with((), move |()| {
            let query = gloo::utils::window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            let listener = query.map(|query| {
                system.set(query.matches());
                let asked = query.clone();
                EventListener::new(&query, "change", move |_| system.set(asked.matches()))
            });
            move || drop(listener)
        });
    }
    match theme {
        Theme::System => *system,
        Theme::Light => false,
        Theme::Dark => true,
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Width of a text as the canvas will draw it.
fn measure(text: &str, bold: bool) -> f64 {
    let made = gloo::utils::document()
        .create_element("canvas")
        .ok()
        .and_then(|element| element.dyn_into::<HtmlCanvasElement>().ok());
    let width = made.as_ref().and_then(context).and_then(|context| {
        context.set_font(if bold { "bold 12px system-ui, sans-serif" } else { "12px system-ui, sans-serif" });
        context.measure_text(text).ok()
    });
    width.map_or_else(|| estimate(text, bold), |metrics| metrics.width())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a screen")]
fn paint(canvas: HtmlCanvasElement, chart: &Chart, frames: &Frames, width: f64, palette: &Palette) {
    // At least twice: plotters draws in whole pixels, and a slanted line of them shows its stairs.
    let scale = gloo::utils::window().device_pixel_ratio().clamp(2.0, 4.0);
    canvas.set_width((width * scale).round() as u32);
    canvas.set_height((frames.height() * scale).round() as u32);
    let Some(backend) = CanvasBackend::with_canvas_object(canvas) else { return };
    let setting = Setting { scale, font: 1.0, measure: &measure };
    // A canvas that does not draw leaves an empty picture; sentence, caption and table still stand.
    let _ = draw(&backend.into_drawing_area(), &chart.plot, frames, palette, setting);
}

fn pointed(event: &PointerEvent, places: &[Stop]) -> Option<usize> {
    let frame = event.current_target()?.dyn_into::<HtmlElement>().ok()?;
    let edge = frame.get_bounding_client_rect();
    nearest(places, (f64::from(event.client_x()) - edge.left(), f64::from(event.client_y()) - edge.top()))
}

/// The place that a key leads to, if it leads anywhere.
fn stepped(at: Option<usize>, count: usize, key: &str) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (key, at) {
        ("ArrowRight" | "ArrowDown", Some(at)) => (at + 1).min(last),
        ("ArrowLeft" | "ArrowUp", Some(at)) => at.saturating_sub(1),
        ("ArrowRight" | "ArrowDown" | "Home", None) | ("Home", Some(_)) => 0,
        ("ArrowLeft" | "ArrowUp", None) | ("End", _) => last,
        _ => return None,
    })
}

/// Cells to walk over: columns, rows, and where the walk starts.
#[derive(Clone, Copy)]
struct Cells {
    columns: usize,
    rows: usize,
    start: usize,
}

fn grid_of(plot: &Plot) -> Option<Cells> {
    let Plot::Heat(heat) = plot else { return None };
    let (columns, rows) = (heat.x.names.len(), heat.y.names.len());
    Some(Cells { columns, rows, start: heat.own.1 * columns + heat.own.0 })
}

/// The cell that a key leads to: up and down by a row, never over an edge; the first key reads the plan's own.
fn walked(at: Option<usize>, Cells { columns, rows, start }: Cells, key: &str) -> Option<usize> {
    let (column, row) = at.map_or((0, 0), |at| (at % columns, at / columns));
    let (column, row) = match (key, at) {
        ("ArrowRight" | "ArrowLeft" | "ArrowUp" | "ArrowDown", None) => return Some(start),
        ("ArrowRight", _) => ((column + 1).min(columns - 1), row),
        ("ArrowLeft", _) => (column.saturating_sub(1), row),
        ("ArrowDown", _) => (column, (row + 1).min(rows - 1)),
        ("ArrowUp", _) => (column, row.saturating_sub(1)),
        ("Home", _) => (0, row),
        ("End", _) => (columns - 1, row),
        _ => return None,
    };
    Some(row * columns + column)
}

/// The mark of the place that is read, and the marker's line, over the drawing.
fn overlay(
    chart: &Chart,
    frames: Option<&Frames>,
    (chosen, marker): (Option<Stop>, Option<f64>),
    width: f64,
    height: f64,
) -> Html {
    let Some(frames) = frames else { return Html::default() };
    let marked = marker.and_then(|at| across(&chart.plot, frames, at));
    if chosen.is_none() && marked.is_none() {
        return Html::default();
    }
    let pixels = |value: f64| format!("{value:.1}");
    let rect = |place: Rect, class: Option<&'static str>| {
        html! { <rect {class} x={pixels(place.x)} y={pixels(place.y)} width={pixels(place.w.max(1.0))} height={pixels(place.h)} /> }
    };
    let dot = |x: f64, y: f64| html! { <circle cx={pixels(x)} cy={pixels(y)} r="4.5" /> };
    let dots = chosen.map(|stop| dots(&chart.plot, frames, &stop).into_iter().map(move |y| dot(stop.place.x, y)));
    html! {
        <svg class="overlay" viewBox={format!("0 0 {width} {height}")} aria-hidden="true" focusable="false">
            { for marked.map(|place| rect(place, Some("moment"))) }
            { for chosen.map(|stop| rect(stop.place, None)) }
            { for dots.into_iter().flatten() }
        </svg>
    }
}

/// A table of texts that scrolls inside itself.
pub fn table_view(table: &Table, name: &str) -> Html {
    let cells = |row: &Vec<String>| html! { <tr>{ for row.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> };
    html! {
        <div class="scroll" role="region" aria-label={name.to_owned()} tabindex="0">
            <table>
                <thead><tr>{ for table.head.iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                <tbody>{ for table.rows.iter().map(cells) }</tbody>
            </table>
        </div>
    }
}

fn save_svg(chart: &Rc<Chart>, palette: Palette) -> Callback<MouseEvent> {
    let chart = Rc::clone(chart);
    Callback::from(move |_| {
        let text = svg(&chart.plot, &palette, FILE_WIDTH);
        files::download(&format!("{}.svg", chart.id), "image/svg+xml", text.as_bytes());
    })
}

fn save_png(chart: &Rc<Chart>, canvas: NodeRef) -> Callback<MouseEvent> {
    let chart = Rc::clone(chart);
    Callback::from(move |_| {
        let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return };
        let name = format!("{}.png", chart.id);
        let save = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
            if let Some(blob) = blob {
                files::download_blob(&name, &blob);
            }
        });
        let _ = canvas.to_blob(save.unchecked_ref());
    })
}

fn save_csv(chart: &Rc<Chart>) -> Callback<MouseEvent> {
    let chart = Rc::clone(chart);
    Callback::from(move |_| {
        files::download(&format!("{}.csv", chart.id), "text/csv", document::Table::of_chart(&chart).csv().as_bytes());
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_walk_along_the_drawing() {
        let cases = [
            (None, 3, "ArrowRight", Some(0)),
            (Some(2), 3, "ArrowRight", Some(2)),
            (Some(0), 3, "ArrowLeft", Some(0)),
            (Some(1), 3, "End", Some(2)),
            (Some(1), 3, "x", None),
            (None, 0, "ArrowRight", None),
        ];
        for (at, count, key, next) in cases {
            assert_eq!(stepped(at, count, key), next, "{key} from {at:?}");
        }
    }

    #[test]
    fn arrows_walk_over_cells_and_stop_at_the_edges() {
        let cells = Cells { columns: 3, rows: 2, start: 4 };
        let cases = [
            (None, "ArrowUp", Some(4)),
            (Some(4), "ArrowUp", Some(1)),
            (Some(1), "ArrowUp", Some(1)),
            (Some(2), "ArrowRight", Some(2)),
            (Some(1), "ArrowDown", Some(4)),
            (Some(4), "Home", Some(3)),
            (Some(3), "End", Some(5)),
            (Some(3), "ArrowLeft", Some(3)),
            (Some(3), "x", None),
        ];
        for (at, key, next) in cases {
            assert_eq!(walked(at, cells, key), next, "{key} from {at:?}");
        }
    }
}
