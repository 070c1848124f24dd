//! SVG to PNG, with the bundled font only.

use resvg::{tiny_skia, usvg};
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
    let width = (f64::from(tree.size().width()) * f64::from(scale)).ceil();
    let height = (f64::from(tree.size().height()) * f64::from(scale)).ceil();
    let possible = |side: f64| (1.0..=LARGEST).contains(&side);
    let canvas = if possible(width) && possible(height) {
        tiny_skia::Pixmap::new(width as u32, height as u32)
    } else {
        None
    };
    let mut canvas = canvas.ok_or(PlotError::Size { width, height })?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    pack(canvas).map_err(|error| PlotError::Png(error.to_string()))
}

/// The pixels as PNG, without transparency where there is none.
///
/// Charts are flat areas with thin edges: rows as they are, packed lightly, come out a quarter larger than
/// with the encoder's own choice of filters, in a quarter of the time.
fn pack(canvas: tiny_skia::Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = (canvas.width(), canvas.height());
    let opaque = canvas.pixels().iter().all(|pixel| pixel.is_opaque());
    let (color, pixels) = match opaque {
        true => {
            let rgb = canvas.data().chunks_exact(4).flat_map(|rgba| [rgba[0], rgba[1], rgba[2]]);
            (png::ColorType::Rgb, rgb.collect())
        }
        false => (png::ColorType::Rgba, canvas.take_demultiplied()),
    };
    let mut packed = Vec::new();
    let mut encoder = png::Encoder::new(&mut packed, width, height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(packed)
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
    fn what_cannot_be_made_is_said() {
        assert!(matches!(svg_to_png("no picture", 1.0), Err(PlotError::Svg(_))));
        for scale in [0.0, -1.0, f32::NAN, 1e9] {
            assert!(matches!(svg_to_png(SQUARE, scale), Err(PlotError::Size { .. })), "{scale}");
        }
    }
}
