//! The link: the plan as a fragment, without the names of an imported estate unless they are asked for.

use crate::files;
use crate::later;
use crate::state::{Act, Action, Session, address};
use dr_core::codec;
use dr_core::plan::{Plan, Site};
use dr_core::portfolio::{Portfolio, aliases, is_imported};
use gloo::utils::window;

/// Said at the button.
pub(super) const SAYS: &str =
    "Copies a link that holds the plan. Names and ids of an imported estate become aliases, the site file stays out.";

/// Links above this length break in some mail and chat programs.
const LONG_LINK: usize = 8_000;

/// The plan has a site file, or an import has made plans that are open, or were before.
pub(super) fn is_of_an_estate(session: &Session) -> bool {
    let portfolios = [&session.workspace.portfolio, &session.asks.portfolio];
    session.plan.site != Site::default()
        || session.workspace.estate.is_some()
        || portfolios.into_iter().flatten().any(|all| all.entries.iter().any(|entry| is_imported(entry)))
}

/// The plan as a link holds it, where the names of an imported estate become aliases; `None` where it holds none. Reached through
/// [`crate::later`] alone.
pub(crate) fn without_names(session: &Session) -> Option<Plan> {
    let portfolios = [&session.workspace.portfolio, &session.asks.portfolio];
    let estate = session.workspace.estate.as_ref().map(|estate| &*estate.portfolio);
    let all = portfolios.into_iter().flatten().map(|it| &**it).chain(estate);
    let plan = aliases(all.collect::<Vec<&Portfolio>>()).in_plan(&session.plan);
    (plan != *session.plan).then_some(plan)
}

/// Puts a link on the clipboard, and in the address bar where it holds the plan as it is.
pub(super) fn share(session: &Session, act: &Act) {
    if !is_of_an_estate(session) {
        return share_whole(session, act);
    }
    let (session, to) = (session.clone(), act.clone());
    later::with(act, move |second| match (second.without_names)(&session) {
        Some(plan) => share_aliases(&plan, &session, &to),
        None => share_whole(&session, &to),
    });
}

/// The address bar keeps the plan of this page: it is another than the link's.
fn share_aliases(plan: &Plan, session: &Session, act: &Act) {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    let view = session.view().path();
    files::copy(&format!("{page}#{}/{view}", codec::to_fragment(plan)));
    act.emit(Action::Tell(format!(
        "The link is on the clipboard; nothing was sent. It holds aliases in place of the names and ids of the estate: the plan is called \
         “{}” in it. Export, Link with names keeps them.{}",
        plan.name,
        stays(session)
    )));
}

/// Puts the plan as it is into the address.
pub(super) fn share_whole(session: &Session, act: &Act) {
    let fragment = codec::to_fragment(&session.plan);
    // Replaced, not pushed: going back leads to the view before this one.
    let replaced = address::replace(Some(&fragment), session.view());
    let address = window().location().href().unwrap_or_default();
    files::copy(&address);
    let stays = stays(session);
    act.emit(match (replaced, fragment.len() > LONG_LINK) {
        (false, _) => Action::Refuse("The browser refused the link: save the plan as a file (Export).".to_owned()),
        (true, true) => Action::Tell(format!(
            "The link is in the address bar and on the clipboard. Its {} characters may be \
                                              cut by some programs: the plan file (Export) is safer.{stays}",
            address.len()
        )),
        (true, false) => Action::Tell(format!(
            "The link is in the address bar and on the clipboard. It holds the whole plan; \
                                               nothing was sent.{stays}"
        )),
    });
}

const fn stays(session: &Session) -> &'static str {
    if session.sheet.is_some() { " The price sheet stays here: the link opens with the bundled prices." } else { "" }
}
