//! One day of one repetition as somebody who looks on sees it: the same posts meet several designs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::memory::has_memory;
use crate::model::{Model, StudyKind};
use crate::sim::{self, Crew, Happening, Observer, Sighting, Task, Watch};
use crate::units::SimTime;

/// The replication that is recorded, from 0.
const REPLICATION: u32 = 0;
/// How long after the day its posts are followed, so that a reply of the next morning is known.
const FOLLOWED: SimTime = SimTime::DAY.times(3);

/// What happened to one inquiry, in order.
pub type Story = Vec<(SimTime, Happening)>;

/// A stretch of the first replication, and what came in then.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// From when, until when.
    pub window: (SimTime, SimTime),
    /// Inquiries that came in then, or came in before and were still on somebody's mind.
    pub posts: Vec<RecordedPost>,
    /// Mentions that appeared then: when, and on which channel.
    pub mentions: Vec<(SimTime, u32)>,
    /// By design.
    pub designs: Vec<DesignRecording>,
}

/// An inquiry that all designs meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedPost {
    /// Its number, in order of arrival, from 0.
    pub number: u64,
    /// When it came in; perhaps before the window.
    pub at: SimTime,
    /// Channel, by number.
    pub channel: u32,
    /// Topic, by number.
    pub topic: u32,
    /// Unit, by number.
    pub unit: Option<u32>,
    /// Whether it is its unit's own matter.
    pub unit_matter: bool,
    /// Whether it needs a reply by its own nature.
    pub needs_reply: bool,
}

/// What a design made of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DesignRecording {
    /// By post, its story without the arrival; empty where it was over before the window began.
    pub stories: Vec<Story>,
    /// By post, when nobody had it any more, which may be after it had ended; `None` if that was not seen.
    pub gone: Vec<Option<SimTime>>,
    /// By mention.
    pub sightings: Vec<Vec<(SimTime, Sighting)>>,
    /// By role, how it was at the window's start and after each change.
    pub crews: Vec<Vec<(SimTime, Crew)>>,
}

/// A day like others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrdinaryDay {
    /// From midnight to midnight, or all there is of it.
    pub window: (SimTime, SimTime),
    /// Inquiries on it.
    pub inquiries: u64,
    /// The number in the middle of the days it was chosen from.
    pub usual: f64,
}

/// The weekday whose number of inquiries is nearest to the middle of all weekdays that count in the first
/// replication; the first of equals. `weekday` is the day of the week of time 0, from Monday. Where no weekday counts as a whole,
/// any day does; a run shorter than a day is taken whole. `None` where nothing comes in, or on a stop.
pub fn ordinary_day(model: &Model, weekday: usize, stop: &AtomicBool) -> Option<OrdinaryDay> {
    struct Days(Vec<u64>);
    impl Observer for Days {
        const WATCHES: bool = true;
        fn on(&mut self, at: SimTime, _: u64, happening: Happening) {
            if matches!(happening, Happening::Arrived { .. }) {
                let day = (at.micros() / SimTime::DAY.micros()) as usize;
                if self.0.len() <= day {
                    self.0.resize(day + 1, 0);
                }
                self.0[day] += 1;
            }
        }
    }
    let mut days = Days(Vec::new());
    watch(model, 0, model.study.clone(), stop, &mut days)?;
    let study = &model.study;
    let ends = study.kind != StudyKind::UntilDone;
    let whole = |day: &usize| {
        let from = SimTime::DAY.times(*day as u64);
        study.warm_up <= from && !(ends && study.horizon() < from + SimTime::DAY)
    };
    let whole: Vec<usize> = (0..days.0.len()).filter(whole).collect();
    let weekdays: Vec<usize> =
        whole.iter().copied().filter(|day| (day + weekday) % 7 < 5).collect();
    let of = if weekdays.is_empty() { whole } else { weekdays };
    let mut counts: Vec<u64> = of.iter().map(|&day| days.0[day]).collect();
    counts.sort_unstable();
    let middle = |at: usize| counts.get(at).map_or(0.0, |&count| count as f64);
    let usual = (middle(counts.len().saturating_sub(1) / 2) + middle(counts.len() / 2)) / 2.0;
    let off = |day: usize| (days.0[day] as f64 - usual).abs();
    let someone = |day: &&usize| 0 < days.0[**day];
    if let Some(&day) = of.iter().filter(someone).min_by(|&&a, &&b| off(a).total_cmp(&off(b))) {
        let from = SimTime::DAY.times(day as u64);
        let inquiries = days.0[day];
        let window = (from, from + SimTime::DAY);
        return Some(OrdinaryDay { window, inquiries, usual });
    }
    let inquiries: u64 = days.0.iter().sum();
    let until = study.horizon().min(study.warm_up + SimTime::DAY);
    let window = (study.warm_up, until);
    let any = 0 < inquiries && study.warm_up < until;
    any.then_some(OrdinaryDay { window, inquiries, usual: inquiries as f64 })
}

