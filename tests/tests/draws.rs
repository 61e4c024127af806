//! The same seed gives the same bits: here, and in the browser's worker (`browser/same_bytes.rs`) against the same hash.

use dr_core::jobs::Reply;
use dr_tests::draw;

#[test]
fn a_draw_has_the_pinned_hash() {
    let mut last = None;
    draw::job().run(&|| 0.0, &mut |reply| last = Some(reply));
    let Some(Reply::Done(figures)) = &last else { panic!("{last:?}") };
    assert!(figures.len() > 300 && figures.iter().filter(|figure| figure.fract() != 0.0).count() > 200);
    let text = last.as_ref().map(Reply::to_json).unwrap_or_default();
    assert_eq!(draw::hash(&text), draw::HASH, "{:#018x}", draw::hash(&text));
}
