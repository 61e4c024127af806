//! What nobody has confirmed yet, in words.

use crate::catalog::Severity;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::rules::Finding;
use crate::units::format;

/// What is open of one topology, or of all, by how much hangs on it.
pub(crate) fn open(evaluation: &Evaluation, only: Option<Topology>) -> impl Iterator<Item = &Finding> {
    evaluation.open.iter().filter(move |open| only.is_none_or(|topology| topology == open.topology))
}

/// "17 confirmations of the active group are open; 8 of them block if the answer is no."; `None` where nothing is open. A design is
/// not barred by it.
#[must_use]
pub fn open_words(evaluation: &Evaluation, only: Option<Topology>) -> Option<String> {
    let count = open(evaluation, only).count();
    let blocking = open(evaluation, only).filter(|it| it.severity == Severity::Block).count();
    let of = only.map_or_else(String::new, |topology| format!(" of the {}", topology.name().to_ascii_lowercase()));
    let are = if count == 1 { "is" } else { "are" };
    let behind = match blocking {
        0 => String::new(),
        1 if count == 1 => "; it blocks if the answer is no".to_owned(),
        1 => "; 1 of them blocks if the answer is no".to_owned(),
        _ if blocking == count => "; all of them block if the answer is no".to_owned(),
        _ => format!("; {blocking} of them block if the answer is no"),
    };
    (count > 0).then(|| format!("{}{of} {are} open{behind}.", format::counted(count, "confirmation")))
}
