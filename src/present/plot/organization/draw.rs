//! The picture itself: frames, wires, boxes, labels, key.

use super::super::axis::number;
use super::super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::super::caption::Words;
use super::super::font::{fit, width, wrap};
use super::super::labels::Places;
use super::super::safe::clean;
use super::super::theme::{
    GREY, HAIR, INK, LABEL, MARGIN, PAPER, RULE, SHADE, SMALL, WIDTH, load_fill,
};
use super::head::{head, length, stroke};
use super::layers::{Block, block_of, blocks};
use super::place::{Placed, Sizes, place};
use super::route::{Way, ways};
use super::stack::PAD;
use super::strands::Strands;
use super::wires::{Wires, wires};
use super::{LinkKind, OrgChannel, OrgPicture, OrgRole};

/// Narrowest and widest a role's box may be, and the widest a channel's tag.
const BOX: (f64, f64) = (150.0, 214.0);
const TAG: f64 = 190.0;
/// Step between lines of a wrapped name.
const LEADING: f64 = 17.0;
/// Narrowest picture.
const NARROWEST: f64 = 720.0;

/// What is written in a role's box.
struct Post {
    whole: String,
    name: Vec<String>,
    facts: String,
}

/// Draw the picture.
pub(super) fn draw(data: &OrgPicture) -> String {
    let blocks = blocks(data);
    let of = block_of(&blocks, data.roles.len());
    let wires = wires(data, &blocks, &of);
    let posts: Vec<Post> = data.roles.iter().map(post).collect();
    let sizes = sizes(data, &posts);
    // The width decides how the headline breaks, and so where everything begins: placed once to
    // learn the width, then moved down.
    let first = place(&blocks, &of, &sizes, &wires, 0.0);
    let sheet = (first.corner.0 + MARGIN).max(NARROWEST);
    let words = Words::of(&data.caption, sheet);
    let placed = place(&blocks, &of, &sizes, &wires, words.top() + 8.0);
    let keys = key(data, &wires, &blocks, sheet);
    let lines = keys.last().map_or(0, |entry| entry.row + 1);
    let key_top = placed.corner.1 + 14.0;
    let height = key_top + lines as f64 * 26.0 + words.bottom();
    let mut canvas = Canvas::new(sheet, height);
    words.write(&mut canvas, height);

    write_frames(&mut canvas, &blocks, &placed);
    let ways = ways(&placed, &wires);
    // Quiet lines first, so that work is drawn over reporting.
    for kind in LinkKind::ALL.into_iter().rev() {
        for way in ways.iter().filter(|way| way.kind == kind) {
            canvas.path(&way.d, stroke(kind));
        }
    }
    for (channel, tag) in data.channels.iter().zip(&placed.tags) {
        write_tag(&mut canvas, channel, *tag);
    }
    for (at, post) in posts.iter().enumerate() {
        // A vendor's frame is dashed; a box only where the frame does not say it.
        let dashed = data.roles[at].employer_vendor
            && !(blocks[of[at]].vendor && blocks[of[at]].unit.is_some());
        write_box(&mut canvas, post, data.roles[at].busy, dashed, placed.boxes[at]);
    }
    for way in &ways {
        for &(x, y) in &way.dots {
            let dot = Rect::new(x - 3.0, y - 3.0, 6.0, 6.0);
            canvas.rect(dot, 3.0, stroke(way.kind).color, None);
        }
        for &(tip, direction) in &way.heads {
            head(&mut canvas, way.kind, tip, direction);
        }
    }
    write_labels(&mut canvas, &placed, &ways, sheet);
    for entry in &keys {
        write_key(&mut canvas, entry, key_top + entry.row as f64 * 26.0);
    }
    canvas.finish(&data.caption)
}

/// The words of a role's box.
fn post(role: &OrgRole) -> Post {
    let whole = clean(&role.name);
    let name = wrap(&whole, LABEL, true, BOX.1 - 24.0, 2);
    let people = match role.heads {
        people if people.is_infinite() => "always someone free".to_owned(),
        people if people.is_nan() => String::new(),
        people if (people - 1.0).abs() < 0.005 => "1 person".to_owned(),
        people => format!("{} people", number(people)),
    };
    // Who is always free has no share of time to be busy for.
    let busy = role.busy.filter(|busy| busy.is_finite() && role.heads.is_finite());
    let busy = busy.map(|busy| format!("busy {}%", number((busy * 100.0).round().max(0.0))));
    let facts: Vec<String> =
        [Some(people), busy].into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    Post { whole, name, facts: facts.join(" · ") }
}

