//! A grid of colored points, read from the bytes of a picture file and written as PNG. Only this
//! file uses the image crate.

use std::io::Cursor;

use image::{ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use thiserror::Error;

/// Red, green, and blue.
pub type Rgb = [u8; 3];

/// The longest side of a picture that is read, in points. It keeps a small file from filling the
/// memory.
const LONGEST: u32 = 6_000;
/// The most memory that reading a picture may take.
const MOST_BYTES: u64 = 160 * 1024 * 1024;

/// Why the bytes of a picture file can't be shown. The text completes "the picture is ...".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The picture, or the memory that it needs, is too large.
    #[error("larger than {LONGEST} pixels on a side")]
    TooLarge,
    /// The file has another format, or a variant of a format that can't be read.
    #[error("not a PNG, JPEG, or GIF file")]
    UnknownFormat,
    /// The file has a known format but is broken.
    #[error("damaged")]
    Damaged,
}

impl From<ImageError> for ReadError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooLarge,
            ImageError::Unsupported(_) => Self::UnknownFormat,
            _ => Self::Damaged,
        }
    }
}

/// Why a bitmap can't be written as PNG.
#[derive(Debug, Error)]
pub enum WriteError {
    /// A side is longer than PNG can state.
    #[error("the picture is too large")]
    TooLarge,
    /// The number of points isn't that of its width and height.
    #[error("the picture is incomplete")]
    Incomplete,
    /// The encoder failed.
    #[error(transparent)]
    Encoder(#[from] ImageError),
}

/// A grid of points, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// The number of points across.
    pub width: usize,
    /// The number of points down.
    pub height: usize,
    points: Vec<Rgb>,
}

impl Bitmap {
    /// Returns a bitmap of one color.
    pub fn new(width: usize, height: usize, color: Rgb) -> Self {
        Self {
            width,
            height,
            points: vec![color; width * height],
        }
    }

    /// Returns the point at a column and row; None outside the bitmap.
    pub fn at(&self, x: usize, y: usize) -> Option<Rgb> {
        (x < self.width)
            .then(|| self.points.get(y * self.width + x).copied())
            .flatten()
    }

    /// Sets a point. Outside the bitmap it does nothing.
    pub fn set(&mut self, x: usize, y: usize, color: Rgb) {
        if x < self.width
            && let Some(point) = self.points.get_mut(y * self.width + x)
        {
            *point = color;
        }
    }

    /// Copies another bitmap onto this one, with its upper left corner at a column and row.
    pub(crate) fn lay(&mut self, other: &Self, left: usize, top: usize) {
        for y in 0..other.height {
            for x in 0..other.width {
                if let Some(color) = other.at(x, y) {
                    self.set(left + x, top + y, color);
                }
            }
        }
    }

    /// Reads a PNG, a JPEG, or the first picture of a GIF. Transparent points show the ground.
    pub fn read(bytes: &[u8], ground: Rgb) -> Result<Self, ReadError> {
        let mut reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|_| ReadError::Damaged)?;
        let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif];
        if !reader
            .format()
            .is_some_and(|format| known.contains(&format))
        {
            return Err(ReadError::UnknownFormat);
        }
        let mut limits = Limits::default();
        limits.max_image_width = Some(LONGEST);
        limits.max_image_height = Some(LONGEST);
        limits.max_alloc = Some(MOST_BYTES);
        reader.limits(limits);
        let picture = reader.decode()?.into_rgba8();
        let points = picture
            .pixels()
            .map(|pixel| lay_over(pixel.0, ground))
            .collect();
        Ok(Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            points,
        })
    }

    /// Returns the bitmap at another size. Each point is the average of those that it replaces.
    #[must_use]
    pub(crate) fn scaled(&self, width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        let range = |at: usize, of: usize, all: usize| {
            let from = at * all / of;
            from..((at + 1) * all)
                .div_ceil(of)
                .clamp(from + 1, all.max(from + 1))
        };
        let mut scaled = Self::new(width, height, [0; 3]);
        for y in 0..height {
            for x in 0..width {
                let mut sum = [0_usize; 3];
                let mut count = 0;
                for from_y in range(y, height, self.height) {
                    for color in
                        range(x, width, self.width).filter_map(|from_x| self.at(from_x, from_y))
                    {
                        for (sum, part) in sum.iter_mut().zip(color) {
                            *sum += usize::from(part);
                        }
                        count += 1;
                    }
                }
                let mean = sum.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
                scaled.set(x, y, mean);
            }
        }
        scaled
    }

    /// Returns the bitmap, made smaller if it is wider or higher than this. It keeps its shape.
    #[must_use]
    pub fn within(self, width: usize, height: usize) -> Self {
        if self.width <= width && self.height <= height {
            return self;
        }
        let by_width = (width, self.height * width / self.width.max(1));
        let by_height = (self.width * height / self.height.max(1), height);
        let (width, height) = if by_width.1 <= height {
            by_width
        } else {
            by_height
        };
        self.scaled(width, height)
    }

    /// Returns the bytes of a PNG file.
    pub fn png(&self) -> Result<Vec<u8>, WriteError> {
        let size = |length: usize| u32::try_from(length).map_err(|_| WriteError::TooLarge);
        let raw: Vec<u8> = self.points.iter().flatten().copied().collect();
        let picture = RgbImage::from_raw(size(self.width)?, size(self.height)?, raw)
            .ok_or(WriteError::Incomplete)?;
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, ImageFormat::Png)?;
        Ok(out.into_inner())
    }
}

/// Returns the color of a point that may be transparent, over the ground.
fn lay_over([red, green, blue, alpha]: [u8; 4], ground: Rgb) -> Rgb {
    let mix = |above: u8, below: u8| {
        let (above, below, share) = (u32::from(above), u32::from(below), u32::from(alpha));
        u8::try_from((above * share + below * (255 - share)) / 255).unwrap_or(u8::MAX)
    };
    let [under_red, under_green, under_blue] = ground;
    [
        mix(red, under_red),
        mix(green, under_green),
        mix(blue, under_blue),
    ]
}
