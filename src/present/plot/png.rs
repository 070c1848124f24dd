//! SVG to PNG, with the bundled font only.

use resvg::{tiny_skia, usvg};
use std::io::Write;
use std::sync::Arc;

use super::font::{BOLD, REGULAR};

/// Widest and tallest picture made, in pixels.
const LARGEST: f64 = 16_000.0;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PlotError {
    /// The text is not an SVG picture.
    #[error("not an SVG picture")]
    Svg(#[source] usvg::Error),
    /// The picture would be empty or larger than 16,000 pixels a side.
    #[error("a picture of {width} × {height} pixels cannot be made: choose another scale")]
    Size {
        /// Width asked for.
        width: f64,
        /// Height asked for.
        height: f64,
    },
    /// The pixels could not be packed.
    #[error("the picture could not be packed as PNG: {0}")]
    Png(String),
}

/// Whether a picture of ours is small enough for a PNG at this scale, by the size it states; [`svg_to_png`] refuses one that is
/// not.
///
/// ```
/// use orgsim::present::plot::fits_png;
///
/// let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="800" height="9000"/>"#;
/// assert!(fits_png(svg, 1.0) && !fits_png(svg, 2.0));
/// ```
pub fn fits_png(svg: &str, scale: f32) -> bool {
    let stated = |side: &str| {
        let after = svg.split_once(&format!(" {side}=\""))?.1;
        after.split_once('"')?.0.parse().ok()
    };
    // one that does not state it is told about when it is drawn
    ["width", "height"].into_iter().filter_map(stated).all(|side| is_possible(pixels(side, scale)))
}

fn pixels(side: f32, scale: f32) -> f64 {
    (f64::from(side) * f64::from(scale)).ceil()
}

fn is_possible(pixels: f64) -> bool {
    (1.0..=LARGEST).contains(&pixels)
}

/// The picture as PNG, `scale` pixels for each of the SVG's own.
///
/// Text is set in the bundled font whatever the machine has, so the picture is the same
/// everywhere; a letter the font lacks (an emoji, say) shows as a box.
///
/// # Errors
/// When `svg` is not one, or the scaled picture would be empty or too large.
pub fn svg_to_png(svg: &str, scale: f32) -> Result<Vec<u8>, PlotError> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let options = usvg::Options {
        fontdb: Arc::new(fonts),
        font_family: "DejaVu Sans".to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(PlotError::Svg)?;
    let width = pixels(tree.size().width(), scale);
    let height = pixels(tree.size().height(), scale);
    if !(is_possible(width) && is_possible(height)) {
        return Err(PlotError::Size { width, height });
    }
    let drawn = Drawn { tree: &tree, scale, width: width as u32, height: height as u32 };
    // charts have a ground; transparency is kept where there is some
    let packed = match drawn.packed(png::ColorType::Rgb) {
        Ok(None) => drawn.packed(png::ColorType::Rgba),
        packed => packed,
    };
    let packed = packed.map_err(|error| PlotError::Png(error.to_string()))?;
    packed.ok_or(PlotError::Size { width, height })
}

/// Rows that are drawn at once: a tall picture would take more memory than the run that it is of.
const STRIP: u32 = 2_048;

/// A picture at a scale, drawn strip by strip.
struct Drawn<'a> {
    tree: &'a usvg::Tree,
    scale: f32,
    width: u32,
    height: u32,
}