/// Sizes of tags and boxes; boxes are equally wide.
fn sizes(data: &OrgPicture, posts: &[Post]) -> Sizes {
    let widest = |post: &Post| {
        let name = post.name.iter().map(|line| width(line, LABEL, true)).fold(0.0, f64::max);
        name.max(width(&post.facts, SMALL, false)) + 24.0
    };
    let across = posts.iter().map(widest).fold(BOX.0, f64::max).min(BOX.1).ceil();
    Sizes {
        tags: data
            .channels
            .iter()
            .map(|channel| ((tag_words(channel).1 + 28.0).max(64.0), 28.0))
            .collect(),
        boxes: posts.iter().map(|post| (across, 34.0 + post.name.len() as f64 * LEADING)).collect(),
    }
}

/// A channel's words and their width.
fn tag_words(channel: &OrgChannel) -> (String, f64) {
    let note = if channel.private { " (private)" } else { "" };
    let room = TAG - 28.0 - width(note, SMALL, false);
    let words = format!("{}{note}", fit(&clean(&channel.name), SMALL, false, room));
    let room = width(&words, SMALL, false);
    (words, room)
}

fn write_tag(canvas: &mut Canvas, channel: &OrgChannel, tag: Rect) {
    let ground = if channel.private { SHADE } else { PAPER };
    canvas.rect(tag, tag.h / 2.0, ground, Some(Stroke::new(RULE, 1.2)));
    let style = Type::new(SMALL, INK).at(Anchor::Middle);
    let (words, _) = tag_words(channel);
    let place = (tag.center(), tag.middle() + SMALL * 0.36);
    // of a private one the note stands behind the cut
    let (whole, shown) = (clean(&channel.name), if words.contains('…') { "…" } else { "" });
    canvas.hinted(&whole, shown, |canvas| canvas.text(place.0, place.1, &words, style));
}

fn write_frames(canvas: &mut Canvas, blocks: &[Block], placed: &Placed) {
    for (block, frame) in blocks.iter().zip(&placed.frames) {
        let (Some(frame), Some(unit)) = (frame, &block.unit) else { continue };
        let edge = Stroke::new(RULE, if block.vendor { 1.6 } else { 1.0 });
        let edge = if block.vendor { edge.dashed("6 4") } else { edge };
        canvas.rect(*frame, 8.0, "#F7F8FA", Some(edge));
        let title = fit(unit, SMALL, true, frame.w - 2.0 * PAD);
        let style = Type::new(SMALL, GREY).bold();
        canvas.text_of((frame.x + PAD, frame.y + 18.0), unit, &title, style);
    }
}

fn write_box(canvas: &mut Canvas, post: &Post, busy: Option<f64>, dashed: bool, rect: Rect) {
    let (ground, ink) = load_fill(busy.filter(|busy| busy.is_finite()));
    let edge = Stroke::new("#6E7781", 1.2);
    canvas.rect(rect, 6.0, ground, Some(if dashed { edge.dashed("6 4") } else { edge }));
    let style = Type::new(LABEL, ink).bold().at(Anchor::Middle);
    let lines = post.name.len() as f64 + if post.facts.is_empty() { 0.0 } else { 1.0 };
    let first = rect.middle() - (lines - 1.0) * LEADING / 2.0 + LABEL * 0.36;
    canvas.lines_of((rect.center(), first), &post.whole, &post.name, LEADING, style);
    let under = first + post.name.len() as f64 * LEADING;
    let facts = fit(&post.facts, SMALL, false, rect.w - 12.0);
    canvas.text(rect.center(), under, &facts, Type { size: SMALL, bold: false, ..style });
}