/// Look on while every design meets the first replication, from `window.0` to `window.1`.
///
/// Nothing of it changes a number: the run ends a few days after the window, and up to there is the one of
/// the experiment. `None` on a stop.
pub fn record(model: &Model, window: (SimTime, SimTime), stop: &AtomicBool) -> Option<Recording> {
    let mut study = model.study.clone();
    if study.kind != StudyKind::UntilDone {
        let end = (window.1 + FOLLOWED).min(study.horizon());
        if end < study.horizon() {
            study.follow = SimTime::ZERO;
        }
        study.run_for = end.since(study.warm_up);
    }
    let recorders: Option<Vec<Recorder>> = (0..model.designs.len())
        .map(|design| {
            let mut recorder = Recorder::new(window);
            watch(model, design, study.clone(), stop, &mut recorder)?;
            recorder.finish();
            Some(recorder)
        })
        .collect();
    Some(together(window, recorders?))
}

/// Run one design once under somebody's eyes; `None` on a stop.
fn watch<O: Observer>(
    model: &Model,
    design: usize,
    study: crate::model::Study,
    stop: &AtomicBool,
    observer: &mut O,
) -> Option<()> {
    let watch = Watch::default();
    let task = Task {
        study: &study,
        stop: Some(stop),
        memory: Some(has_memory),
        ..Task::of(model, &model.designs[design], &watch, REPLICATION)
    };
    sim::run(&task, observer);
    (!stop.load(Ordering::Relaxed)).then_some(())
}

/// A mention in the making: when and where it appeared, and what became of it.
type Seen = (SimTime, u32, Vec<(SimTime, Sighting)>);

/// One design's stories in the making.
struct Recorder {
    window: (SimTime, SimTime),
    stories: BTreeMap<u64, (RecordedPost, Story, Option<SimTime>)>,
    mentions: BTreeMap<u64, Seen>,
    crews: Vec<Vec<(SimTime, Crew)>>,
    /// How the roles were before the window.
    last: Vec<Crew>,
}

impl Recorder {
    fn new(window: (SimTime, SimTime)) -> Recorder {
        Recorder {
            window,
            stories: BTreeMap::new(),
            mentions: BTreeMap::new(),
            crews: Vec::new(),
            last: Vec::new(),
        }
    }

    /// Forget posts of before to which nothing happened in the window.
    fn finish(&mut self) {
        let (from, until) = self.window;
        self.stories.retain(|_, (post, story, gone)| {
            let within = |at: SimTime| from <= at && at < until;
            let seen = gone.is_some_and(within) || story.iter().any(|(at, _)| within(*at));
            within(post.at) || seen
        });
        if self.crews.is_empty() {
            self.begin();
        }
    }

    /// The window begins: this is how the roles are.
    fn begin(&mut self) {
        self.crews = self.last.iter().map(|&crew| vec![(self.window.0, crew)]).collect();
    }
}

impl Observer for Recorder {
    const WATCHES: bool = true;

    fn on(&mut self, at: SimTime, number: u64, happening: Happening) {
        if let Happening::Arrived { channel, topic, unit, unit_matter, needs_reply, .. } = happening
        {
            if at < self.window.1 {
                let post =
                    RecordedPost { number, at, channel, topic, unit, unit_matter, needs_reply };
                self.stories.insert(number, (post, Vec::new(), None));
            }
            return;
        }
        // what others do with a copy of it, once nobody has it any more, is not its story
        if let Some((_, story, None)) = self.stories.get_mut(&number) {
            story.push((at, happening));
        }
    }

    fn gone(&mut self, at: SimTime, number: u64) {
        if at < self.window.0 {
            self.stories.remove(&number);
        } else if let Some((_, _, gone)) = self.stories.get_mut(&number) {
            *gone = Some(at);
        }
    }

    /// Where a second message is says nothing of the first.
    fn on_second(&mut self, _: SimTime, _: u64, _: Happening) {}

