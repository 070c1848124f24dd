//! When customers write and when somebody is there: the hours of a week, channel by channel.

use super::canvas::{Anchor, Canvas, Rect, Stroke, Type, px};
use super::caption::{Caption, Words, empty};
use super::font::{fit, width};
use super::safe::clean;
use super::theme::{DAYS, GREY, HAIR, INK, LABEL, MARGIN, RULE, SMALL, WIDTH};

/// Data of [`week_map`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeekMap {
    /// What the picture says.
    pub caption: Caption,
    /// Designs that are there at the same hours stand in one group.
    pub groups: Vec<WeekGroup>,
}

/// Rows of one or several designs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeekGroup {
    /// Their names.
    pub name: String,
    /// One row for each channel.
    pub rows: Vec<WeekRow>,
}

/// One channel over the 168 hours of a week, from Monday 00:00.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeekRow {
    /// The channel.
    pub name: String,
    /// Messages an hour.
    pub demand: Vec<f64>,
    /// Share of each hour in which somebody is there, between 0 and 1.
    pub there: Vec<f64>,
}

/// Ground of an hour by demand, few to many: with somebody there, and with nobody.
const THERE: [&str; 5] = ["#F2F6FA", "#D3E3F2", "#9CC3E4", "#4A8CC4", "#0B4A83"];
const NOBODY: [&str; 5] = ["#FDF3EA", "#F9DCC1", "#F0AE78", "#D8742A", "#8F3D00"];
/// Height of a row, of its colored part, of the bar that says that somebody is there.
const ROW: f64 = 34.0;
const CELL: f64 = 20.0;
const BAR: f64 = 5.0;

/// The hours of a week: darker the more is written; blue with a bar beneath where somebody is there, orange
/// without where nobody is. Where somebody is there for a part of the hour, blue is as high as that part. At the end of each
/// row, the share of messages written when nobody is there.
pub fn week_map(data: &WeekMap) -> String {
    let rows = || data.groups.iter().flat_map(|group| &group.rows);
    let most = rows().flat_map(|row| &row.demand).copied().filter(|n| n.is_finite());
    let most = most.fold(0.0, f64::max);
    if most <= 0.0 {
        return empty(
            &data.caption,
            "Nothing is expected to come in, so there is no hour to show.",
        );
    }
    let words = Words::of(&data.caption, WIDTH);
    let names = rows().map(|row| width(&clean(&row.name), LABEL, false)).fold(60.0, f64::max);
    let left = MARGIN + names.min(130.0) + 12.0;
    let notes = 150.0;
    let across = Rect::new(left, 0.0, WIDTH - MARGIN - left - notes, 0.0);
    let group = |group: &WeekGroup| 30.0 + group.rows.len() as f64 * ROW + 26.0;
    let top = words.top() + 34.0;
    let height = top + data.groups.iter().map(group).sum::<f64>() + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    write_key(&mut canvas, words.top() + 6.0, most);
    let mut y = top;
    for of in &data.groups {
        write_group(&mut canvas, of, Rect { y, h: group(of), ..across }, most);
        y += group(of);
    }
    canvas.finish(&data.caption)
}

/// Which of the five grounds an hour has.
fn class(demand: f64, most: f64) -> usize {
    ((demand / most * 5.0).floor().max(0.0) as usize).min(4)
}

