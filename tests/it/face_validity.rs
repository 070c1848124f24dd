//! Presets that should look like what was counted, in order of magnitude.

use orgsim::model::MeasureId;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use orgsim::experiment::{ExperimentResult, Loaded, Options, curve_times, load, run};
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::study::drill;

static STOP: AtomicBool = AtomicBool::new(false);

const fn options() -> Options<'static> {
    Options::plain(0, &STOP)
}

fn preset(name: &str, overlay: impl FnOnce(&Loaded) -> Overlay) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/face_validity").join(name);
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    let with = |overlay: &Overlay| {
        load(&source, overlay)
            .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
    };
    let overlay = overlay(&with(&Overlay::default()));
    with(&overlay)
}

fn few(sets: &[(&str, &str)]) -> Overlay {
    let value = |text: &str| serde_json::from_str(text).expect("values are JSON");
    let short = [("experiment.repeat", "4")];
    let sets = short.iter().chain(sets).map(|&(path, text)| (path.to_owned(), value(text)));
    Overlay { sets: sets.collect(), ..Overlay::default() }
}

fn result(name: &str, sets: &[(&str, &str)]) -> ExperimentResult {
    run(&preset(name, |_| few(sets)).scenario.model, &options())
}

fn mean(result: &ExperimentResult, id: MeasureId) -> f64 {
    result.measured(0, id).and_then(|of| of.mean()).unwrap_or_else(|| panic!("no {id:?}"))
}

/// Of those who were answered, the share answered within so many minutes.
fn of_the_answered(result: &ExperimentResult, minutes: f64) -> f64 {
    let curve = &result.designs[0].scopes[0].curve;
    let times = curve_times();
    let last = times.iter().rposition(|time| time.minutes() <= minutes).expect("times are short");
    curve[last].mean().expect("somebody was answered") / mean(result, MeasureId::Answered)
}

#[track_caller]
fn about(value: f64, counted: f64, times: f64) {
    assert!(counted / times < value && value < counted * times, "{value} is not about {counted}");
}

#[test]
fn an_average_brand_answers_few_and_late() {
    let brand = result("average_brand.json", &[]);
    // Counted: 11 to 20% of what needs a reply, after 10 to 11.4 hours.
    let answered = mean(&brand, MeasureId::Answered);
    assert!((0.09..0.22).contains(&answered), "{answered}");
    about(mean(&brand, MeasureId::FirstReplyMean), 640.0, 2.0);
}

#[test]
fn an_airline_answers_most_and_soon() {
    let airline = result("airline.json", &[]);
    // Counted: JetBlue 75%; a median of 22 minutes; of 34 firms a mean of 504 minutes and, of the
    // answered, 55% within an hour and 94% within a day.
    let answered = mean(&airline, MeasureId::Answered);
    assert!((0.65..0.85).contains(&answered), "{answered}");
    assert!(of_the_answered(&airline, 8.0) < 0.5 && 0.5 < of_the_answered(&airline, 50.0));
    about(of_the_answered(&airline, 60.0), 0.55, 1.35);
    about(of_the_answered(&airline, 1440.0), 0.94, 1.06);
    about(mean(&airline, MeasureId::FirstReplyMean), 504.0, 3.0);
}

#[test]
fn a_week_in_which_every_reply_is_checked_has_the_mean_and_not_the_first_hour() {
    let week = result("computer_maker.json", &[]);
    // Counted: a mean of 271 minutes, 77% within six hours, 18% within one.
    about(mean(&week, MeasureId::FirstReplyMean), 271.0, 1.4);
    about(of_the_answered(&week, 360.0), 0.77, 1.15);
    assert!(1.5 * 0.18 < of_the_answered(&week, 60.0), "if this fails, the chapter is wrong");
}

#[test]
fn a_storm_of_five_times_the_volume_halves_the_share_answered() {
    let calm = preset("airline.json", |_| few(&[]));
    let storm = preset("airline.json", |calm| {
        let mut overlay = calm.scenario.what_ifs[0].overlay.clone();
        overlay.sets.extend(few(&[]).sets);
        overlay
    });
    let (calm, storm) = (&calm.scenario.model, &storm.scenario.model);
    let ordinary = run(calm, &options());
    let drill = drill(("storm", "5 times"), calm, storm, &ordinary, &options()).expect("a surge");
    let answered = drill.designs[0].as_it_is.answered.mean().expect("somebody wrote then");
    // Counted: 75% to 37% at JetBlue, to 20% in the industry.
    assert!((0.12..0.40).contains(&answered), "{answered}");
    assert!(answered < 0.6 * mean(&ordinary, MeasureId::Answered));
}

#[test]
fn the_later_the_reply_the_more_write_again() {
    let at = |heads: &str| {
        let airline = result("airline.json", &[("designs.One desk.care agent", heads)]);
        let totals = &airline.designs[0].totals;
        (mean(&airline, MeasureId::FirstReplyMean), totals.contacts as f64 / totals.arrived as f64)
    };
    let (soon, some, late) = (at("10"), at("8.6"), at("7.6"));
    assert!(soon.0 < some.0 && some.0 < late.0, "{soon:?} {some:?} {late:?}");
    assert!(soon.1 + 0.004 < some.1 && some.1 + 0.004 < late.1, "{soon:?} {some:?} {late:?}");
}