    fn sees(&mut self, at: SimTime, number: u64, sighting: Sighting) {
        match sighting {
            Sighting::Appeared { channel } if self.window.0 <= at && at < self.window.1 => {
                self.mentions.insert(number, (at, channel, Vec::new()));
            }
            Sighting::Appeared { .. } => {}
            _ => {
                if let Some((_, _, story)) = self.mentions.get_mut(&number) {
                    story.push((at, sighting));
                }
            }
        }
    }

    fn crews(&mut self, at: SimTime, crews: &mut dyn Iterator<Item = Crew>) {
        if at < self.window.0 || self.last.is_empty() {
            self.last.clear();
            self.last.extend(crews);
            return;
        }
        if self.window.1 <= at {
            return;
        }
        if self.crews.is_empty() {
            self.begin();
        }
        for (known, crew) in self.crews.iter_mut().zip(crews) {
            match known.last_mut() {
                Some((_, last)) if *last == crew => {}
                Some((when, last)) if *when == at => *last = crew,
                _ => known.push((at, crew)),
            }
        }
    }
}

/// All designs beside each other: the posts of any.
///
/// Posts that others draw in come when a design lets them, so the same number may be another post in each; a post is one
/// by its number and its time. A post of the window that a design never met is gone there as soon as it comes.
fn together(window: (SimTime, SimTime), recorders: Vec<Recorder>) -> Recording {
    let mut posts: BTreeMap<(u64, SimTime), RecordedPost> = BTreeMap::new();
    let mut mentions: BTreeMap<(u64, SimTime), (SimTime, u32)> = BTreeMap::new();
    for recorder in &recorders {
        let own = recorder.stories.iter();
        posts.extend(own.map(|(&number, (post, _, _))| ((number, post.at), *post)));
        let own = recorder.mentions.iter();
        mentions.extend(own.map(|(&number, &(at, channel, _))| ((number, at), (at, channel))));
    }
    let within = |at: SimTime| window.0 <= at && at < window.1;
    let designs = recorders
        .into_iter()
        .map(|mut recorder| {
            let mut of = |&(number, at): &(u64, SimTime)| {
                let met = recorder.stories.get(&number).is_some_and(|(post, _, _)| post.at == at);
                match met.then(|| recorder.stories.remove(&number)).flatten() {
                    Some((_, story, gone)) => (story, gone),
                    None => (Vec::new(), within(at).then_some(at)),
                }
            };
            let (stories, gone) = posts.keys().map(&mut of).unzip();
            let mut sighted = |&(number, at): &(u64, SimTime)| {
                let met = recorder.mentions.get(&number).is_some_and(|of| of.0 == at);
                let own = met.then(|| recorder.mentions.remove(&number)).flatten();
                own.map_or_else(Vec::new, |of| of.2)
            };
            let sightings = mentions.keys().map(&mut sighted).collect();
            DesignRecording { gone, stories, sightings, crews: recorder.crews }
        })
        .collect();
    Recording {
        window,
        posts: posts.into_values().collect(),
        mentions: mentions.into_values().collect(),
        designs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::model_of_desks;
    use crate::sim::Unobserved;

    fn noon_to_noon() -> (SimTime, SimTime) {
        (SimTime::HOUR.times(36), SimTime::HOUR.times(60))
    }

    #[test]
    fn a_story_ends_when_nobody_has_the_inquiry_any_more() {
        let at = SimTime::HOUR.times(40);
        let mut recorder = Recorder::new(noon_to_noon());
        let arrived = Happening::Arrived {
            channel: 0,
            topic: 0,
            unit: None,
            language: None,
            unit_matter: false,
            needs_reply: true,
        };
        recorder.on(at, 7, arrived);
        recorder.on(at, 7, Happening::Queued { role: 0 });
        recorder.gone(at + SimTime::MINUTE, 7);
        recorder.on(at + SimTime::HOUR, 7, Happening::Queued { role: 1 });
        let (_, story, gone) = &recorder.stories[&7];
        assert_eq!((story.len(), *gone), (1, Some(at + SimTime::MINUTE)));
    }

    #[test]
    fn a_post_that_comes_at_another_time_in_another_design_is_another_post() {
        let window = noon_to_noon();
        let recorder = |hour: u64| {
            let at = SimTime::HOUR.times(hour);
            let post = RecordedPost {
                number: 7,
                at,
                channel: 0,
                topic: 0,
                unit: None,
                unit_matter: false,
                needs_reply: true,
            };
            let mut recorder = Recorder::new(window);
            let replied =
                Happening::Replied { turn: 0, right: true, is: crate::sim::Reply::Answer };
            recorder.stories.insert(7, (post, vec![(at + SimTime::MINUTE, replied)], None));
            recorder
        };
        let recording = together(window, vec![recorder(40), recorder(38)]);
        let times: Vec<SimTime> = recording.posts.iter().map(|post| post.at).collect();
        assert_eq!(times, [38, 40].map(|hour| SimTime::HOUR.times(hour)));
        let told: Vec<Vec<usize>> =
            recording.designs.iter().map(|of| of.stories.iter().map(Vec::len).collect()).collect();
        assert_eq!(told, [[0, 1], [1, 0]]);
        let gone: Vec<&[Option<SimTime>]> =
            recording.designs.iter().map(|of| &of.gone[..]).collect();
        assert_eq!(gone, [[Some(times[0]), None], [None, Some(times[1])]]);
    }

    #[test]
    fn looking_on_changes_nothing() {
        let model = model_of_desks(6.0);
        let stop = AtomicBool::new(false);
        for design in &model.designs {
            let watch = Watch { backlog: true, ..Watch::default() };
            let task = Task { stop: Some(&stop), ..Task::of(&model, design, &watch, REPLICATION) };
            let mut recorder = Recorder::new(noon_to_noon());
            let seen = format!("{:?}", sim::run(&task, &mut recorder));
            assert!(!recorder.stories.is_empty());
            assert!(seen == format!("{:?}", sim::run(&task, &mut Unobserved)));
        }
    }

    #[test]
    fn a_recording_that_ends_early_is_the_beginning_of_the_whole_run() {
        let model = model_of_desks(6.0);
        let stop = AtomicBool::new(false);
        let window = noon_to_noon();
        let recording = record(&model, window, &stop).unwrap();
        let mut whole = Recorder::new(window);
        watch(&model, 0, model.study.clone(), &stop, &mut whole).unwrap();
        whole.finish();
        let followed = |story: &Story| -> Story {
            story.iter().filter(|(at, _)| *at < window.1 + FOLLOWED).cloned().collect()
        };
        for (post, story) in recording.posts.iter().zip(&recording.designs[0].stories) {
            let same = whole.stories.get(&post.number).map_or(Vec::new(), |of| followed(&of.1));
            assert_eq!(&same, &followed(story), "{post:?}");
        }
        assert_eq!(whole.crews, recording.designs[0].crews);
    }

    #[test]
    fn every_design_meets_the_same_posts_and_accounts_for_each() {
        let model = model_of_desks(6.0);
        let (from, until) = noon_to_noon();
        let recording = record(&model, (from, until), &AtomicBool::new(false)).unwrap();
        let arrived = recording.posts.iter().filter(|post| from <= post.at).count();
        assert!(20 < arrived, "{arrived}");
        for design in &recording.designs {
            assert_eq!(design.stories.len(), recording.posts.len());
            assert_eq!(design.sightings.len(), recording.mentions.len());
            assert!(design.crews.iter().all(|crew| crew[0].0 == from));
            // whoever came in the window went somewhere
            let lost = recording.posts.iter().zip(&design.stories);
            let lost = lost.filter(|(post, story)| from <= post.at && story.is_empty()).count();
            assert!(lost * 20 <= arrived, "{lost} of {arrived} went nowhere in three days");
            for crew in design.crews.iter().flatten() {
                assert!(crew.1.working <= crew.1.present || crew.1.present == 0, "{crew:?}");
            }
        }
    }

    #[test]
    fn an_ordinary_day_is_a_weekday_that_counts_and_like_most() {
        let model = model_of_desks(6.0);
        let day = ordinary_day(&model, 0, &AtomicBool::new(false)).unwrap();
        let number = day.window.0.micros() / SimTime::DAY.micros();
        assert!(number % 7 < 5 && model.study.warm_up <= day.window.0);
        // half of the weekdays have fewer, half have more
        assert!((day.usual - day.inquiries as f64).abs() <= 0.1 * day.usual, "{day:?}");
        let recording = record(&model, day.window, &AtomicBool::new(false)).unwrap();
        let came = recording.posts.iter().filter(|post| day.window.0 <= post.at).count();
        assert_eq!(came as u64, day.inquiries);
    }
}