fn write_group(canvas: &mut Canvas, group: &WeekGroup, area: Rect, most: f64) {
    let whole = clean(&group.name);
    let name = fit(&whole, LABEL, true, WIDTH - 2.0 * MARGIN - 160.0);
    canvas.text_of((MARGIN, area.y + 18.0), &whole, &name, Type::new(LABEL, INK).bold());
    let style = Type::new(SMALL, GREY).at(Anchor::End);
    canvas.text(WIDTH - MARGIN, area.y + 18.0, "written when nobody is there", style);
    let hour = area.w / 168.0;
    let first = area.y + 30.0;
    for (at, row) in group.rows.iter().enumerate() {
        let y = first + at as f64 * ROW;
        let whole = clean(&row.name);
        let name = fit(&whole, LABEL, false, 130.0);
        let style = Type::new(LABEL, INK).at(Anchor::End);
        let place = (area.x - 10.0, y + CELL / 2.0 + LABEL * 0.36);
        canvas.text_of(place, &whole, &name, style);
        let mut paths: Vec<(&str, String)> = Vec::new();
        for (from, to, ground) in runs(row, most) {
            let (x, across) = (px(area.x + from as f64 * hour), px((to - from) as f64 * hour));
            for (color, top, high) in ground.parts() {
                let d = format!("M{x} {}h{across}v{}h-{across}z", px(y + top), px(high));
                match paths.iter_mut().find(|(known, _)| *known == color) {
                    Some((_, path)) => path.push_str(&d),
                    None => paths.push((color, d)),
                }
            }
        }
        for (color, d) in paths {
            canvas.shape(&d, color, None);
        }
        for (from, to) in stretches(&row.there) {
            let x = area.x + from as f64 * hour;
            let bar = Rect::new(x, y + CELL + 2.0, (to - from) as f64 * hour, BAR);
            canvas.rect(bar, 0.0, INK, None);
        }
        let text = match missed(row) {
            Some(share) => super::axis::Scale::Share.read(share),
            None => "—".into(),
        };
        let style = Type::new(LABEL, INK).bold().at(Anchor::End);
        canvas.text(WIDTH - MARGIN, y + CELL / 2.0 + LABEL * 0.36, &text, style);
    }
    let bottom = first + group.rows.len() as f64 * ROW;
    canvas.line((area.x, bottom), (area.right(), bottom), Stroke::new(RULE, 1.0));
    for (day, name) in DAYS.iter().enumerate() {
        let x = area.x + day as f64 * 24.0 * hour;
        if 0 < day {
            canvas.line((x, first - 4.0), (x, bottom + 5.0), Stroke::new(HAIR, 1.0));
        }
        let style = Type::new(SMALL, GREY).at(Anchor::Middle);
        canvas.text(x + 12.0 * hour, bottom + 17.0, name, style);
    }
}

/// The ground of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ground {
    /// How dark, of five.
    class: usize,
    /// How much of its height is blue, in whole steps of the colored part.
    blue: u32,
}

impl Ground {
    fn of(demand: f64, most: f64, there: f64) -> Ground {
        let blue = match there {
            there if there <= 0.0 => 0.0,
            there if 1.0 - 1e-6 <= there => CELL,
            // a part is neither nothing nor all of it
            there => (CELL * there).round().clamp(1.0, CELL - 1.0),
        };
        Ground { class: class(demand, most), blue: blue as u32 }
    }

    /// Color, top and height of its parts, from above.
    fn parts(self) -> impl Iterator<Item = (&'static str, f64, f64)> {
        let blue = f64::from(self.blue);
        let nobody = (NOBODY[self.class], 0.0, CELL - blue);
        let there = (THERE[self.class], CELL - blue, blue);
        [nobody, there].into_iter().filter(|&(_, _, high)| 0.0 < high)
    }
}

/// Stretches of hours with one ground.
fn runs(row: &WeekRow, most: f64) -> Vec<(usize, usize, Ground)> {
    let mut runs: Vec<(usize, usize, Ground)> = Vec::new();
    for (hour, &demand) in row.demand.iter().enumerate().take(168) {
        let there = row.there.get(hour).copied().unwrap_or(0.0);
        let ground = Ground::of(demand, most, there);
        match runs.last_mut() {
            Some((_, to, known)) if *known == ground => *to = hour + 1,
            _ => runs.push((hour, hour + 1, ground)),
        }
    }
    runs
}

/// Stretches of hours in which somebody is there, if only for a part of them.
fn stretches(there: &[f64]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (hour, _) in there.iter().enumerate().filter(|(_, there)| 0.0 < **there) {
        match all.last_mut() {
            Some((_, to)) if *to == hour => *to = hour + 1,
            _ => all.push((hour, hour + 1)),
        }
    }
    all
}

/// Share of a channel's messages that are written when nobody is there, at an even pace within each hour.
pub fn missed(row: &WeekRow) -> Option<f64> {
    let all: f64 = row.demand.iter().sum();
    let then = row.demand.iter().zip(&row.there).map(|(demand, there)| demand * (1.0 - there));
    (0.0 < all).then(|| then.fold(0.0, |sum, of| sum + of) / all)
}

