//! A box for a share in percent: of users or writes in a region, of the data or the writes in a part.

use crate::fields::{Asked, input_id, onfocus, onmousedown, use_checked_text};
use crate::state::{Action, Mode, use_act, use_session};
use dr_core::plan::{PartShare, Plan, Share, read_share, share_text};
use dr_core::units::Ratio;
use yew::prelude::*;

/// Whose share, by the place in its list.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum ShareOf {
    Region(usize, Share),
    Part(usize, PartShare),
}

impl ShareOf {
    fn id(self) -> String {
        match self {
            Self::Region(at, Share::Users) => format!("f-share-{at}-users"),
            Self::Region(at, Share::Writes) => format!("f-share-{at}-writes"),
            Self::Part(at, PartShare::Data) => input_id(&format!("data.parts.{at}.share")),
            Self::Part(at, PartShare::Writes) => input_id(&format!("data.parts.{at}.writes")),
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Region(..) => "regions",
            Self::Part(..) => super::parts::PATH,
        }
    }

    /// The share of the writes beside it.
    const fn writes(self) -> Self {
        match self {
            Self::Region(at, _) => Self::Region(at, Share::Writes),
            Self::Part(at, _) => Self::Part(at, PartShare::Writes),
        }
    }

    fn set(self, plan: &mut Plan, share: Ratio) {
        match self {
            Self::Region(at, kind) => plan.set_share(at, kind, share),
            Self::Part(at, kind) => plan.set_part_share(at, kind, share),
        }
    }

    /// In basic mode the writes follow.
    fn edit(self, share: Ratio, basic: bool) -> Action {
        Action::edit(self.path(), move |plan| {
            self.set(plan, share);
            if basic {
                self.writes().set(plan, share);
            }
        })
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ShareBoxProps {
    pub(super) of: ShareOf,
    pub(super) label: String,
    pub(super) value: Ratio,
}

/// The box.
#[component]
pub(super) fn ShareBox(props: &ShareBoxProps) -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_checked_text();
    let (of, basic, id) = (props.of, session.mode == Mode::Basic, props.of.id());
    let (label, kept) = (props.label.clone(), props.value);
    let onchange = typed.onasked(&session, &act, format!("{}\u{a0}%", share_text(kept)), move |text| {
        let label = label.clone();
        Asked::new(move || match read_share(&label, &text, kept) {
            Ok(share) => of.edit(share, basic),
            Err(said) => Action::Refuse(said),
        })
    });
    let bad = typed.is_refused();
    html! {
        <>
            <div class={classes!("q", bad.then_some("bad"))}>
                <input id={id.clone()} type="text" inputmode="decimal" autocomplete="off" aria-label={props.label.clone()}
                    aria-invalid={bad.then_some("true")} aria-describedby={typed.described_by(&id)}
                    value={typed.shown(share_text(props.value))} oninput={typed.oninput()} onkeydown={typed.onkeydown()} {onchange}
                    onfocus={onfocus()} onmousedown={onmousedown()} />
                <span class="unit">{ "%" }</span>
            </div>
            { typed.says(&id) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(action: Action, mut plan: Plan) -> Plan {
        let Action::Edit { change, .. } = action else { panic!("no edit") };
        change(&mut plan);
        plan
    }

    #[test]
    fn in_basic_mode_writes_follow_users() {
        let first = Plan::default().regions[0].writes;
        for (basic, writes) in [(true, Ratio::percent(70.0)), (false, first)] {
            let of = ShareOf::Region(0, Share::Users);
            let plan = after(of.edit(Ratio::percent(70.0), basic), Plan::default());
            assert_eq!((plan.regions[0].users, plan.regions[0].writes), (Ratio::percent(70.0), writes));
        }
    }

    #[test]
    fn in_basic_mode_writes_follow_the_data() {
        let mut first = Plan::default();
        first.add_part();
        let kept = first.data.parts[0].writes;
        for (basic, writes) in [(true, Ratio::percent(30.0)), (false, kept)] {
            let of = ShareOf::Part(0, PartShare::Data);
            let plan = after(of.edit(Ratio::percent(30.0), basic), first.clone());
            assert_eq!((plan.data.parts[0].share, plan.data.parts[0].writes), (Ratio::percent(30.0), writes));
        }
    }
}