impl Drawn<'_> {
    /// The picture as PNG; `None` where there is transparency that these colors do not have.
    ///
    /// Charts are flat areas with thin edges: rows as they are, packed lightly, come out a quarter larger than
    /// with the encoder's own choice of filters, in a quarter of the time.
    fn packed(&self, color: png::ColorType) -> Result<Option<Vec<u8>>, png::EncodingError> {
        let mut packed = Vec::new();
        let mut encoder = png::Encoder::new(&mut packed, self.width, self.height);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_deflate_compression(png::DeflateCompression::Level(1));
        let mut writer = encoder.write_header()?;
        let mut rows = writer.stream_writer()?;
        let mut bytes = Vec::with_capacity(self.width as usize * color.samples());
        for from in (0..self.height).step_by(STRIP as usize) {
            let strip = self.strip(from);
            let opaque = || strip.pixels().iter().all(|pixel| pixel.is_opaque());
            if color == png::ColorType::Rgb && !opaque() {
                return Ok(None);
            }
            for row in strip.pixels().chunks(self.width as usize) {
                bytes.clear();
                match color {
                    // nothing shines through, so that colors are as they are
                    png::ColorType::Rgb => row.iter().for_each(|pixel| {
                        bytes.extend_from_slice(&[pixel.red(), pixel.green(), pixel.blue()]);
                    }),
                    _ => row.iter().map(|pixel| pixel.demultiply()).for_each(|pixel| {
                        let all = [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()];
                        bytes.extend_from_slice(&all);
                    }),
                }
                rows.write_all(&bytes)?;
            }
        }
        rows.finish()?;
        writer.finish()?;
        Ok(Some(packed))
    }

    /// The rows of pixels from here, as many as a strip has.
    fn strip(&self, from: u32) -> tiny_skia::Pixmap {
        let height = STRIP.min(self.height - from);
        let mut canvas = tiny_skia::Pixmap::new(self.width, height).expect("neither side is 0");
        let place = tiny_skia::Transform::from_scale(self.scale, self.scale);
        resvg::render(self.tree, place.post_translate(0.0, -(from as f32)), &mut canvas.as_mut());
        canvas
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20" fill="#336699"/></svg>"##;

    #[test]
    fn a_png_has_the_size_asked_for() {
        let png = svg_to_png(SQUARE, 2.0).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(&png[16..24], [0, 0, 0, 60, 0, 0, 0, 40]);
    }

    /// Width and height, and the pixels with their transparency.
    fn unpacked(png: &[u8]) -> ((u32, u32), Vec<[u8; 4]>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::ALPHA);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut bytes).unwrap();
        let pixels = bytes.chunks_exact(4).map(|pixel| pixel.try_into().unwrap()).collect();
        ((frame.width, frame.height), pixels)
    }

    #[test]
    fn pixels_are_those_that_were_drawn() {
        let (size, pixels) = unpacked(&svg_to_png(SQUARE, 2.0).unwrap());
        assert_eq!(size, (60, 40));
        assert!(
            pixels.len() == 2400 && pixels.iter().all(|pixel| *pixel == [0x33, 0x66, 0x99, 255])
        );
        let half =
            SQUARE.replace(r#"width="30" height="20" fill"#, r#"width="15" height="20" fill"#);
        let (_, pixels) = unpacked(&svg_to_png(&half, 1.0).unwrap());
        assert_eq!((pixels[0], pixels[29]), ([0x33, 0x66, 0x99, 255], [0, 0, 0, 0]));
    }

    #[test]
    fn strips_of_a_tall_picture_fit_together() {
        // bars across the ends of strips and beside them, whose edges lie within pixels, on a ground
        let bars = (0..40).map(|n| {
            let (x, y) = (f64::from(n % 7) + 0.5, f64::from(n) * 125.0 + 40.25);
            format!(r##"<rect x="{x}" y="{y}" width="9.5" height="90.5" fill="#336699"/>"##)
        });
        let ground = r##"<rect width="20" height="5000" fill="#FFFFFF"/>"##;
        let bars: String = bars.collect();
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="5000">{ground}{bars}</svg>"#
        );
        let (size, pixels) = unpacked(&svg_to_png(&svg, 1.0).unwrap());
        assert_eq!(size, (20, 5000));
        let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
        let mut whole = tiny_skia::Pixmap::new(20, 5000).unwrap();
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut whole.as_mut());
        let whole = whole.pixels().iter().map(|of| [of.red(), of.green(), of.blue(), of.alpha()]);
        assert!(whole.eq(pixels.iter().copied()));
        assert!(pixels.contains(&[0x33, 0x66, 0x99, 255]));
    }

    #[test]
    fn transparency_that_begins_below_the_first_strip_is_kept() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="5000"><rect width="4" height="3000" fill="#336699"/></svg>"##;
        let (_, pixels) = unpacked(&svg_to_png(svg, 1.0).unwrap());
        assert_eq!(pixels.iter().filter(|pixel| pixel[3] == 255).count(), 4 * 3000);
        assert_eq!((pixels[0], pixels[4 * 4999]), ([0x33, 0x66, 0x99, 255], [0, 0, 0, 0]));
    }

    #[test]
    fn what_cannot_be_made_is_said() {
        assert!(matches!(svg_to_png("no picture", 1.0), Err(PlotError::Svg(_))));
        for scale in [0.0, -1.0, f32::NAN, 1e9] {
            assert!(matches!(svg_to_png(SQUARE, scale), Err(PlotError::Size { .. })), "{scale}");
        }
    }
}