/// What the grounds mean.
fn write_key(canvas: &mut Canvas, y: f64, most: f64) {
    let mut x = MARGIN;
    for (colors, words) in [(THERE, "somebody there"), (NOBODY, "nobody there")] {
        for color in colors {
            canvas.rect(Rect::new(x, y, 16.0, 12.0), 0.0, color, Some(Stroke::new(HAIR, 0.6)));
            x += 16.0;
        }
        canvas.text(x + 8.0, y + 11.0, words, Type::new(SMALL, INK));
        x += width(words, SMALL, false) + 30.0;
    }
    canvas.rect(Rect::new(x, y + 4.0, 22.0, BAR), 0.0, INK, None);
    canvas.text(x + 30.0, y + 11.0, "open", Type::new(SMALL, INK));
    x += 30.0 + width("open", SMALL, false) + 24.0;
    canvas.text(x, y + 11.0, &darker(most), Type::new(SMALL, GREY));
}

/// What the shades mean. What is expected is known to two digits at best.
fn darker(most: f64) -> String {
    let most = match most {
        most if most < 0.095 => "fewer than 0.1".to_owned(),
        most if most < 9.5 => {
            format!("about {}", super::axis::number((10.0 * most).round() / 10.0))
        }
        most => format!("about {}", super::axis::number(most.round())),
    };
    format!("darker: more messages an hour, up to {most}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> WeekRow {
        WeekRow {
            name: "x".into(),
            demand: (0..168).map(|hour| if hour % 24 < 12 { 1.0 } else { 3.0 }).collect(),
            there: (0..168)
                .map(|hour| if (8..20).contains(&(hour % 24)) { 1.0 } else { 0.0 })
                .collect(),
        }
    }

    #[test]
    fn what_is_missed_is_weighed_by_what_is_written() {
        assert!((missed(&row()).unwrap() - (8.0 + 4.0 * 3.0) / 48.0).abs() < 1e-12);
        assert_eq!(missed(&WeekRow::default()), None);
        let quarter = WeekRow { there: vec![0.25; 168], ..row() };
        assert!((missed(&quarter).unwrap() - 0.75).abs() < 1e-12);
        let always = WeekRow { there: vec![1.0; 168], ..row() };
        assert!(missed(&always).unwrap().abs() < 1e-12);
    }

    #[test]
    fn blue_is_as_high_as_the_share_of_the_hour_in_which_somebody_is_there() {
        let parts =
            |there: f64| -> Vec<(&str, f64, f64)> { Ground::of(1.0, 5.0, there).parts().collect() };
        assert_eq!(parts(0.0), [(NOBODY[1], 0.0, 20.0)]);
        assert_eq!(parts(1.0), [(THERE[1], 0.0, 20.0)]);
        assert_eq!(parts(0.25), [(NOBODY[1], 0.0, 15.0), (THERE[1], 15.0, 5.0)]);
        // little is something, and nearly all is not all
        assert_eq!(parts(0.001), [(NOBODY[1], 0.0, 19.0), (THERE[1], 19.0, 1.0)]);
        assert_eq!(parts(0.999), [(NOBODY[1], 0.0, 1.0), (THERE[1], 1.0, 19.0)]);
    }

    #[test]
    fn hours_alike_are_drawn_as_one() {
        // light nobody, light somebody, dark somebody, dark nobody: four a day
        assert_eq!(runs(&row(), 3.0).len(), 28);
        assert_eq!(stretches(&row().there).len(), 7);
        let data = WeekMap {
            caption: Caption::new("When?"),
            groups: vec![WeekGroup { name: "<A>".into(), rows: vec![row()] }],
        };
        let svg = week_map(&data);
        assert!(svg.len() < 9_000 && svg.contains("&lt;A&gt;") && svg.contains(">42%<"), "{svg}");
        assert!(svg.contains(">open</text>"), "the bars are explained");
        assert_eq!(darker(9.25), "darker: more messages an hour, up to about 9.3");
        assert_eq!(darker(1250.3), "darker: more messages an hour, up to about 1,250");
    }
}