/// Labels of wires, where they lie upon no box, tag or other label; one without a place is left
/// out rather than made unreadable.
fn write_labels(canvas: &mut Canvas, placed: &Placed, ways: &[Way], sheet: f64) {
    let mut places = Places::default();
    for rect in placed.boxes.iter().chain(&placed.tags) {
        places.take(rect.grown(1.0));
    }
    for frame in placed.frames.iter().flatten() {
        places.take(Rect::new(frame.x, frame.y, frame.w, 22.0));
    }
    for head in ways.iter().flat_map(|way| &way.heads) {
        let (x, y) = head.0;
        places.take(Rect::new(x - 7.0, y - 4.0, 14.0, 8.0));
    }
    let bounds = Rect::new(0.0, 0.0, sheet, placed.corner.1 + 10.0);
    let strands = Strands::of(ways);
    for (number, way) in ways.iter().enumerate() {
        let Some((label, wanted)) = &way.label else { continue };
        let label = fit(label, SMALL, false, 110.0);
        let (w, h) = (width(&label, SMALL, false) + 4.0, SMALL + 3.0);
        let mut candidates: Vec<Rect> = wanted
            .iter()
            .flat_map(|&(x, y)| {
                let middle = Rect::new(x - w / 2.0, y - h / 2.0, w, h);
                [
                    middle,
                    Rect { x, ..middle },
                    Rect { y: y - h - 3.0, ..middle },
                    Rect { y: y + 3.0, ..middle },
                    Rect { x: x - w - 3.0, ..middle },
                    Rect { x: x + 3.0, ..middle },
                ]
            })
            .collect();
        // words that lie on another line seem to belong to it
        candidates.sort_by_cached_key(|rect| strands.crossing(*rect, number));
        if let Some(rect) = places.first_free(bounds, &candidates) {
            let style = Type::new(SMALL, stroke(way.kind).color).at(Anchor::Middle).rimmed();
            let style =
                if way.kind == LinkKind::Report { Type { color: GREY, ..style } } else { style };
            canvas.text(rect.center(), rect.bottom() - 3.5, &label, style);
        }
    }
}

/// What an entry of the key shows.
enum Sample {
    Line(LinkKind),
    Load(f64),
    Vendor,
}

/// An entry of the key and where it stands.
struct Entry {
    sample: Sample,
    words: &'static str,
    x: f64,
    row: usize,
}

/// The key: only what the picture holds, in rows that fit the sheet.
fn key(data: &OrgPicture, wires: &Wires, blocks: &[Block], sheet: f64) -> Vec<Entry> {
    let drawn = |kind: &LinkKind| {
        wires.wires.iter().any(|wire| wire.kind == *kind)
            || wires.rails.iter().any(|rail| rail.kind == *kind)
    };
    let mut samples: Vec<(Sample, &'static str)> = LinkKind::ALL
        .into_iter()
        .filter(drawn)
        .map(|kind| (Sample::Line(kind), kind.name()))
        .collect();
    if blocks.iter().any(|block| block.vendor) || data.roles.iter().any(|role| role.employer_vendor)
    {
        samples.push((Sample::Vendor, "vendor"));
    }
    if data.roles.iter().any(|role| role.busy.is_some_and(f64::is_finite)) {
        samples.push((Sample::Load(0.3), "busy below 50%"));
        samples.push((Sample::Load(0.6), "50–70%"));
        samples.push((Sample::Load(0.8), "70–85%"));
        samples.push((Sample::Load(0.9), "85–95%"));
        samples.push((Sample::Load(1.0), "95% and more"));
    }
    let mut entries: Vec<Entry> = Vec::new();
    let (mut x, mut row) = (MARGIN, 0);
    for (sample, words) in samples {
        let swatch = if matches!(sample, Sample::Line(_)) { 44.0 } else { 26.0 };
        let room = swatch + width(words, SMALL, false) + 22.0;
        // Load begins a row of its own: it is another question than lines.
        let opens = matches!(sample, Sample::Load(busy) if busy < 0.5) && !entries.is_empty();
        if opens || sheet - MARGIN < x + room - 22.0 {
            row += 1;
            x = MARGIN;
        }
        entries.push(Entry { sample, words, x, row });
        x += room;
    }
    entries
}

fn write_key(canvas: &mut Canvas, entry: &Entry, y: f64) {
    let middle = y + 8.0;
    let mut after = entry.x + 26.0;
    match entry.sample {
        Sample::Line(kind) => {
            let tip = (entry.x + 36.0, middle);
            canvas.line((entry.x, middle), (tip.0 - length(kind), middle), stroke(kind));
            head(canvas, kind, tip, (1.0, 0.0));
            after = entry.x + 44.0;
        }
        Sample::Load(busy) => {
            let swatch = Rect::new(entry.x, y, 18.0, 16.0);
            canvas.rect(swatch, 3.0, load_fill(Some(busy)).0, Some(Stroke::new(HAIR, 1.0)));
        }
        Sample::Vendor => {
            let swatch = Rect::new(entry.x, y, 18.0, 16.0);
            canvas.rect(swatch, 3.0, "#F7F8FA", Some(Stroke::new(RULE, 1.6).dashed("4 3")));
        }
    }
    canvas.text(after, middle + SMALL * 0.36, entry.words, Type::new(SMALL, INK));
}

const _: () = assert!(NARROWEST <= WIDTH, "a narrow picture is no wider than a chart");
